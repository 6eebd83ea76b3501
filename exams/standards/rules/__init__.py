"""Standards, regimes, the house rules of exam rooms, and ages. Pure: read from data files by `queries`."""

from exams.standards.rules.ages import RetirementTrack, age_on, retires_on
from exams.standards.rules.figures import Quote, plus_months
from exams.standards.rules.regimes import Regime, RenewedBy, read_regime, regime_in_force
from exams.standards.rules.standard import (
    RELEASE,
    REVISE,
    Part,
    Standard,
    frozen_standard,
    read_standard,
    standard_in_force,
)

__all__ = [
    "RELEASE",
    "REVISE",
    "Part",
    "Quote",
    "Regime",
    "RenewedBy",
    "RetirementTrack",
    "Standard",
    "age_on",
    "frozen_standard",
    "plus_months",
    "read_regime",
    "read_standard",
    "regime_in_force",
    "retires_on",
    "standard_in_force",
]
