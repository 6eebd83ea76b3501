"""Opening one's own account: whoever was let in by a code chooses how to sign in. Parts of deeds, none itself."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from kernel.ids import new_id
from kernel.work import Work
from people.accounts import queries
from people.accounts.actions.passwords import hashed
from people.accounts.actions.registering import put_account
from people.accounts.actions.signing_in import unusable
from people.accounts.events import SignedIn
from people.accounts.tables import AccountRecord, GuessRecord, SessionRecord


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody has chosen to sign in with."""

    username: str
    password: str
    again: str


def require_usable(chosen: Chosen, roles: Collection[str]) -> None:
    """Raises Invalid at `new` or `again`."""
    problem = unusable("", chosen.password, chosen.again, roles=roles, own=[chosen.username])
    if problem is not None:
        raise problem


def open_own_account(
    work: Work, person_id: UUID, chosen: Chosen, *, roles: Collection[str], organisation_id: UUID, address: str
) -> str:
    """An account of one's own and the token of its first sign-in. Raises UserNameTaken, and as `require_usable`."""
    require_usable(chosen, roles)
    record = AccountRecord(
        id=new_id(),
        person_id=person_id,
        username=chosen.username,
        password_hash=hashed(chosen.password),
        roles=sorted(roles),
        organisation_id=organisation_id,
        region_code=None,
        is_demonstration=False,
        one_time_until=None,
        opened_at=work.now,
    )
    put_account(work, record)
    token = secrets.token_urlsafe(32)
    work.session.add(
        SessionRecord(
            token_digest=queries.token_digest(token),
            account_id=record.id,
            opened_at=work.now,
            seen_at=work.now,
            address=address,
        )
    )
    work.announce(SignedIn(account_id=record.id, address=address))
    return token


def is_guessing_codes(work: Work, address: str) -> bool:
    """Whether too many codes that were typed at this address lately were none."""
    return queries.is_guessed_at(work, _guesser(address), address)


def note_guessed_code(work: Work, address: str) -> None:
    """Remember that a code was none. Nobody's name is guessed at, so that no stranger keeps another out."""
    work.session.add(
        GuessRecord(id=new_id(), name_mark=queries.name_mark(_guesser(address)), address=address, at=work.now)
    )
    work.note("people.first_sign_in_failed", address=address)


def _guesser(address: str) -> str:
    return f"a code, at {address}"
