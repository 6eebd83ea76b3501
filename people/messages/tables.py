"""Rows of messages. None is ever changed: an attempt is a row, and how it ended another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import PeopleBase
from people.messages.rules import Channel, Outcome


class MessageRecord(PeopleBase):
    """A message to a person, or with a code. Its address is looked up when it is sent, and kept here by nobody."""

    __tablename__ = "messages"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.persons.id"))
    code_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.codes.id"))
    channel: Mapped[Channel]
    subject: Mapped[str]
    body: Mapped[str]
    is_urgent: Mapped[bool]  # somebody waits before a screen
    written_at: Mapped[datetime]


class MessageAttemptRecord(PeopleBase):
    __tablename__ = "message_attempts"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("people.messages.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]


class MessageOutcomeRecord(PeopleBase):
    __tablename__ = "message_outcomes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["message_id", "number"], ["people.message_attempts.message_id", "people.message_attempts.number"]
        ),
    )

    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[Outcome]
    detail: Mapped[str]
    noted_at: Mapped[datetime]
