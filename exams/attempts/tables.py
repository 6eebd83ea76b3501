"""Rows of the exam room."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exams.attempts.rules import Act, NoteKind, State
from kernel.db import Base


class CheckInRecord(Base):
    """The invigilator has compared person, identity card and photo. `seat` is where the candidate really sits."""

    __tablename__ = "check_ins"
    __table_args__ = (UniqueConstraint("sitting_id", "seat"), {"schema": "exams"})

    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID]
    person_id: Mapped[UUID]
    seat: Mapped[int]
    by_person_id: Mapped[UUID]
    at: Mapped[datetime]
    let_in_late_because: Mapped[str | None]


class AttemptRecord(Base):
    """It is there from the check-in on, ready; the start changes this one row.

    `desk_digest` is the digest of the token of the one place where the paper may be worked on; None frees it.
    """

    __tablename__ = "attempts"
    __table_args__ = {"schema": "exams"}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID]
    registration_id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[UUID]
    paper_id: Mapped[UUID]
    admission_number: Mapped[str]
    state: Mapped[State]
    started_at: Mapped[datetime | None]
    minutes: Mapped[int]
    extra_minutes: Mapped[int]
    deadline: Mapped[datetime | None]
    shape: Mapped[list[Any]]
    desk_digest: Mapped[bytes | None]
    closed_at: Mapped[datetime | None]
    receipt: Mapped[str | None]


class StepRecord(Base):
    """Only added, never changed: a trigger refuses. `answer` is canonical JSON of at most 2 kB; a look has "null"."""

    __tablename__ = "attempt_steps"
    __table_args__ = {"schema": "exams"}  # noqa: RUF012

    attempt_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[int]
    act: Mapped[Act]
    answer: Mapped[str]
    flagged: Mapped[bool]
    page_ms: Mapped[int]
    at: Mapped[datetime]


class MarksRecord(Base):
    """That an attempt was marked: the first time counts.

    What each question earned, and who or what said so, stands sealed (`scoring.rules.Marks.canonical_bytes`): beside
    the plain answers it would tell the right ones.
    """

    __tablename__ = "attempt_marks"
    __table_args__ = {"schema": "exams"}  # noqa: RUF012

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("exams.attempts.id"), primary_key=True)
    marked_at: Mapped[datetime]


class ContactRecord(Base):
    """When the candidate's page was last heard of. Losing one of these rows loses nothing."""

    __tablename__ = "attempt_contacts"
    __table_args__ = {"schema": "exams"}  # noqa: RUF012

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("exams.attempts.id"), primary_key=True)
    at: Mapped[datetime]


class RoomNoteRecord(Base):
    """A line of the room record (考场记录): what was done or happened, by whom, why. Only added.

    `facts` by kind: moved {"from", "to"}, time_given {"minutes"}, signed {"digest", "name"}; all others {}.
    """

    __tablename__ = "room_notes"
    __table_args__ = {"schema": "exams"}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID]
    registration_id: Mapped[UUID | None]
    kind: Mapped[NoteKind]
    text: Mapped[str]
    facts: Mapped[dict[str, Any]]
    by_person_id: Mapped[UUID]
    at: Mapped[datetime]
