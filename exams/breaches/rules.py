"""What becomes of a breach that somebody found. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from exams.breaches.errors import BreachUndecided, EndedForBreach, NoBreachToDecide, SecondInvigilatorNeeded


class Decision(StrEnum):
    """How a breach was decided. A dismissed one stays in the record and counts for nothing."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Breach:
    """A breach that one invigilator found with a candidate."""

    registration_id: UUID
    reason: str
    proposed_by: UUID
    decision: Decision | None = None

    @property
    def is_undecided(self) -> bool:
        return self.decision is None

    @property
    def is_confirmed(self) -> bool:
        return self.decision is Decision.CONFIRMED

    def require_confirmable(self, by: UUID | None) -> None:
        """Two pairs of eyes. Raises NoBreachToDecide, SecondInvigilatorNeeded."""
        self.require_undecided()
        if by == self.proposed_by:
            raise SecondInvigilatorNeeded

    def require_undecided(self) -> None:
        """Raises NoBreachToDecide."""
        if not self.is_undecided:
            raise NoBreachToDecide


def require_result_fits(breach: Breach | None, *, cancelled: bool) -> None:
    """Whether a result may be written down beside a breach that was found and not dismissed.

    Raises:
        BreachUndecided: any result, until two have decided.
        EndedForBreach: a result that is not cancelled.
    """
    if breach is not None and breach.is_undecided:
        raise BreachUndecided
    if breach is not None and breach.is_confirmed and not cancelled:
        raise EndedForBreach
