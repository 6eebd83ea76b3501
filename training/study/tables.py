"""Rows of study. Everything that a beat needs stands on the session's own row, so that a beat is one update."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Interval
from sqlalchemy.dialects.postgresql import INT8MULTIRANGE, Range
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import TrainingBase
from training.study.rules import Ended


class StudySessionRecord(TrainingBase):
    """One person at one lesson on one day; at most one of a person is live (ended_at is null)."""

    __tablename__ = "study_sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("training.enrolments.id"))
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("training.lessons.id"))
    day: Mapped[date]
    opened_at: Mapped[datetime]
    last_at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(BigInteger)
    before_ms: Mapped[int] = mapped_column(BigInteger)
    credited_ms: Mapped[int] = mapped_column(BigInteger)
    allowed_ms: Mapped[int] = mapped_column(BigInteger)
    carried_ms: Mapped[int] = mapped_column(BigInteger)
    unconfirmed_ms: Mapped[int] = mapped_column(BigInteger)
    check_number: Mapped[int]
    check_after_ms: Mapped[int] = mapped_column(BigInteger)
    answer_within: Mapped[timedelta] = mapped_column(Interval)
    asked_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended: Mapped[Ended | None]
    video_ms: Mapped[int] = mapped_column(BigInteger)
    video_played: Mapped[list[Range[Any]]] = mapped_column(INT8MULTIRANGE)
    video_at: Mapped[int] = mapped_column(BigInteger)
    place: Mapped[int]


class CountedStudy(TrainingBase):
    """A view: study by enrolment and day, and how much of it the day has room for beside classes and other courses."""

    __tablename__ = "counted_study"

    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    day: Mapped[date] = mapped_column(primary_key=True)
    studied_ms: Mapped[int] = mapped_column(BigInteger)
    counted_ms: Mapped[int] = mapped_column(BigInteger)


class PresenceAnswerRecord(TrainingBase):
    """A presence check that was answered in time."""

    __tablename__ = "presence_answers"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("training.study_sessions.id"))
    check_number: Mapped[int]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime]


class CheckAttemptRecord(TrainingBase):
    """One answer to a self-check, right or wrong."""

    __tablename__ = "check_attempts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("training.enrolments.id"))
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("training.lessons.id"))
    check_id: Mapped[str]
    answer: Mapped[str]
    is_right: Mapped[bool]
    at: Mapped[datetime]
