"""A ring on disk: a folder with one file a key, and `ring.json`, which says which is current and since when.

    var/keys/papers/ring.json          {"format": 1, "current": <id>, "keys": {<id>: {"made_at", "current_from"}}}
    var/keys/papers/<id>.key           32 bytes, readable by their owner only
    var/keys/signing.public/<id>.pub   32 bytes, no secret

`ring.json` is replaced whole, so that a running process sees the old state or the new one. A key that was made and is
not current yet is *prepared*: it can be copied to other hosts before anything is made with it.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from kernel.keys.algorithms import MacKey, SealingKey, SigningKey, key_id
from kernel.keys.errors import KeyDamaged, KeyMissing
from kernel.keys.purposes import PUBLIC_HALVES, SIGNING, Purpose, Way
from kernel.lasting import lasting
from kernel.secrets import read_or_make

RING = lasting("kernel.key_ring")
RING_FILE = "ring.json"
SECRET_BYTES = 32

Key = SealingKey | MacKey | SigningKey
Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Period:
    """When a key was made, and since when it was the current one; None: it is only prepared."""

    made_at: datetime
    current_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class RingState:
    """What a ring's file says, in the order in which the keys were made. Keys that were read stay in memory."""

    purpose: Purpose
    folder: Path
    current: str
    periods: Mapping[str, Period]
    read: dict[str, Key] = field(default_factory=dict, repr=False, compare=False)

    @property
    def prepared(self) -> str | None:
        """The newest key that was made and never current, if it is newer than the current one."""
        newest = list(self.periods)[-1]
        return newest if self.periods[newest].current_from is None else None

    def until(self, id_: str) -> datetime | None:
        """When another became current after this key."""
        since = self.periods[id_].current_from
        later = (each.current_from for each in self.periods.values() if each.current_from is not None)
        return min((moment for moment in later if since is not None and moment > since), default=None)

    def key(self, id_: str) -> Key:
        """A key by its id. Raises KeyMissing, KeyDamaged."""
        if id_ not in self.read:
            self.read[id_] = read_key(self.folder, self.purpose, id_)
        return self.read[id_]


_states: dict[str, tuple[Stamp, RingState]] = {}


def state_of(keys_folder: Path, purpose: Purpose) -> RingState:
    """The ring of a purpose as it is now; read again only where its file was replaced. Raises KeyMissing."""
    path = f"{keys_folder}/{purpose.name}/{RING_FILE}"
    try:
        found = os.stat(path)  # noqa: PTH116 - asked for with every deed, and three times as fast as Path.stat
    except FileNotFoundError:
        raise KeyMissing(file=f"{purpose.name}/{RING_FILE}") from None
    stamp = (found.st_mtime_ns, found.st_ino, found.st_size)
    known = _states.get(path)
    if known is None or known[0] != stamp:
        known = _states[path] = (stamp, _parsed(purpose, Path(path)))
    return known[1]


def is_there(keys_folder: Path, purpose: Purpose) -> bool:
    """Whether this host has the ring of a purpose."""
    return (keys_folder / purpose.name / RING_FILE).exists()


def read_key(keys_folder: Path, purpose: Purpose, id_: str) -> Key:
    """A key from its file in a ring's folder. Raises KeyMissing, KeyDamaged."""
    name = f"{purpose.name}/{id_}.key"
    try:
        secret = (keys_folder / f"{id_}.key").read_bytes()
    except FileNotFoundError:
        raise KeyMissing(file=name) from None
    key = _key(purpose, secret) if len(secret) == SECRET_BYTES else None
    if key is None or key.id != id_:
        raise KeyDamaged(file=name)
    return key


def make_key(keys_folder: Path, purpose: Purpose, now: datetime) -> str:
    """Make a key and prepare it, or make it current where it is the first; its id."""
    secret = secrets.token_bytes(SECRET_BYTES)
    return put_key(keys_folder, purpose, secret, now)


def put_key(keys_folder: Path, purpose: Purpose, secret: bytes, now: datetime) -> str:
    """Put a key that was made (here, or for a specimen) into its ring; its id."""
    folder, key = keys_folder / purpose.name, _key(purpose, secret)
    read_or_make(folder / f"{key.id}.key", secret)
    if isinstance(key, SigningKey):
        publish(keys_folder, key)
    with _alone(folder):
        path = folder / RING_FILE
        if not path.exists():
            _write(RingState(purpose, folder, key.id, {key.id: Period(now, now)}))
        else:
            state = _parsed(purpose, path)
            if key.id not in state.periods:
                _write(replace(state, periods={**state.periods, key.id: Period(now)}))
    return key.id


def make_current(keys_folder: Path, purpose: Purpose, id_: str, now: datetime) -> None:
    """From here on `id_` is what is written with; running processes see it with their next deed. Raises KeyMissing."""
    folder = keys_folder / purpose.name
    read_key(folder, purpose, id_)
    with _alone(folder):
        state = _parsed(purpose, folder / RING_FILE)
        if state.current == id_:
            return
        periods = {**state.periods, id_: replace(state.periods.get(id_, Period(now)), current_from=now)}
        _write(replace(state, current=id_, periods=periods))


def publish(keys_folder: Path, key: SigningKey) -> None:
    """Write the public half of a signing key beside the others, where it is not yet; it may be given to anybody."""
    read_or_make(keys_folder / PUBLIC_HALVES / f"{key.id}.pub", key.public.public)


def public_halves(keys_folder: Path) -> dict[str, bytes]:
    """Id -> public half of each signing key that this host was given. Raises KeyMissing, KeyDamaged."""
    found = {path.stem: path.read_bytes() for path in sorted((keys_folder / PUBLIC_HALVES).glob("*.pub"))}
    if not found:
        raise KeyMissing(file=PUBLIC_HALVES)
    for id_, public in found.items():
        if key_id(SIGNING.name, public) != id_:
            raise KeyDamaged(file=f"{PUBLIC_HALVES}/{id_}.pub")
    return found


def _key(purpose: Purpose, secret: bytes) -> Key:
    if purpose.way is Way.SEALING:
        return SealingKey(purpose.name, secret)
    return MacKey(purpose.name, secret) if purpose.way is Way.MAC else SigningKey(secret)


def _parsed(purpose: Purpose, path: Path) -> RingState:
    content = RING.read(json.loads(path.read_bytes()))
    periods = {
        id_: Period(datetime.fromisoformat(each["made_at"]), _moment(each["current_from"]))
        for id_, each in content["keys"].items()
    }
    return RingState(purpose, path.parent, content["current"], periods)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _write(state: RingState) -> None:
    keys = {
        id_: {
            "made_at": period.made_at.isoformat(),
            "current_from": period.current_from.isoformat() if period.current_from else None,
        }
        for id_, period in state.periods.items()
    }
    draft = state.folder / f".{RING_FILE}.{secrets.token_hex(8)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(json.dumps(RING.written({"current": state.current, "keys": keys}), indent=1).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(state.folder / RING_FILE)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer of a ring at a time; the operating system takes the lock back from one that is killed."""
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
