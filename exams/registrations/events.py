"""Facts about eligibilities and registrations."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityAccepted(Event):
    NAME: ClassVar[str] = "exams.eligibility_accepted"

    eligibility_id: UUID
    person_id: UUID
    qualification: str
    proof_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationDecided(Event):
    """An application was decided; `unmet` are the points that spoke against it."""

    NAME: ClassVar[str] = "exams.registration_decided"

    registration_id: UUID
    person_id: UUID
    qualification: str
    part: str
    regime: str
    accepted: bool
    unmet: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationWithdrawn(Event):
    NAME: ClassVar[str] = "exams.registration_withdrawn"

    registration_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSeated(Event):
    NAME: ClassVar[str] = "exams.candidate_seated"

    registration_id: UUID
    person_id: UUID
    sitting_id: UUID
    seat: int
    admission_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTakenBack(Event):
    NAME: ClassVar[str] = "exams.seat_taken_back"

    registration_id: UUID
    person_id: UUID
    sitting_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationVoided(Event):
    """Its sitting came to nothing; the registration `followed_by` waits in its place of the queue."""

    NAME: ClassVar[str] = "exams.registration_voided"

    registration_id: UUID
    person_id: UUID
    sitting_id: UUID
    followed_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceNoted(Event):
    NAME: ClassVar[str] = "exams.attendance_noted"

    registration_id: UUID
    person_id: UUID
    sitting_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationConcluded(Event):
    NAME: ClassVar[str] = "exams.registration_concluded"

    registration_id: UUID
    person_id: UUID
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCorrected(Event):
    """A re-check found that it ended otherwise than was concluded."""

    NAME: ClassVar[str] = "exams.outcome_corrected"

    registration_id: UUID
    person_id: UUID
    outcome: str
