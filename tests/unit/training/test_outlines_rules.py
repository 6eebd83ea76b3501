"""Required hours: the committed file, its dated regimes, and what is refused."""

import copy
from datetime import date
from decimal import Decimal

import pytest
import yaml

from kernel.law import RulesOverlap
from people.positions.queries import vocabulary
from training.outlines.errors import OutlineNotConfirmed, OutlinesBroken, OutlineUnknown
from training.outlines.queries import FILE, outlines
from training.outlines.rules import Standing, TrainingKind, outlines_from

LAST_DAY_OF_ORDER_30 = date(2026, 5, 31)
FIRST_DAY_OF_ORDER_19 = date(2026, 6, 1)


@pytest.fixture
def document():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def in_force(qualification, kind, on, *, demonstration=False):
    return outlines().in_force(qualification, kind, on, demonstration=demonstration)


def test_a_low_voltage_beginner_takes_148_hours_of_which_60_are_practical():
    outline = in_force("low_voltage", TrainingKind.INITIAL, LAST_DAY_OF_ORDER_30)
    assert (outline.total, outline.theory, outline.practical) == (148, 88, 60)
    assert outline.standing is Standing.CONFIRMED


def test_under_order_19_the_same_hours_are_a_new_version_and_say_that_they_are_provisional():
    outline = in_force("low_voltage", TrainingKind.INITIAL, FIRST_DAY_OF_ORDER_19)
    assert (outline.version, outline.total, outline.standing) == (2, 148, Standing.PROVISIONAL)


def test_renewal_hours_under_order_19_are_not_guessed():
    assert in_force("low_voltage", TrainingKind.RENEWAL, LAST_DAY_OF_ORDER_30).total == 8
    with pytest.raises(OutlineNotConfirmed):
        in_force("low_voltage", TrainingKind.RENEWAL, FIRST_DAY_OF_ORDER_19)


def test_the_demonstration_outline_is_marked_and_takes_minutes():
    outline = in_force("low_voltage", TrainingKind.INITIAL, FIRST_DAY_OF_ORDER_19, demonstration=True)
    assert outline.is_demonstration
    assert "demonstration" in outline.code
    assert outline.total * outline.hour_minutes < 5


def test_a_lesson_is_worth_its_minutes_and_no_more_however_long_its_page_stays_open():
    pace = in_force("low_voltage", TrainingKind.INITIAL, FIRST_DAY_OF_ORDER_19).pace
    assert pace.lesson_cap_ms(12) == pace.lesson_ms(12) == 12 * 60_000


def test_every_outline_is_for_a_known_qualification():
    unknown = {outline.qualification for outline in outlines().all} - set(vocabulary().by_code)
    assert unknown == set()


def test_an_enrolment_finds_its_outline_after_the_regime_ended():
    assert outlines().version("low_voltage.initial", 1).ends == LAST_DAY_OF_ORDER_30
    with pytest.raises(OutlineUnknown):
        outlines().version("low_voltage.initial", 9)


def test_an_hour_is_45_minutes_and_is_never_rounded_up():
    outline = in_force("low_voltage", TrainingKind.INITIAL, FIRST_DAY_OF_ORDER_19)
    assert outline.hours_of(45 * 60_000) == 1
    assert outline.hours_of(45 * 60_000 - 1) == Decimal("0.99")
    assert outline.day_cap_ms == 6 * 60 * 60_000


def test_online_hours_never_stand_in_for_practice():
    outline = in_force("low_voltage", TrainingKind.INITIAL, FIRST_DAY_OF_ORDER_19)
    none = Decimal(0)
    assert not outline.is_fulfilled(online=Decimal(148), classes_theory=none, classes_practical=none)
    assert not outline.is_fulfilled(online=Decimal(87), classes_theory=none, classes_practical=Decimal(61))
    assert outline.is_fulfilled(online=Decimal(80), classes_theory=Decimal(8), classes_practical=Decimal(60))


def test_a_trade_whose_practice_is_unknown_is_never_fulfilled_online_and_a_managers_outline_is():
    none = Decimal(0)
    climbers = in_force("work_at_height", TrainingKind.INITIAL, FIRST_DAY_OF_ORDER_19)
    assert climbers.is_practice_unknown
    assert not climbers.is_fulfilled(online=climbers.total, classes_theory=none, classes_practical=none)
    managers = in_force("chemicals_trade_manager", TrainingKind.INITIAL, FIRST_DAY_OF_ORDER_19)
    assert not managers.is_practice_unknown
    assert managers.is_fulfilled(online=managers.total, classes_theory=none, classes_practical=none)
    assert not in_force(
        "low_voltage", TrainingKind.INITIAL, FIRST_DAY_OF_ORDER_19, demonstration=True
    ).is_practice_unknown


def _practical_off_by_one(document):
    document["outlines"][0]["practical"] = 61


def _no_such_regime(document):
    document["outlines"][0]["regimes"] = ["nowhere"]


def _no_such_source(document):
    document["outlines"][0]["source"] = "hearsay"


def _given_twice(document):
    document["outlines"].append(copy.deepcopy(document["outlines"][0]))


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (_practical_off_by_one, OutlinesBroken),
        (_no_such_regime, OutlinesBroken),
        (_no_such_source, OutlinesBroken),
        (_given_twice, RulesOverlap),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(document, spoil, refusal):
    spoil(document)
    with pytest.raises(refusal):
        outlines_from(document)


def test_a_province_may_ask_for_more_hours_than_the_country(document):
    document["sources"]["JL"] = "省里的培训大纲"
    own = copy.deepcopy(document["outlines"][0]) | {"region": "220000", "source": "JL", "total": 160, "theory": 100}
    document["outlines"].append(own)
    found = outlines_from(document)
    wanted = ("low_voltage", TrainingKind.INITIAL, FIRST_DAY_OF_ORDER_19)
    assert found.in_force(*wanted, demonstration=False, region="220104").total == 160
    assert found.in_force(*wanted, demonstration=False, region="210000").total == 148
    assert found.in_force(*wanted, demonstration=False).total == 148


def test_a_lesson_earns_no_more_than_its_own_time():
    """A page left open is no study: twelve minutes of text are twelve minutes."""
    real = [each for each in outlines().all if not each.is_demonstration]
    assert real
    assert {each.pace.lesson_cap_ms(12) for each in real} == {12 * 60_000}
