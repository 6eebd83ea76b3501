"""An attempt and its deadline, its steps and what they add up to. Pure."""

from exams.attempts.rules.attempt import (
    GRACE,
    MOST_MINUTES_AT_ONCE,
    Attempt,
    AttemptId,
    State,
    check_minutes,
    check_start,
    desk_digest,
    may_take_answers,
)
from exams.attempts.rules.steps import (
    MOST_AHEAD,
    MOST_STEPS,
    NO_ANSWER,
    Act,
    Standing,
    Step,
    answers,
    check_step,
    check_steps,
    receipt,
    standing,
)

__all__ = [
    "GRACE",
    "MOST_AHEAD",
    "MOST_MINUTES_AT_ONCE",
    "MOST_STEPS",
    "NO_ANSWER",
    "Act",
    "Attempt",
    "AttemptId",
    "Standing",
    "State",
    "Step",
    "answers",
    "check_minutes",
    "check_start",
    "check_step",
    "check_steps",
    "desk_digest",
    "may_take_answers",
    "receipt",
    "standing",
]
