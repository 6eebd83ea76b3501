"""How one signing key follows another, so that who trusts one of them can trust them all.

A new key is announced with two signatures over the same words: the former key says who follows it, and the new one says
whom it follows. So the succession can be kept where somebody might alter it: a row that was made up has not both, and
no key is believed that is not tied to one that this host was given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from kernel.keys.algorithms import PublicKey, Signature, SigningKey
from kernel.lasting import canonical_json, lasting

SUCCESSION = lasting("kernel.signing_key")
SIGNED_AS = "signing key"
LATE = timedelta(days=1)  # a deed that was begun with the former key ends within it


@dataclass(frozen=True, slots=True)
class Succession:
    """A key and the one before it (None: the first). Each signature is of the key that it is named for."""

    key: PublicKey
    begins_at: datetime
    predecessor: str | None
    by_itself: bytes
    by_predecessor: bytes | None

    @classmethod
    def of(cls, key: SigningKey, begins_at: datetime, predecessor: SigningKey | None = None) -> "Succession":
        """Announce `key`, signed by itself and by the one it follows."""
        former = predecessor.id if predecessor else None
        draft = cls(key.public, begins_at, former, b"", None)
        by_predecessor = predecessor.sign(SIGNED_AS, draft.message).value if predecessor else None
        return replace(draft, by_itself=key.sign(SIGNED_AS, draft.message).value, by_predecessor=by_predecessor)

    @property
    def message(self) -> bytes:
        """What is signed."""
        return canonical_json(
            SUCCESSION.written(
                {
                    "id": self.key.id,
                    "algorithm": self.key.algorithm,
                    "public": self.key.public.hex(),
                    "begins_at": self.begins_at.astimezone(UTC).isoformat(),
                    "predecessor": self.predecessor,
                }
            )
        )

    def is_signed_by(self, key: PublicKey, signature: bytes | None) -> bool:
        """Whether `key` signed this announcement."""
        made = Signature(key.algorithm, key.id, signature or b"")
        return key.has_signed(SIGNED_AS, self.message, made)


@dataclass(frozen=True, slots=True)
class Known:
    """A key that is believed; its place in the succession and its period, None where nothing is announced."""

    key: PublicKey
    place: int = 0
    begins_at: datetime | None = None
    ends_at: datetime | None = None

    def may_sign_at(self, moment: datetime) -> bool:
        """Whether `moment` lies in this key's time."""
        is_begun = self.place == 0 or self.begins_at is None or self.begins_at <= moment  # nothing was before the first
        return is_begun and (self.ends_at is None or moment <= self.ends_at)


class PublicKeys:
    """Every signing key that is believed here."""

    def __init__(self, given: Mapping[str, PublicKey], successions: Iterable[Succession]) -> None:
        """Believe what this host was `given`, and what the successions tie to it."""
        self.known = {id_: Known(key) for id_, key in given.items()}
        believed = _tied(set(given), {each.key.id: each for each in successions})
        for place, each in enumerate(_in_order(believed)):
            self.known[each.key.id] = Known(each.key, place, each.begins_at, _end(each, believed))

    @property
    def newest(self) -> str | None:
        """The id of the last key of the succession; None where nothing is announced."""
        announced = [known for known in self.known.values() if known.begins_at is not None]
        return max(announced, key=lambda known: known.place).key.id if announced else None

    def has_signed(self, signature: Signature, what: str, message: bytes, at: datetime) -> bool:
        """Whether the registry signed `message` as `what`, with the key of that time."""
        known = self.known.get(signature.key_id)
        return known is not None and known.may_sign_at(at) and known.key.has_signed(what, message, signature)


def _tied(given: set[str], announced: Mapping[str, Succession]) -> list[Succession]:
    """Whoever is tied to a believed key by both signatures is believed, forwards and backwards."""
    own = {id_: each for id_, each in announced.items() if each.is_signed_by(each.key, each.by_itself)}
    ties = [
        {each.predecessor, id_}
        for id_, each in own.items()
        if each.predecessor in own and each.is_signed_by(own[each.predecessor].key, each.by_predecessor)
    ]
    found: set[str | None] = {id_ for id_ in own if id_ in given}
    while new := {id_ for tie in ties if found & tie for id_ in tie} - found:
        found |= new
    return [own[id_] for id_ in own if id_ in found]


def _in_order(believed: Iterable[Succession]) -> list[Succession]:
    return sorted(believed, key=lambda each: each.begins_at)


def _end(each: Succession, believed: Iterable[Succession]) -> datetime | None:
    following = (other.begins_at for other in believed if other.predecessor == each.key.id)
    return next((moment + LATE for moment in following), None)
