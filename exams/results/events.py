"""Facts about results."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRecorded(Event):
    """A result waits for release. It carries no score: until the release nobody is told one, not even in the audit."""

    NAME: ClassVar[str] = "exams.result_recorded"

    result_id: UUID
    registration_id: UUID
    sitting_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReleased(Event):
    """A result counts from now on. `part` is theory or practical; `valid_until` is set for a pass.

    A revision names the result whose place it takes (`supersedes`); `method`: how it was marked.
    """

    NAME: ClassVar[str] = "exams.result_released"

    result_id: UUID
    person_id: UUID
    qualification: str
    part: str
    sitting_id: UUID
    attempt_number: int
    revision: int
    supersedes: UUID | None
    method: int
    score: Decimal
    pass_mark: Decimal
    passed: bool
    taken_on: date
    released_at: datetime
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckAsked(Event):
    NAME: ClassVar[str] = "exams.recheck_asked"

    recheck_id: UUID
    result_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckWasAnswered(Event):
    NAME: ClassVar[str] = "exams.recheck_answered"

    recheck_id: UUID
    result_id: UUID
