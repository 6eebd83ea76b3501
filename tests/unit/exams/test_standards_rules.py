"""Dated rules: which regime and standard hold on a day, ages, retirement."""

from datetime import date
from decimal import Decimal

import pytest

from exams.standards import queries
from exams.standards.errors import NoRegimeInForce, NoStandard
from exams.standards.rules import Part, age_on, plus_months, retires_on
from kernel.law import Confidence


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 5, 31), "order_30"), (date(2026, 6, 1), "order_19"), (date(2010, 7, 1), "order_30")]
)
def test_the_regime_of_operators_changes_between_two_days(day, code):
    assert queries.regime_for("low_voltage", day).code == code


def test_there_is_no_regime_before_the_first():
    with pytest.raises(NoRegimeInForce):
        queries.regime_for("low_voltage", date(2010, 6, 30))


def test_order_30_gives_one_make_up_and_order_19_five_practicals():
    old = queries.regime_for("low_voltage", date(2026, 5, 31))
    new = queries.regime_for("low_voltage", date(2026, 6, 1))
    assert (old.attempts(Part.THEORY), old.attempts(Part.PRACTICAL)) == (2, 2)
    assert (new.attempts(Part.THEORY), new.attempts(Part.PRACTICAL)) == (None, 5)


def test_what_is_not_confirmed_under_order_19_says_so_when_quoted():
    new = queries.regime_for("low_voltage", date(2026, 6, 1))
    assert new.quote("part_valid_months").confidence is Confidence.OWN
    assert new.quote("practical_attempts").confidence is Confidence.READ


def test_the_days_of_order_30_are_promised_under_order_30_only():
    old = queries.regime_for("low_voltage", date(2026, 5, 31))
    new = queries.regime_for("low_voltage", date(2026, 6, 1))
    managers = queries.regime_for("chemicals_trade_manager", date(2026, 5, 31))
    assert (old.exam_after_application_days, old.result_working_days) == (60, 10)
    assert old.quote("exam_after_application_days").confidence is Confidence.READ
    for regime in (new, managers):
        assert (regime.exam_after_application_days, regime.result_working_days) == (None, None)
        assert regime.quote("exam_after_application_days").confidence is Confidence.OWN
    assert "result_working_days" not in queries.deadlines()


def test_what_is_known_of_a_managers_exam_from_copies_only_says_so():
    standard = queries.standard_for("chemicals_trade_manager", Part.THEORY, date(2026, 6, 1))
    assert (standard.full_marks.confidence, standard.pass_mark.confidence) == (
        Confidence.SECONDARY,
        Confidence.SECONDARY,
    )


def test_every_clause_has_both_languages():
    for regime in queries.regimes():
        for point, clause in regime.points.items():
            assert clause.clause.zh, (regime.code, point)
            assert clause.clause.en, (regime.code, point)


def test_a_theory_exam_takes_120_minutes_and_80_of_100():
    standard = queries.standard_for("low_voltage", Part.THEORY, date(2026, 6, 1))
    assert standard.minutes.value == 120
    assert (standard.pass_mark.value, standard.full_marks.value) == (Decimal(80), Decimal(100))
    assert standard.as_json()["pass_mark"] == "80"


def test_a_manager_has_no_practical():
    assert queries.parts_of("chemicals_trade_manager", date(2026, 6, 1)) == (Part.THEORY,)
    with pytest.raises(NoStandard):
        queries.standard_for("chemicals_trade_manager", Part.PRACTICAL, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2026, 6, 14), 17), (date(2026, 6, 15), 18), (date(2026, 6, 16), 18)],
)
def test_a_year_of_life_is_full_on_the_birthday(day, age):
    assert age_on(date(2008, 6, 15), day) == age


def test_who_was_born_on_a_leap_day_is_18_on_the_first_of_march():
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


@pytest.mark.parametrize(
    ("sex", "born", "retires"),
    [
        ("male", date(1964, 12, 31), date(2024, 12, 31)),
        ("male", date(1965, 1, 1), date(2025, 2, 1)),
        ("male", date(1965, 5, 10), date(2025, 7, 10)),
        ("male", date(1976, 9, 1), date(2039, 9, 1)),
        ("male", date(1990, 3, 3), date(2053, 3, 3)),
        ("female", date(1969, 12, 31), date(2024, 12, 31)),
        ("female", date(1990, 3, 3), date(2048, 3, 3)),
    ],
)
def test_retirement_rises_by_months_of_birth(sex, born, retires):
    assert retires_on(born, queries.retirement_tracks()[sex]) == retires


def test_a_month_that_is_too_short_ends_on_its_last_day():
    assert plus_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert plus_months(date(2026, 8, 31), 12) == date(2027, 8, 31)
    assert plus_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
