"""One key follows another while the platform serves.

Order matters. First the new key lies on the disk, prepared; then the audit (and for signing the succession, with both
signatures) says that it follows, in one transaction; only then is it made current. Whatever is cut off in between, no
process ever writes with a key that was not announced, and doing it again goes on where it stopped.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from kernel.errors import N_, Refused
from kernel.keys import PURPOSES, SIGNING, Purpose, SigningKey, Succession
from kernel.keys.algorithms import ALGORITHM_OF
from kernel.keys.files import is_there, make_current, make_key, state_of
from kernel.ledger import announced, public_keys
from kernel.tables import SigningKeyRecord
from kernel.walk import KEYS_SAID
from kernel.work import PLATFORM_ONLY, Work, action

MADE, ROTATED = KEYS_SAID


class NoSuchPurpose(Refused):
    sentence = N_("There are no keys of this name: %(purpose)s. There are: %(purposes)s.")


def purpose_named(name: str) -> Purpose:
    """A purpose by its name. Raises NoSuchPurpose."""
    try:
        return PURPOSES[name]
    except KeyError:
        raise NoSuchPurpose(purpose=name, purposes=", ".join(PURPOSES)) from None


def prepared_key(keys_folder: Path, purpose: Purpose, now: datetime) -> str:
    """The key that is to follow: one that lies prepared, else a new one. Raises KeyMissing where there is no ring."""
    return state_of(keys_folder, purpose).prepared or make_key(keys_folder, purpose, now)


@action(needs=PLATFORM_ONLY)
def announce_rotation(work: Work, purpose: Purpose, id_: str) -> None:
    """Say in the audit that the key `id_` follows the current one; whoever calls makes it current afterwards."""
    state = state_of(work.keys.folder, purpose)
    key, public = state.key(id_), None
    if isinstance(key, SigningKey):
        public = key.public.public.hex()
        former = work.keys.signing.key(state.current)
        announced(work.session, Succession.of(key, work.now, former))
    work.note(
        ROTATED,
        purpose=purpose.name,
        key_id=id_,
        predecessor=state.current,
        algorithm=ALGORITHM_OF[purpose.way],
        public=public,
    )


@action(needs=PLATFORM_ONLY)
def announce_first_key(work: Work) -> None:
    """Say in the audit with which key this installation begins to sign, where nothing says so yet."""
    if not is_there(work.keys.folder, SIGNING) or work.session.scalar(select(SigningKeyRecord.id).limit(1)):
        return
    key = work.keys.signing.key(work.keys.signing.state.current)
    announced(work.session, Succession.of(key, work.now))
    work.note(MADE, purpose=SIGNING.name, key_id=key.id, algorithm=key.public.algorithm, public=key.public.public.hex())


def finish_rotation(work: Work) -> None:
    """Make the newest announced signing key current, where somebody was cut off before doing so."""
    newest = public_keys(work.session, work.keys).newest  # believed by its signatures, not by its row
    state = work.keys.signing.state
    if newest and newest != state.current and newest in state.periods:
        make_current(work.keys.folder, SIGNING, newest, work.now)


def rotate(
    keys_folder: Path, purpose: Purpose, now: Callable[[], datetime], announce: Callable[[str], None]
) -> tuple[str, str]:
    """Let a new key follow the current one; the ids of both. `announce` commits what `announce_rotation` says.

    Raises:
        KeyMissing: this host has no ring of this purpose, or the key's file is gone.
    """
    former = state_of(keys_folder, purpose).current
    id_ = prepared_key(keys_folder, purpose, now())
    announce(id_)
    make_current(keys_folder, purpose, id_, now())
    return former, id_
