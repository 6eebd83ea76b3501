"""Ids and states of enrolments, and whether the record of teachers is worth something."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NewType
from uuid import UUID

from training.enrolments.errors import NoTeacher, TeachesThemselves

EnrolmentId = NewType("EnrolmentId", UUID)


class State(StrEnum):
    LEARNING = "learning"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


def check_teachers(person_id: UUID, name: str, teachers: Iterable[UUID]) -> None:
    """Refuse an enrolment without a teacher, or with its own learner as one. Raises NoTeacher, TeachesThemselves."""
    named = set(teachers)
    if not named:
        raise NoTeacher
    if person_id in named:
        raise TeachesThemselves(name=name)
