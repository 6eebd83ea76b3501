"""Every write about sittings: planning and seats, staff, and the steps of the day."""

from exams.sittings.actions.ending import annul_sitting, call_off_sitting
from exams.sittings.actions.planning import plan_sitting, seat_candidates, unseat_candidate
from exams.sittings.actions.queueing import Seating, seat_first
from exams.sittings.actions.staffing import assign_by_lot, assign_staff, recheck_staff, relieve_staff, take_up_duty
from exams.sittings.actions.steps import (
    close_sitting,
    confirm_sitting,
    draw_sitting,
    mark_released,
    open_sitting,
    reveal_sitting,
)

__all__ = [
    "Seating",
    "annul_sitting",
    "assign_by_lot",
    "assign_staff",
    "call_off_sitting",
    "close_sitting",
    "confirm_sitting",
    "draw_sitting",
    "mark_released",
    "open_sitting",
    "plan_sitting",
    "recheck_staff",
    "relieve_staff",
    "reveal_sitting",
    "seat_candidates",
    "seat_first",
    "take_up_duty",
    "unseat_candidate",
]
