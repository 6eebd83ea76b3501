"""A deed by two people as a page shows it to whoever looks: in their words, with what they may do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel.errors import N_
from kernel.two_people import DEEDS, Prepared, Sentence, Signature, Standing
from kernel.work import Reading

WORDS = {
    Standing.WAITING: N_("Waits for confirmation"),
    Standing.CONFIRMED: N_("Confirmed and done"),
    Standing.CANCELLED: N_("Cancelled before it was done"),
    Standing.LAPSED: N_("Lapsed"),
}
TONES = {Standing.WAITING: "soon", Standing.CONFIRMED: "ok", Standing.CANCELLED: "neutral", Standing.LAPSED: "neutral"}


@dataclass(frozen=True, slots=True)
class ShownDeed:
    """What is shown of a prepared deed. `names`: {"zh", "en"}; `because`: why it was cancelled.

    `may_confirm`: whoever looks is another person, and it still waits. `missing`: how many signatures.
    """

    id: UUID
    deed: str
    about: UUID
    names: Mapping[str, str]
    says: tuple[Sentence, ...]
    tone: str
    word: str
    preparer: Signature
    signed: tuple[Signature, ...]
    until: datetime
    missing: int
    is_waiting: bool
    is_own: bool
    may_confirm: bool
    ended_by: str
    ended_at: datetime | None
    because: str


def shown(reading: Reading, prepared: Prepared) -> ShownDeed:
    """A prepared deed for whoever looks."""
    standing = prepared.standing(reading.now)
    is_waiting = standing is Standing.WAITING
    has_signed = reading.actor.person_id in {signer.person_id for signer in prepared.signers}
    end = prepared.end
    return ShownDeed(
        id=prepared.id,
        deed=prepared.deed,
        about=prepared.about,
        names=DEEDS[prepared.deed].listed.names,
        says=prepared.says,
        tone=TONES[standing],
        word=WORDS[standing],
        preparer=prepared.preparer,
        signed=prepared.signed,
        until=prepared.until,
        missing=prepared.missing,
        is_waiting=is_waiting,
        is_own=reading.actor.person_id == prepared.preparer.person_id,
        may_confirm=is_waiting and not has_signed and reading.actor.person_id is not None,
        ended_by=end.name if end else "",
        ended_at=end.at if end else None,
        because=end.because if end else "",
    )
