"""The decision about an application: every point that was checked, met or not, each with the rule it rests on.

The regime is the one in force on the day of the exam, which the caller chooses; so an application decided today for a
day under another regime is decided by that one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from exams.registrations.rules.registration import USE_NO_ATTEMPT, Outcome
from exams.standards.rules import Part, Quote, Regime, RenewedBy, RetirementTrack, age_on, retires_on
from kernel.errors import N_
from kernel.lasting import lasting

Fact = str | int | None
LAYOUT = lasting("exams.decision")


class Subject(StrEnum):
    """What a check is about."""

    AGE = "age"
    RETIREMENT = "retirement"
    TRAINING = "training"
    BAR = "bar"
    ATTEMPTS = "attempts"
    REGISTERED = "registered"
    PASSED = "passed"
    THEORY = "theory"
    QUESTIONS = "questions"


SENTENCES: dict[tuple[Subject, str], str] = {
    (Subject.AGE, "met"): N_("You are %(age)s years old on %(day)s; at least %(least)s is asked."),
    (Subject.AGE, "unmet"): N_("You are %(age)s years old on %(day)s; at least %(least)s is asked."),
    (Subject.AGE, "unknown"): N_("Your date of birth is not recorded, so your age cannot be checked."),
    (Subject.RETIREMENT, "met"): N_("You reach statutory retirement on %(retires)s, after the exam."),
    (Subject.RETIREMENT, "unmet"): N_("You reached statutory retirement on %(retires)s."),
    (Subject.RETIREMENT, "unknown"): N_("The office compares your age with statutory retirement by your document."),
    (Subject.TRAINING, "met"): N_("Training is complete: proof %(proof)s of %(granted)s by %(provider)s."),
    (Subject.TRAINING, "unmet"): N_("No completed training for this qualification has reached the exam body."),
    (Subject.TRAINING, "over"): N_("Your training proof %(proof)s was valid until %(until)s only."),
    (Subject.BAR, "met"): N_("Nothing bars you from exams."),
    (Subject.BAR, "unmet"): N_("You are barred from exams until %(until)s: %(reason)s"),
    (Subject.ATTEMPTS, "met"): N_("You have used %(used)s of %(allowed)s attempts."),
    (Subject.ATTEMPTS, "unlimited"): N_("There is no limit to the number of attempts; this is number %(next)s."),
    (Subject.ATTEMPTS, "unmet"): N_("All %(allowed)s attempts are used. You can apply again after new training."),
    (Subject.ATTEMPTS, "unmet_theory"): N_("All %(allowed)s attempts are used. Register for the theory exam again."),
    (Subject.REGISTERED, "met"): N_("You have no other open registration for this exam."),
    (Subject.REGISTERED, "unmet"): N_("You already have an open registration for this exam."),
    (Subject.PASSED, "met"): N_("You hold no valid pass of this part."),
    (Subject.PASSED, "unmet"): N_("You passed this part on %(taken)s; it counts until %(until)s."),
    (Subject.THEORY, "met"): N_("You passed the theory exam on %(taken)s; it counts until %(until)s."),
    (Subject.THEORY, "unmet"): N_("The practical comes after the theory exam, and you hold no valid pass of it."),
    (Subject.QUESTIONS, "met"): N_("You had no part in the questions of this exam."),
    (Subject.QUESTIONS, "unmet"): N_(
        "You wrote, reviewed or approved questions that this exam draws from, so you cannot sit it."
    ),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """`sex` as people keep it, ``male`` or ``female``; None where the document does not say."""

    born: date | None
    sex: str | None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Completed training, as certification handed it down. `valid_until` None = no end is known."""

    proof_number: str
    granted_on: date
    valid_until: date | None
    provider_name: str

    def is_valid(self, day: date) -> bool:
        return self.granted_on <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class PastExam:
    """One concluded registration; `counts_until` is set for a pass."""

    part: Part
    taken_on: date
    outcome: Outcome
    counts_until: date | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """No exam until `until`, that day included. `point`: that of the regime on which it rests, where one is known."""

    until: date
    reason: str
    point: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All that exams knows of a person and one qualification.

    `made_questions`: whether the person stands behind questions that the exam draws from; None where it draws none.
    """

    eligibilities: tuple[Eligibility, ...] = ()
    exams: tuple[PastExam, ...] = ()
    bars: tuple[Bar, ...] = ()
    open_parts: frozenset[Part] = frozenset()
    made_questions: bool | None = None

    def valid_pass(self, part: Part, day: date) -> PastExam | None:
        """The newest pass of `part` that still counts on `day`."""
        passes = [
            exam
            for exam in self.exams
            if exam.part is part and exam.outcome is Outcome.PASSED and exam.counts_until and day <= exam.counts_until
        ]
        return max(passes, key=lambda exam: exam.taken_on, default=None)

    def failures(self, part: Part, since: date | None) -> int:
        """Attempts used up: everything but a pass and an exam that was void, from `since` on."""
        return sum(
            exam.part is part and exam.outcome not in USE_NO_ATTEMPT and (since is None or exam.taken_on >= since)
            for exam in self.exams
        )


@dataclass(frozen=True, slots=True)
class Application:
    """Which part, and the day of the exam (or the earliest day that the person asks for)."""

    part: Part
    day: date


@dataclass(frozen=True, slots=True)
class Check:
    """One point of a decision. `sentence` is a message id whose places `facts` fill; rule None = order of the house."""

    subject: Subject
    is_met: bool
    sentence: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    rule: Quote | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "subject": self.subject.value,
            "met": self.is_met,
            "sentence": self.sentence,
            "facts": dict(self.facts),
            "rule": self.rule.as_json() if self.rule else None,
        }

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Check":
        rule = Quote.from_json(fields["rule"]) if fields["rule"] else None
        return cls(Subject(fields["subject"]), fields["met"], fields["sentence"], fields["facts"], rule)


@dataclass(frozen=True, slots=True)
class Decision:
    """Accepted only when every check is met; `attempt` is the number of this attempt since the count was renewed."""

    regime: str
    day: date
    attempt: int
    checks: tuple[Check, ...]

    @property
    def is_accepted(self) -> bool:
        return all(check.is_met for check in self.checks)

    @property
    def unmet(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.is_met)

    def as_json(self) -> dict[str, Any]:
        checks = [check.as_json() for check in self.checks]
        return LAYOUT.written({"regime": self.regime, "day": str(self.day), "attempt": self.attempt, "checks": checks})

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Decision":
        fields = LAYOUT.read(fields)
        checks = tuple(Check.from_json(raw) for raw in fields["checks"])
        return cls(fields["regime"], date.fromisoformat(fields["day"]), fields["attempt"], checks)


def decide(
    application: Application,
    candidate: Candidate,
    history: History,
    regime: Regime,
    tracks: Mapping[str, RetirementTrack],
) -> Decision:
    """Check every point, also after the first that is not met: a person is told all reasons at once."""
    used = history.failures(application.part, _counted_since(application, history, regime))
    checks = [_age(application.day, candidate, regime)]
    if regime.is_below_retirement:
        checks.append(_retirement(application.day, candidate, regime, tracks))
    checks += [
        _training(application.day, history, regime),
        _bar(application.day, history, regime),
        _attempts(application, used, regime),
        _registered(application, history),
        _passed(application, history, regime),
    ]
    if application.part is Part.PRACTICAL and regime.is_theory_first:
        checks.append(_theory(application.day, history, regime))
    if history.made_questions is not None:
        key = "unmet" if history.made_questions else "met"
        checks.append(_check(Subject.QUESTIONS, key, None, met=not history.made_questions))
    return Decision(regime.code, application.day, used + 1, tuple(checks))


def _check(subject: Subject, key: str, rule: Quote | None, /, *, met: bool, **facts: Fact) -> Check:
    return Check(subject, met, SENTENCES[subject, key], facts, rule)


def _age(day: date, candidate: Candidate, regime: Regime) -> Check:
    rule = regime.quote("minimum_age")
    if candidate.born is None:
        return _check(Subject.AGE, "unknown", rule, met=False)
    age = age_on(candidate.born, day)
    met = age >= regime.minimum_age
    key = "met" if met else "unmet"
    return _check(Subject.AGE, key, rule, met=met, age=age, day=str(day), least=regime.minimum_age)


def _retirement(day: date, candidate: Candidate, regime: Regime, tracks: Mapping[str, RetirementTrack]) -> Check:
    rule = regime.quote("below_retirement")
    if candidate.born is None or candidate.sex is None:
        return _check(Subject.RETIREMENT, "unknown", rule, met=True)
    retires = retires_on(candidate.born, tracks[candidate.sex])
    met = day < retires
    return _check(Subject.RETIREMENT, "met" if met else "unmet", rule, met=met, retires=str(retires))


def _training(day: date, history: History, regime: Regime) -> Check:
    rule = regime.quote("training_first")
    newest = max(history.eligibilities, key=lambda each: (each.is_valid(day), each.granted_on), default=None)
    if newest is None or newest.granted_on > day:
        return _check(Subject.TRAINING, "unmet", rule, met=False)
    if not newest.is_valid(day):
        return _check(
            Subject.TRAINING, "over", rule, met=False, proof=newest.proof_number, until=str(newest.valid_until)
        )
    return _check(
        Subject.TRAINING,
        "met",
        rule,
        met=True,
        proof=newest.proof_number,
        granted=str(newest.granted_on),
        provider=newest.provider_name,
    )


def _bar(day: date, history: History, regime: Regime) -> Check:
    longest = max((bar for bar in history.bars if day <= bar.until), key=lambda bar: bar.until, default=None)
    if longest is None:
        return _check(Subject.BAR, "met", None, met=True)
    rule = regime.quote(longest.point) if longest.point else None
    return _check(Subject.BAR, "unmet", rule, met=False, until=str(longest.until), reason=longest.reason)


def _counted_since(application: Application, history: History, regime: Regime) -> date | None:
    """From when on failures count: the newest training, or for a practical the newest passed theory."""
    if regime.renewed_by is RenewedBy.TRAINING:
        return max((each.granted_on for each in history.eligibilities), default=None)
    if application.part is Part.THEORY:
        return None
    passed = [exam.taken_on for exam in history.exams if (exam.part, exam.outcome) == (Part.THEORY, Outcome.PASSED)]
    return max(passed, default=None)


def _attempts(application: Application, used: int, regime: Regime) -> Check:
    allowed = regime.attempts(application.part)
    rule = regime.quote(f"{application.part}_attempts")
    if allowed is None:
        return _check(Subject.ATTEMPTS, "unlimited", rule, met=True, next=used + 1)
    if used < allowed:
        return _check(Subject.ATTEMPTS, "met", rule, met=True, used=used, allowed=allowed)
    key = "unmet_theory" if regime.renewed_by is RenewedBy.THEORY else "unmet"
    return _check(Subject.ATTEMPTS, key, rule, met=False, used=used, allowed=allowed)


def _registered(application: Application, history: History) -> Check:
    met = application.part not in history.open_parts
    return _check(Subject.REGISTERED, "met" if met else "unmet", None, met=met)


def _passed(application: Application, history: History, regime: Regime) -> Check:
    rule = regime.quote("part_valid_months")
    passed = history.valid_pass(application.part, application.day)
    if passed is None or _must_start_over(application, history, regime) or _has_no_ground(passed, history, regime):
        return _check(Subject.PASSED, "met", rule, met=True)
    taken, until = str(passed.taken_on), str(passed.counts_until)
    return _check(Subject.PASSED, "unmet", rule, met=False, taken=taken, until=until)


def _has_no_ground(passed: PastExam, history: History, regime: Regime) -> bool:
    """Whether it is a practical before which no theory exam is passed any more: a re-check took that pass back."""
    return (
        passed.part is Part.PRACTICAL
        and regime.is_theory_first
        and not any(
            (exam.part, exam.outcome) == (Part.THEORY, Outcome.PASSED) and exam.taken_on <= passed.taken_on
            for exam in history.exams
        )
    )


def _must_start_over(application: Application, history: History, regime: Regime) -> bool:
    """Whether a valid pass of theory does not stand in the way, because every practical attempt after it is used."""
    allowed = regime.attempts(Part.PRACTICAL)
    if application.part is not Part.THEORY or regime.renewed_by is not RenewedBy.THEORY or allowed is None:
        return False
    since = _counted_since(Application(Part.PRACTICAL, application.day), history, regime)
    return history.failures(Part.PRACTICAL, since) >= allowed


def _theory(day: date, history: History, regime: Regime) -> Check:
    rule = regime.quote("theory_before_practical")
    passed = history.valid_pass(Part.THEORY, day)
    if passed is None:
        return _check(Subject.THEORY, "unmet", rule, met=False)
    taken, until = str(passed.taken_on), str(passed.counts_until)
    return _check(Subject.THEORY, "met", rule, met=True, taken=taken, until=until)
