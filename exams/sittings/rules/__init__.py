"""The steps of a sitting, its times, and lots that can be drawn again. Pure."""

from exams.sittings.rules.lots import seat_order, shuffled
from exams.sittings.rules.sitting import (
    STATE_NAMES,
    HouseRules,
    Sitting,
    SittingId,
    State,
    require_state,
)

__all__ = [
    "STATE_NAMES",
    "HouseRules",
    "Sitting",
    "SittingId",
    "State",
    "require_state",
    "seat_order",
    "shuffled",
]
