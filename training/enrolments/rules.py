"""Ids and states of enrolments, and whether the record of teachers is worth something."""

from collections.abc import Container, Iterable
from enum import StrEnum
from typing import NewType
from uuid import UUID

from training.enrolments.errors import NotATeacherHere, NoTeacher, TeachesThemselves

EnrolmentId = NewType("EnrolmentId", UUID)


class State(StrEnum):
    LEARNING = "learning"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


def check_teachers(person_id: UUID, name: str, teachers: Iterable[UUID], *, at_provider: Container[UUID]) -> None:
    """Refuse a record of teachers that would be worth nothing, or would shut an examiner out by a false entry.

    Raises:
        NoTeacher, TeachesThemselves, NotATeacherHere.
    """
    named = set(teachers)
    if not named:
        raise NoTeacher
    if person_id in named:
        raise TeachesThemselves(name=name)
    if any(each not in at_provider for each in named):
        raise NotATeacherHere
