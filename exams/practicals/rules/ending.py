"""When the exam office ends a practical that cannot come to its last signature, and what that may do.

Given up: the candidate left or breaks off. What is signed by all three stands, everything else counts zero, as a
refused signature does. Voided: the examiners or the centre are at fault; nothing is scored and no attempt is used.
Neither can raise a score: a veto item that anybody has struck stands, and a practical that is over is not ended.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from uuid import UUID

from exams.practicals.errors import SAY_WHAT_HAPPENED, ExaminersOweSignatures, NotForThoseInvolved, PracticalIsOver
from exams.practicals.rules.outcome import ItemOutcome
from exams.practicals.rules.standard import NOTHING
from kernel.because import Because, because

SHORTEST_ENDING_REASON = 10  # what happened must be understood years later, by somebody who was not there


class Ending(StrEnum):
    GIVEN_UP = "given_up"
    VOIDED = "voided"


def require_going_on(*, is_over: bool) -> None:
    """Raises PracticalIsOver."""
    if is_over:
        raise PracticalIsOver


def require_uninvolved(by: UUID | None, involved: Collection[UUID]) -> None:
    """Neither its candidate nor anybody who examines it, or did, may end a practical. Raises NotForThoseInvolved."""
    if by is None or by in involved:
        raise NotForThoseInvolved


def require_ending_reason(reason: str) -> Because:
    """The reason, trimmed. Raises ReasonMissing."""
    return because(reason, SAY_WHAT_HAPPENED, least=SHORTEST_ENDING_REASON)


def require_candidates_fault(ending: Ending, owed: Sequence[str]) -> None:
    """`owed`: items that the candidate has signed and an examiner has not. They are not what a candidate gave up.

    Raises:
        ExaminersOweSignatures: the examiners sign them first, or the practical is voided.
    """
    if ending is Ending.GIVEN_UP and owed:
        raise ExaminersOweSignatures(items="、".join(owed))


def unfinished(*, is_vetoed: bool) -> ItemOutcome:
    """What an item is worth that not all three have signed."""
    return ItemOutcome(NOTHING, is_vetoed=is_vetoed, is_given_up=not is_vetoed)
