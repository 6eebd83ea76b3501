"""Dated rules: which holds where on a day, and what is refused of a rule that was written down badly."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.law import (
    Book,
    Confidence,
    ConfidenceUnknown,
    Dated,
    EndsBeforeItBegins,
    FigureUnusable,
    NotADay,
    NotARegion,
    RuleMissing,
    RulesOverlap,
    SourceMissing,
    confidence,
    dated,
    enclosing,
    figure,
    source,
)

DAY = timedelta(days=1)
LAST, FIRST = date(2026, 5, 31), date(2026, 6, 1)
JILIN, CHANGCHUN, CHAOYANG, TOWN = "220000", "220100", "220104", "220104101"
LIAONING = "210000"


@dataclass(frozen=True, slots=True)
class Rule(Dated):
    """The years that a card is valid."""

    years: int


def rule(code: str, begins: date, ends: date | None = None, *, region: str | None = None, years: int = 6) -> Rule:
    return Rule(code=code, begins=begins, ends=ends, region=region, years=years)


def book(*rules: Rule) -> Book[Rule]:
    return Book(rules, about=lambda _: ["operators"])


OLD = rule("order_30", date(2010, 7, 1), LAST)
NEW = rule("order_19", FIRST)


def test_the_order_changes_over_night():
    both = book(NEW, OLD)
    assert both.in_force("operators", LAST) is OLD
    assert both.in_force("operators", FIRST) is NEW
    assert both.in_force("operators", OLD.begins) is OLD
    assert both.in_force("operators", OLD.begins - DAY) is None
    assert both.in_force("managers", FIRST) is None


def test_what_was_decided_under_an_old_order_still_finds_it():
    assert book(OLD, NEW).coded("order_30") is OLD
    with pytest.raises(KeyError, match="order_31"):
        book(OLD, NEW).coded("order_31")


def test_two_rules_on_one_day_are_refused_by_name():
    with pytest.raises(RulesOverlap, match="order_30 and order_19 both hold for operators on 2026-06-01"):
        book(rule("order_30", OLD.begins, FIRST), NEW)
    with pytest.raises(RulesOverlap):
        book(rule("order_30", OLD.begins), NEW)
    with pytest.raises(RulesOverlap):
        book(OLD, NEW, rule("once more", FIRST))


def test_a_day_between_two_rules_on_which_none_holds_is_seen():
    with pytest.raises(RuleMissing, match="from 2026-05-31 to 2026-05-31, between order_30 and order_19"):
        book(rule("order_30", OLD.begins, LAST - DAY), NEW)


def test_a_rule_that_ended_and_was_not_followed_is_no_gap():
    assert book(OLD).in_force("operators", FIRST) is None


def test_rules_about_different_things_may_hold_together():
    rules = Book([OLD, rule("order_44", OLD.begins)], about=lambda each: [each.code])
    assert rules.in_force("order_44", FIRST) is not None


def test_a_province_goes_before_the_country_and_a_city_before_its_province():
    province = rule("jilin", FIRST, region=JILIN, years=3)
    city = rule("changchun", FIRST, region=CHANGCHUN, years=2)
    rules = book(OLD, NEW, province, city)
    assert rules.in_force("operators", FIRST) is NEW
    assert rules.in_force("operators", FIRST, LIAONING) is NEW
    assert rules.in_force("operators", FIRST, JILIN) is province
    for place in (CHANGCHUN, CHAOYANG, TOWN):
        assert rules.in_force("operators", FIRST, place) is city
    assert rules.in_force("operators", FIRST, "220200") is province


def test_where_the_provinces_rule_is_not_in_force_the_countrys_holds():
    province = rule("jilin", FIRST + DAY, FIRST + 9 * DAY, region=JILIN)
    again = rule("jilin_again", FIRST + 99 * DAY, region=JILIN)
    rules = book(OLD, NEW, province, again)
    assert rules.in_force("operators", FIRST, JILIN) is NEW
    assert rules.in_force("operators", FIRST + DAY, JILIN) is province
    assert rules.in_force("operators", FIRST + 10 * DAY, JILIN) is NEW
    assert rules.in_force("operators", FIRST + 99 * DAY, JILIN) is again


def test_two_rules_of_one_province_on_one_day_are_refused_too():
    with pytest.raises(RulesOverlap):
        book(NEW, rule("jilin", FIRST, region=JILIN), rule("jilin_b", FIRST + DAY, region=JILIN))


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.integers(0, 2500))
def test_rules_that_follow_each_other_leave_each_day_to_exactly_one(lengths, later):
    begins, rules = date(2020, 1, 1), []
    for number, length in enumerate(lengths):
        ends = begins + timedelta(days=length - 1)
        rules.append(rule(str(number), begins, ends))
        begins = ends + DAY
    day = date(2020, 1, 1) + timedelta(days=later)
    holding = [each for each in rules if each.is_in_force(day)]
    found = book(*reversed(rules)).in_force("operators", day)
    assert holding == ([found] if found else [])


def test_what_a_place_lies_in():
    assert enclosing(TOWN) == (TOWN, CHAOYANG, CHANGCHUN, JILIN, None)
    assert enclosing(f"{TOWN}000") == (f"{TOWN}000", TOWN, CHAOYANG, CHANGCHUN, JILIN, None)
    assert enclosing(JILIN) == (JILIN, None)
    assert enclosing(None) == (None,)


@pytest.mark.parametrize("given", [220000, "22", "2200000", "jilin", "020000", "", "２２００００"])
def test_what_is_no_region_is_refused(given):
    with pytest.raises(NotARegion):
        dated({"code": "x", "from": FIRST, "until": None, "region": given})


def test_a_rule_as_written_down():
    entry = {"code": "jilin", "from": FIRST, "until": None, "region": JILIN}
    assert dated(entry) == {"code": "jilin", "begins": FIRST, "ends": None, "region": JILIN}
    assert dated({"from": LAST, "until": LAST}, code="one day")["ends"] == LAST


@pytest.mark.parametrize("missing", ["code", "from", "until"])
def test_what_must_be_said_of_a_rule(missing):
    entry = {"code": "x", "from": FIRST, "until": None}
    del entry[missing]
    with pytest.raises(KeyError, match=missing):
        dated(entry)


@pytest.mark.parametrize("begins", ["2026-06-01", 2026, datetime(2026, 6, 1), None])  # noqa: DTZ001 - as YAML would have it
def test_a_day_is_a_day(begins):
    with pytest.raises(NotADay):
        dated({"code": "x", "from": begins, "until": None})


def test_a_rule_that_ends_before_it_begins_is_refused():
    with pytest.raises(EndsBeforeItBegins, match="2026-05-31, before it begins on 2026-06-01"):
        dated({"code": "x", "from": FIRST, "until": LAST})


def test_a_figure_says_where_it_comes_from_and_how_sure_it_is():
    found = figure({"years": {"value": 6, "source": "order 30, article 19", "confidence": "S~"}}, "years")
    assert (found.value, found.source, found.confidence) == (6, "order 30, article 19", Confidence.SECONDARY)
    assert found.confidence.is_read
    assert not Confidence.OWN.is_read


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"value": 6, "source": "x", "confidence": "sure"}, "years: “sure” says nothing of how sure it is"),
        ({"value": 6, "source": "x"}, "years: confidence is missing"),
        ({"value": 6, "confidence": "S"}, "years: source is missing"),
        ({"value": 6, "source": " ", "confidence": "S"}, "years: no source is named"),
        ({"value": 6, "source": None, "confidence": "S"}, "years: no source is named"),
        ({"source": "x", "confidence": "S"}, "years: value is missing"),
        (6, "years: "),
    ],
)
def test_a_figure_that_lacks_any_of_it_is_refused_by_name(raw, said):
    with pytest.raises(FigureUnusable, match=said):
        figure({"years": raw}, "years")
    with pytest.raises(FigureUnusable, match="months is missing"):
        figure({"years": raw}, "months")


def test_an_unknown_confidence_and_an_empty_source_are_refused_by_themselves():
    with pytest.raises(ConfidenceUnknown, match="S, S~, K, D, own"):
        confidence({"confidence": "maybe"})
    with pytest.raises(SourceMissing):
        source({"source": ""})
