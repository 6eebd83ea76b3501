"""May this person work at this post."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.certificates.rules.states import Entry, LogEntry
from certification.certificates.rules.validity import first_period, renewed_period
from certification.compliance import rules
from certification.compliance.queries import obligations
from certification.compliance.rules import Employed, Held, Light, Progress, Requirement, Stage, verdict
from certification.programmes.queries import validity_regimes
from kernel.names import Names
from people.positions.rules import Position

ELECTRICIAN = Names("低压电工作业", "Low-voltage electrician")
MANAGER = Names("危险化学品经营单位安全生产管理人员", "Safety manager, hazardous chemicals trade")
ISSUED = date(2026, 7, 1)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
PERIOD = first_period(validity_regimes(), Position.SPECIAL_OPERATION, ISSUED)


def judged(employed: Employed, day: date) -> rules.Verdict:
    return verdict(employed, obligations(), day)


def needs(*held: Held, stage: Stage = Stage.NOT_BEGUN, credited: str | None = None) -> Requirement:
    progress = Progress(stage, Decimal(credited) if credited else None, Decimal(148))
    return Requirement("low_voltage", Position.SPECIAL_OPERATION, ELECTRICIAN, held, progress)


def employed(*requirements: Requirement, insured: bool = True) -> Employed:
    return Employed(date(2026, 1, 1), insured, requirements)


def card(*lines: tuple[Entry, date]) -> Held:
    return Held(PERIOD, [LogEntry(*line) for line in lines])


def test_with_a_valid_card_and_insurance_the_line_is_green_until_the_card_ends():
    found = judged(employed(needs(card())), TODAY)
    assert found.light is Light.GREEN
    assert found.good_until == date(2032, 7, 1)


def test_everything_that_is_missing_is_said_in_one_sentence_each():
    found = judged(employed(needs(), insured=False), TODAY)
    assert [reason.sentence for reason in found.bars] == [rules.NOT_BEGUN, rules.NO_INSURANCE]
    assert found.light is Light.RED
    assert found.good_until is None


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        (Stage.LEARNING, rules.LEARNING),
        (Stage.MAY_SIT, rules.MAY_SIT),
        (Stage.THEORY_PASSED, rules.THEORY_PASSED),
        (Stage.ALL_PASSED, rules.ALL_PASSED),
    ],
)
def test_on_the_way_the_sentence_says_how_far(stage, sentence):
    found = judged(employed(needs(stage=stage, credited="3.5")), TODAY)
    assert [reason.sentence for reason in found.bars] == [sentence]
    assert found.bars[0].sentence % {**found.bars[0].data, "qualification": "X"}


@pytest.mark.parametrize(
    ("line", "word"),
    [(Entry.SUSPENDED, "suspended"), (Entry.REVOKED, "revoked"), (Entry.CANCELLED, "cancelled")],
)
def test_a_card_that_was_taken_away_bars_from_its_day(line, word):
    held = card((line, TODAY))
    assert judged(employed(needs(held)), TODAY - DAY).may_work
    found = judged(employed(needs(held)), TODAY)
    assert word in found.bars[0].sentence
    assert found.bars[0].data["day"] == TODAY


def test_an_expired_card_says_its_last_day():
    found = judged(employed(needs(card())), PERIOD.valid_until + DAY)
    assert "expired" in found.bars[0].sentence
    assert found.bars[0].data["day"] == PERIOD.valid_until


def test_before_the_end_the_line_turns_amber():
    found = judged(employed(needs(card())), PERIOD.valid_until - timedelta(days=60))
    assert found.light is Light.AMBER
    assert found.warnings[0].data["day"] == PERIOD.valid_until
    assert found.warnings[0].data["apply_by"] == PERIOD.valid_until


def test_a_manager_applies_thirty_days_before_the_end_and_is_told_when_that_is_past():
    period = first_period(validity_regimes(), Position.SAFETY_MANAGER, ISSUED)
    held = (Held(period, []),)
    requirement = Requirement("m", Position.SAFETY_MANAGER, MANAGER, held, Progress(Stage.NOT_BEGUN))
    line = Employed(ISSUED, insured=True, requirements=(requirement,))
    latest = period.valid_until - 30 * DAY
    assert [each.sentence for each in judged(line, latest).warnings] == [rules.ENDS_SOON]
    [late] = judged(line, latest + DAY).warnings
    assert (late.sentence, late.data["apply_by"]) == (rules.APPLY_LATE, latest)


def test_a_renewal_in_the_drawer_carries_the_line_over_the_change():
    again = renewed_period(validity_regimes(), Position.SPECIAL_OPERATION, PERIOD.valid_until - 10 * DAY, PERIOD)
    held = (card((Entry.REPLACED, again.valid_from)), Held(again, []))
    found = judged(employed(needs(*held)), PERIOD.valid_until - 5 * DAY)
    assert found.light is Light.GREEN
    assert found.good_until == again.valid_until


def test_with_two_requirements_the_earlier_end_counts():
    earlier = Held(first_period(validity_regimes(), Position.SPECIAL_OPERATION, date(2026, 6, 1)), [])
    assert judged(employed(needs(card()), needs(earlier)), TODAY).good_until == earlier.period.valid_until


def test_a_new_manager_has_six_months():
    requirement = Requirement("m", Position.SAFETY_MANAGER, MANAGER, (), Progress(Stage.NOT_BEGUN))
    new = Employed(date(2026, 8, 31), insured=True, requirements=(requirement,))
    last = date(2027, 2, 28)
    assert judged(new, last).light is Light.AMBER
    assert judged(new, last).good_until == last
    assert judged(new, last + DAY).light is Light.RED


def test_an_operator_has_not_a_single_day():
    assert not judged(Employed(TODAY, insured=True, requirements=(needs(),)), TODAY).may_work


def test_a_post_without_requirements_has_no_end_in_sight():
    assert judged(employed(), TODAY) == rules.Verdict(may_work=True, bars=(), warnings=(), good_until=None)


@given(st.integers(0, 2300))
def test_the_day_on_the_board_is_the_last_good_one(later):
    line = employed(needs(card((Entry.SUSPENDED, date(2030, 1, 1)), (Entry.REINSTATED, date(2030, 2, 1)))))
    found = judged(line, ISSUED + timedelta(days=later))
    if found.good_until:
        assert judged(line, found.good_until).may_work
        assert not judged(line, found.good_until + DAY).may_work
    else:
        assert not found.may_work


def a_manager(*held: Held) -> Employed:
    requirement = Requirement("m", Position.SAFETY_MANAGER, MANAGER, held, Progress(Stage.NOT_BEGUN))
    return Employed(TODAY, insured=True, requirements=(requirement,))


@pytest.mark.parametrize("entry", [Entry.SUSPENDED, Entry.REVOKED, Entry.CANCELLED])
def test_a_manager_whose_certificate_was_taken_away_has_no_six_months(entry):
    period = first_period(validity_regimes(), Position.SAFETY_MANAGER, ISSUED)
    found = judged(a_manager(Held(period, [LogEntry(entry, TODAY - DAY)])), TODAY)
    assert found.light is Light.RED
    assert entry.value in found.bars[0].sentence


def test_a_manager_whose_certificate_only_expired_has_six_months_at_a_new_post():
    period = first_period(validity_regimes(), Position.SAFETY_MANAGER, date(2020, 1, 1))
    assert judged(a_manager(Held(period, [])), TODAY).light is Light.AMBER


def test_a_card_given_out_once_more_speaks_for_the_one_it_replaced():
    replaced = card((Entry.REPLACED, TODAY - DAY))
    found = judged(employed(needs(replaced, card((Entry.REVOKED, TODAY)))), TODAY)
    assert "revoked" in found.bars[0].sentence
    found = judged(employed(needs(replaced, card())), PERIOD.valid_until + DAY)
    assert "expired" in found.bars[0].sentence
