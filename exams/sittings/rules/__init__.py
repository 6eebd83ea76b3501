"""The steps of a sitting, its times, and lots that can be drawn again. Pure."""

from exams.sittings.rules.lots import METHOD, seat_order, shuffled
from exams.sittings.rules.sitting import (
    OFF,
    STATE_NAMES,
    STEPS,
    HouseRules,
    Sitting,
    SittingId,
    State,
    reason_for_candidates,
    require_state,
    require_time_to_come,
)

__all__ = [
    "METHOD",
    "OFF",
    "STATE_NAMES",
    "STEPS",
    "HouseRules",
    "Sitting",
    "SittingId",
    "State",
    "reason_for_candidates",
    "require_state",
    "require_time_to_come",
    "seat_order",
    "shuffled",
]
