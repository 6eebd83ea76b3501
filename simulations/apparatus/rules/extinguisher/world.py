"""What is true at one moment of an extinguisher run. Whole numbers only, so that every machine replays the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Bearing(StrEnum):
    RACK = "rack"
    UPWIND = "upwind"
    CROSSWIND = "crosswind"
    DOWNWIND = "downwind"


class Aim(StrEnum):
    BASE = "base"
    FLAME = "flame"
    SMOKE = "smoke"
    NOWHERE = "nowhere"


class Ending(StrEnum):
    REPORTED = "reported"
    TIME_UP = "time_up"
    OUT_OF_CONTROL = "out_of_control"


@dataclass(frozen=True, slots=True)
class Tally:
    """Ticks of discharge on a burning or just extinguished fire, and how many of them were done as taught."""

    all: int = 0
    at_base: int = 0
    sweeping: int = 0
    in_range: int = 0
    hose_held: int = 0
    upwind: int = 0
    downwind: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """`ticked` counts whole ticks passed; `soaked` those of suited agent after the flames died; -1 means never."""

    intensity: int
    source_open: bool
    left: Mapping[str, int]
    ticked: int = 0
    looked: bool = False
    alarm: bool = False
    inspected: frozenset[tuple[str, str]] = frozenset()
    bearing: Bearing = Bearing.RACK
    distance_m: int = 0
    in_hand: str = ""
    used: str = ""
    pinless: frozenset[str] = frozenset()
    shaken: frozenset[str] = frozenset()
    hose_held: bool = False
    aim: Aim = Aim.NOWHERE
    squeezing: bool = False
    swept_until: int = -1
    out_since: int = -1
    soaked: int = 0
    full_since: int = -1
    watching_since: int = -1
    watched: int = 0
    flared: bool = False
    burned: bool = False
    gas_unlit: bool = False
    ending: Ending | None = None
    tally: Tally = field(default_factory=Tally)

    @property
    def flames_are_out(self) -> bool:
        return self.intensity == 0
