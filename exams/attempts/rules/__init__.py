"""An attempt and its deadline, its steps and what they add up to, and how a room stands. Pure."""

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
from exams.attempts.rules.room import (
    SILENT_AFTER,
    START_EXPECTED_WITHIN,
    Candidate,
    NoteKind,
    Presence,
    RoomNote,
    Trouble,
    check_seat,
    record_digest,
)
from exams.attempts.rules.steps import Standing, Step, answers, check_answer, receipt, standing

__all__ = [
    "GRACE",
    "MOST_MINUTES_AT_ONCE",
    "SILENT_AFTER",
    "START_EXPECTED_WITHIN",
    "Attempt",
    "AttemptId",
    "Candidate",
    "NoteKind",
    "Presence",
    "RoomNote",
    "Standing",
    "State",
    "Step",
    "Trouble",
    "answers",
    "check_answer",
    "check_minutes",
    "check_seat",
    "check_start",
    "desk_digest",
    "may_take_answers",
    "receipt",
    "record_digest",
    "standing",
]
