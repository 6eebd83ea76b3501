"""The score sheet: from what happened to points, with the reason for every point lost.

What a deduction costs and how it reads is data (the scenario's sheet); when it applies is decided here, from facts and
the tally alone. The lines follow the usual teaching of the item: check, choose for the class of fire, upwind distance,
pull the pin, aim at the base and sweep, confirm that it is out, report.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from simulations.apparatus.rules.extinguisher.fire import TICK_MS, is_soaked
from simulations.apparatus.rules.extinguisher.scene import PARTS, Defect, Fit, Scene
from simulations.apparatus.rules.extinguisher.world import World
from simulations.engine.rules import Fact

MOST = 80  # percent of the discharge that must be done as taught
HALF = 50
WATCH_MS = 3_000

# A deduction's code and the moment that proves it; None when the proof is that something never happened.
Found = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Run:
    """A finished replay as the sheet reads it."""

    scene: Scene
    world: World
    facts: tuple[Fact, ...]

    def moments(self, name: str, **about: object) -> list[int]:
        wanted = about.items()
        return [fact.at_ms for fact in self.facts if fact.name == name and wanted <= fact.about.items()]

    @property
    def first_discharge(self) -> Fact | None:
        return next((fact for fact in self.facts if fact.name == "discharge_began"), None)

    def share(self, ticks: int) -> int:
        """Percent of all ticks of discharge; 0 when nothing was discharged, for then nothing was done as taught."""
        return ticks * 100 // self.world.tally.all if self.world.tally.all else 0


def _alarm(run: Run) -> Iterator[Found]:
    raised = [fact for fact in run.facts if fact.name == "alarm_raised"]
    if not raised:
        yield "alarm_never", None
    elif raised[0].about["after_discharge"]:
        yield "alarm_late", raised[0].at_ms


def _check(run: Run) -> Iterator[Found]:
    first = run.first_discharge
    for part in PARTS:
        seen = first and [
            at for at in run.moments("inspected", extinguisher=run.world.used, part=part) if at <= first.at_ms
        ]
        if not seen:
            yield f"check_{part}", first.at_ms if first else None


def _choose(run: Run) -> Iterator[Found]:
    first = run.first_discharge
    if first is None:
        yield "choose_none", None
        return
    fit = Fit(str(first.about["fit"]))
    if fit is Fit.WEAK:
        yield "choose_weak", first.at_ms
    elif fit is not Fit.SUITED:
        yield "choose_useless", first.at_ms
    if run.scene.extinguisher(run.world.used).defect is not Defect.NONE:
        yield "choose_defective", first.at_ms


def _position(run: Run) -> Iterator[Found]:
    tally, first = run.world.tally, run.first_discharge
    at = first.at_ms if first else None
    if tally.downwind or not tally.all:
        yield "position_downwind", at
    elif run.share(tally.upwind) < MOST:
        yield "position_crosswind", at
    if run.share(tally.in_range) < MOST:
        yield "position_range", at


def _operate(run: Run) -> Iterator[Found]:
    tally = run.world.tally
    in_place = run.moments("not_possible", deed="squeeze", why="pin_in_place")
    if not run.world.pinless:
        yield "pin_never", None
    elif in_place:
        yield "pin_late", in_place[0]
    if run.share(tally.hose_held) < MOST:
        yield "hose_loose", None
    if run.share(tally.at_base) < HALF:
        yield "aim_missed", None
    elif run.share(tally.at_base) < MOST:
        yield "aim_wandered", None
    if run.share(tally.sweeping) < HALF:
        yield "sweep_missing", None


def _out(run: Run) -> Iterator[Found]:
    back = run.moments("reignited")
    if not run.world.flames_are_out or not is_soaked(run.scene, run.world):
        yield "not_out", back[-1] if back else None
    elif back:
        yield "reignited", back[0]


def _confirm(run: Run) -> Iterator[Found]:
    if not run.world.watched:
        yield "watch_never", None
    elif run.world.watched * TICK_MS < WATCH_MS:
        yield "watch_short", None
    reported = [fact for fact in run.facts if fact.name == "reported"]
    if not reported:
        yield "report_never", None
    elif reported[0].about["burning"]:
        yield "report_burning", reported[0].at_ms


CRITERIA: tuple[Callable[[Run], Iterator[Found]], ...] = (_alarm, _check, _choose, _position, _operate, _out, _confirm)

DEDUCTIONS = frozenset(
    {"alarm_late", "alarm_never", "choose_defective", "choose_none", "choose_useless", "choose_weak"}
    | {f"check_{part}" for part in PARTS}
    | {"aim_missed", "aim_wandered", "hose_loose", "not_out", "pin_late", "pin_never", "reignited", "sweep_missing"}
    | {"position_crosswind", "position_downwind", "position_range"}
    | {"report_burning", "report_never", "watch_never", "watch_short"}
)
VETOES = frozenset({"agent_on_power", "agent_on_liquid", "gas_unlit", "burned"})


def deductions(run: Run) -> tuple[Found, ...]:
    """Every deduction that applies, in the order of the sheet."""
    return tuple(found for criterion in CRITERIA for found in criterion(run))


def vetoes(run: Run) -> tuple[Found, ...]:
    """Every veto item that applies, with the first moment that proves it."""
    found: list[Found] = []
    for fact in run.facts:
        if fact.name == "discharge_began" and fact.about["fit"] == Fit.DANGEROUS:
            found.append(("agent_on_power" if fact.about["kind"] == "E" else "agent_on_liquid", fact.at_ms))
        elif fact.name == "gas_flows_unlit":
            found.append(("gas_unlit", fact.at_ms))
        elif fact.name == "burned":
            found.append(("burned", fact.at_ms))
    return tuple(dict(reversed(found)).items())
