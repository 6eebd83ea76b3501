"""Lines of the room record, for the actions of this room."""

from typing import Any
from uuid import UUID

from exams.invigilation import queries
from exams.invigilation.errors import SAY_WHY, RecordIsSigned
from exams.invigilation.events import RoomNoted
from exams.invigilation.rules import NoteKind
from exams.invigilation.tables import RoomNoteRecord
from exams.sittings.queries.room import hold_room
from kernel.because import Because, because
from kernel.ids import new_id
from kernel.work import Work


def said(reason: str) -> Because:
    """A reason, trimmed. Raises ReasonMissing."""
    return because(reason, SAY_WHY)


def note(
    work: Work, sitting_id: UUID, kind: NoteKind, text: str = "", *, about: UUID | None = None, **facts: Any
) -> None:
    """Add a line; `about` is the registration it concerns.

    Raises:
        RecordIsSigned: the first signature closes the record. A line added later would leave the two invigilators with
            signatures under different records, and nobody would see it.
    """
    hold_room(work, sitting_id, exclusively=True)
    is_signed = any(line.kind is NoteKind.SIGNED for line in queries.room_record(work, sitting_id))
    if is_signed and kind is not NoteKind.SIGNED:
        raise RecordIsSigned
    work.session.add(
        RoomNoteRecord(
            id=new_id(),
            sitting_id=sitting_id,
            registration_id=about,
            kind=kind,
            text=text,
            facts=facts,
            by_person_id=work.actor.person_id,
            at=work.now,
        )
    )
    work.session.flush()
    work.announce(RoomNoted(sitting_id=sitting_id, kind=kind.value, text=text))
