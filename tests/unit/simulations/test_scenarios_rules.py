from decimal import Decimal

import pytest
import yaml

from simulations.scenarios.errors import NoSuchScenario, ScenarioUnusable
from simulations.scenarios.rules import chosen, digest, read_sheet, score, scored_to_json
from tests.cast.extinguishing import CONTENT, DATA, SHEET


def test_the_sheet_says_that_its_wording_is_not_confirmed():
    assert not SHEET.confirmed
    assert SHEET.source.zh


def test_a_line_never_falls_below_zero():
    every = [(one.code, None) for line in SHEET.lines for one in line.deductions]
    assert all(line.got >= 0 for line in score(SHEET, every, []).lines)
    assert score(SHEET, every, []).total == 0


def test_a_veto_item_leaves_nothing_of_a_perfect_score():
    scored = score(SHEET, [], [("burned", 4_200)])
    assert (scored.total, scored.vetoes[0].at_ms) == (Decimal(0), 4_200)


def test_the_stored_score_keeps_marks_as_text():
    stored = scored_to_json(score(SHEET, [("watch_short", None)], []))
    assert stored["total"] == "97"
    assert stored["lines"][-1]["lost"][0]["points"] == "3"  # type: ignore[index]


def test_points_that_do_not_make_100_are_refused():
    content = yaml.safe_load((DATA / "sheet.yaml").read_text())
    content["lines"] = content["lines"][1:]
    with pytest.raises(ScenarioUnusable):
        read_sheet(content, "extinguisher")


def test_a_seed_picks_one_scenario_whatever_order_the_query_had():
    codes = sorted(CONTENT)
    assert len(codes) >= 4
    assert chosen(codes, 77) == chosen(codes[::-1], 77)
    assert {chosen(codes, seed) for seed in range(200)} == set(codes)
    with pytest.raises(NoSuchScenario):
        chosen([], 1)


def test_equal_content_has_an_equal_digest_and_any_change_another():
    content = CONTENT["pallets"]
    assert digest(content) == digest(dict(reversed(content.items())))
    assert digest(content) != digest(content | {"version": 2})
