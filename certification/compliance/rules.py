"""May this person work at this post on a day: the verdict, its reasons in one sentence each, and how long it lasts.

Sentences are message ids; `data` fills their places. Names come in both languages, {"zh": ..., "en": ...}.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from certification.certificates.rules.states import LogEntry, State, holds_until, standing
from certification.certificates.rules.validity import Period, renewal
from exams.standards.rules import plus_months
from kernel.errors import N_
from kernel.law import Book, Dated, Figure, Region, dated, figure
from kernel.names import Names
from people.positions.rules import Position


@dataclass(frozen=True, slots=True)
class Grace(Dated):
    """For how long somebody new at a post of `positions` may be without the certificate."""

    positions: frozenset[str]
    months: Figure[int]


@dataclass(frozen=True, slots=True)
class Insurance(Dated):
    """Whether missing work-injury insurance keeps a person from work."""

    bars_work: Figure[bool]


@dataclass(frozen=True, slots=True)
class Obligations:
    """What must hold before a person works at a post, and until when."""

    graces: Book[Grace]
    insurances: Book[Insurance]

    def grace_ends(self, position: Position, posted_on: date, today: date, region: Region | None) -> date | None:
        """The last day on which somebody new at a post may be without the certificate; None = not a single day."""
        grace = self.graces.in_force(position, today, region)
        return plus_months(posted_on, grace.months.value) if grace and grace.months.value else None

    def insurance_bars(self, today: date, region: Region | None) -> bool:
        """Whether who is not insured may not work."""
        insurance = self.insurances.in_force("insurance", today, region)
        return insurance is not None and insurance.bars_work.value


def read_grace(raw: Mapping[str, Any]) -> Grace:
    """One entry of `graces` in `certification/data/obligations.yaml`."""
    return Grace(**dated(raw), positions=frozenset(raw["positions"]), months=figure(raw, "months"))


def read_insurance(raw: Mapping[str, Any]) -> Insurance:
    """One entry of `insurances` in `certification/data/obligations.yaml`."""
    return Insurance(**dated(raw), bars_work=figure(raw, "bars_work"))


class Stage(StrEnum):
    """How far somebody without a certificate has come towards one."""

    NOT_BEGUN = "not_begun"
    LEARNING = "learning"
    MAY_SIT = "may_sit"
    THEORY_PASSED = "theory_passed"
    ALL_PASSED = "all_passed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Progress:
    """The way towards a certificate; hours only while learning."""

    stage: Stage
    hours_credited: Decimal | None = None
    hours_required: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate of the person for the qualification in question."""

    period: Period
    log: Sequence[LogEntry]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One qualification that the post demands, and what the person has towards it."""

    qualification: str
    position: Position
    names: Names
    held: tuple[Held, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Employed:
    """A person at a post. `posted_on` is the day they took it; `insured` means work-injury insurance (工伤保险).

    `region`: where they work, because some of what is asked for is asked there only; None = only what holds everywhere.
    """

    posted_on: date
    insured: bool
    requirements: tuple[Requirement, ...]
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of a verdict, with the values of its places."""

    sentence: str
    data: dict[str, Any] = field(default_factory=dict)


class Light(StrEnum):
    """The verdict at a glance."""

    GREEN = "green"
    AMBER = "amber"  # may work, but something falls due
    RED = "red"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the person may work at the post.

    Attributes:
        may_work: today.
        bars: why not, most pressing first; empty when they may.
        warnings: what falls due although they may.
        good_until: the last day on which they still may if nobody does anything; None when they may not, or when no
            end is in sight.
    """

    may_work: bool
    bars: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    good_until: date | None

    @property
    def light(self) -> Light:
        if not self.may_work:
            return Light.RED
        return Light.AMBER if self.warnings else Light.GREEN


NO_INSURANCE = N_("No work-injury insurance is on record; insurance comes before work.")
NOT_BEGUN = N_("Has no certificate for %(qualification)s and has not begun the training.")
LEARNING = N_("Is still training for %(qualification)s: %(credited)s of %(required)s hours are credited.")
MAY_SIT = N_("Has completed the training for %(qualification)s but not yet passed the examination.")
THEORY_PASSED = N_("Has passed the theory examination for %(qualification)s; the practical is still to come.")
REFUSED = N_("The application for %(qualification)s was refused; the certificate office says why.")
ALL_PASSED = N_("Has passed every examination for %(qualification)s; the certificate is not issued yet.")
DEADLINE = N_("Must pass the assessment for %(qualification)s by %(day)s.")
ENDS_SOON = N_(
    "The certificate for %(qualification)s ends on %(day)s; apply for renewal by %(apply_by)s at the latest."
)
APPLY_LATE = N_(
    "The certificate for %(qualification)s ends on %(day)s, and renewal had to be applied for by %(apply_by)s; "
    "ask the issuing authority at once."
)
REVIEW_SOON = N_("The certificate for %(qualification)s must be reviewed by %(day)s.")

_OVER = {
    State.EXPIRED: N_("The certificate for %(qualification)s expired on %(day)s."),
    State.VOID: N_("The certificate for %(qualification)s is void: the review due by %(day)s was missed."),
    State.SUSPENDED: N_("The certificate for %(qualification)s is suspended since %(day)s."),
    State.REVOKED: N_("The certificate for %(qualification)s was revoked on %(day)s."),
    State.CANCELLED: N_("The certificate for %(qualification)s was cancelled on %(day)s."),
    State.NOT_YET_VALID: N_("The certificate for %(qualification)s is only valid from %(day)s."),
}
_TAKEN_AWAY = frozenset({State.SUSPENDED, State.REVOKED, State.CANCELLED, State.VOID})
_STAGES = {
    Stage.NOT_BEGUN: NOT_BEGUN,
    Stage.LEARNING: LEARNING,
    Stage.MAY_SIT: MAY_SIT,
    Stage.THEORY_PASSED: THEORY_PASSED,
    Stage.ALL_PASSED: ALL_PASSED,
    Stage.REFUSED: REFUSED,
}


def verdict(employed: Employed, obligations: Obligations, today: date) -> Verdict:
    """Whether this person may work at this post on `today` (Shanghai date)."""
    bars: list[Reason] = []
    warnings: list[Reason] = []
    ends: list[date] = []
    for requirement in employed.requirements:
        grace = obligations.grace_ends(requirement.position, employed.posted_on, today, employed.region)
        end, reason = _judged(requirement, grace, today)
        (bars if end is None else warnings).extend([reason] if reason else [])
        if end:
            ends.append(end)
    if not employed.insured and obligations.insurance_bars(today, employed.region):
        bars.append(Reason(NO_INSURANCE))
    return Verdict(not bars, tuple(bars), tuple(warnings), None if bars else min(ends, default=None))


def _judged(requirement: Requirement, grace: date | None, today: date) -> tuple[date | None, Reason | None]:
    """Until when the requirement is met (None = not met today) and the sentence to say, if any."""
    end = _held_until(requirement.held, today)
    if end:
        return end, _soon(requirement, end, today)
    if grace and today <= grace and not _was_taken_away(requirement, today):
        return grace, Reason(DEADLINE, {"qualification": asdict(requirement.names), "day": grace})
    return None, _missing(requirement, today)


def _was_taken_away(requirement: Requirement, today: date) -> bool:
    """Whether a certificate for it was taken away or lapsed: the months of grace are for who is new, not for them."""
    return any(standing(each.period, each.log, today).state in _TAKEN_AWAY for each in requirement.held)


def _held_until(held: Iterable[Held], today: date) -> date | None:
    """The last day of the unbroken run covered by any of the certificates, a renewal after its predecessor included."""
    certificates = list(held)
    end, day = None, today
    while True:
        ends = [until for each in certificates if (until := holds_until(each.period, each.log, day))]
        if not ends:
            return end
        end = max(ends)
        day = end + timedelta(days=1)


def _soon(requirement: Requirement, end: date, today: date) -> Reason | None:
    states = {standing(each.period, each.log, today).state: each for each in requirement.held}
    data = {"qualification": asdict(requirement.names), "day": end}
    if State.VALID in states:
        return None
    if State.REVIEW_DUE in states:
        return Reason(REVIEW_SOON, data)
    if State.NOT_YET_VALID in states:
        return None
    apply_by = renewal(states[State.RENEWAL_DUE].period).apply_by
    return Reason(ENDS_SOON if today <= apply_by else APPLY_LATE, data | {"apply_by": apply_by})


def _missing(requirement: Requirement, today: date) -> Reason:
    progress = requirement.progress
    data: dict[str, Any] = {"qualification": asdict(requirement.names)}
    under_way = progress.stage is not Stage.NOT_BEGUN
    # What was replaced says nothing any more: the one in its place does.
    held = [each for each in requirement.held if standing(each.period, each.log, today).state is not State.REPLACED]
    if held and not under_way:
        newest = max(held, key=lambda each: (each.period.valid_from, each.period.valid_until))
        now = standing(newest.period, newest.log, today)
        return Reason(_OVER[now.state], data | {"day": _day_of(newest, now.state, now.since)})
    if progress.stage is Stage.LEARNING:
        data |= {"credited": progress.hours_credited or Decimal(0), "required": progress.hours_required}
    return Reason(_STAGES[progress.stage], data)


def _day_of(held: Held, state: State, since: date) -> date:
    if state is State.NOT_YET_VALID:
        return held.period.valid_from
    if state in {State.EXPIRED, State.VOID}:
        return since - timedelta(days=1)
    return since
