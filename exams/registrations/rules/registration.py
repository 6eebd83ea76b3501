"""The states of a registration.

    applied -> refused | withdrawn | seated
    seated  -> applied (the seat was taken back) | withdrawn | concluded (passed, failed, absent, cancelled, voided)

Refused, withdrawn and concluded are ends; a new application is a new registration.
"""

from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

from exams.registrations.errors import NotSeated, NotWaiting, OnlyBeforeTheExamDay, RegistrationIsOver
from kernel.names import Names

RegistrationId = NewType("RegistrationId", UUID)


class State(StrEnum):
    APPLIED = "applied"
    REFUSED = "refused"
    SEATED = "seated"
    WITHDRAWN = "withdrawn"
    CONCLUDED = "concluded"


class Outcome(StrEnum):
    """How a registration ended. All but a pass and a void exam use up an attempt; who stays away has zero."""

    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"
    CANCELLED = "cancelled"  # for a breach of the exam's rules
    VOIDED = "voided"  # by no fault of the candidate


USE_NO_ATTEMPT = (Outcome.PASSED, Outcome.VOIDED)

OPEN_STATES = (State.APPLIED, State.SEATED)

STATE_NAMES: dict[State, Names] = {
    State.APPLIED: Names("已受理，待安排", "accepted, waiting for a seat"),
    State.REFUSED: Names("不予受理", "refused"),
    State.SEATED: Names("已安排考试", "seated"),
    State.WITHDRAWN: Names("已撤回", "withdrawn"),
    State.CONCLUDED: Names("已结束", "finished"),
}

OUTCOME_NAMES: dict[Outcome, Names] = {
    Outcome.PASSED: Names("合格", "passed"),
    Outcome.FAILED: Names("不合格", "not passed"),
    Outcome.ABSENT: Names("缺考", "absent"),
    Outcome.CANCELLED: Names("成绩取消", "cancelled"),
    Outcome.VOIDED: Names("本次考试作废，不计次数", "void, not counted"),
}


def admission_number(sitting_code: str, running: int) -> str:
    """A readable number that is unique for ever: the sitting's code and the place in it, ``2026-0001-017``."""
    return f"{sitting_code}-{running:03d}"


def withdraw(state: State, exam_day: date | None, today: date) -> State:
    """Raises RegistrationIsOver; OnlyBeforeTheExamDay once the day of a seated candidate has come."""
    if state not in OPEN_STATES:
        raise RegistrationIsOver(state=STATE_NAMES[state])
    if exam_day is not None and exam_day <= today:
        raise OnlyBeforeTheExamDay(day=exam_day)
    return State.WITHDRAWN


def require_waiting(state: State) -> None:
    """Raises NotWaiting unless a seat may be given."""
    if state is not State.APPLIED:
        raise NotWaiting(state=STATE_NAMES[state])


def require_seated(state: State) -> None:
    """Raises NotSeated unless there is a seat."""
    if state is not State.SEATED:
        raise NotSeated(state=STATE_NAMES[state])


def conclude(state: State) -> State:
    """Raises NotSeated: only who had a seat has an outcome."""
    require_seated(state)
    return State.CONCLUDED
