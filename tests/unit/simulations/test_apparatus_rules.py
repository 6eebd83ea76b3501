"""The extinguisher: the fire behaves, every deduction is reachable, and no order of deeds breaks anything."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulations.apparatus.errors import SceneUnusable
from simulations.apparatus.rules.extinguisher import Extinguishing
from simulations.apparatus.rules.extinguisher.fire import LARGEST
from simulations.apparatus.rules.extinguisher.operations import DEEDS, readable
from simulations.apparatus.rules.extinguisher.scene import PARTS, Defect, Fit, arranged, read_scene
from simulations.apparatus.rules.extinguisher.sheet import DEDUCTIONS, VETOES
from simulations.apparatus.rules.extinguisher.view import presented
from simulations.apparatus.rules.extinguisher.world import Ending
from simulations.engine.errors import OperationUnreadable
from simulations.engine.rules import Fact, Operation, replay
from tests.cast.extinguishing import (
    AGENTS,
    CONTENT,
    SHEET,
    Step,
    as_taught,
    lost,
    operations,
    played,
    scene,
    scored,
    sound,
)

SCENES = sorted(CONTENT)
NO_CHECKS = {f"check_{part}" for part in PARTS}
RELEASE: Step = (500, "release", {})


def strokes(count, deed="sweep"):
    return [(900, deed, {})] * count


def walking(bearing, metres):
    return [(1_500, "walk", {"bearing": bearing, "distance_m": metres})]


@pytest.mark.parametrize("code", SCENES)
def test_done_as_taught_earns_every_point(code):
    sheet = scored(scene(code), as_taught(scene(code)))
    assert (sheet.total, lost(sheet), sheet.vetoes) == (Decimal(100), set(), ())


@pytest.mark.parametrize("code", SCENES)
def test_doing_nothing_earns_nothing_and_the_run_ends_by_itself(code):
    assert scored(scene(code), [], until_ms=600_000).total == 0
    assert played(scene(code), [], until_ms=600_000).world.ending in {Ending.OUT_OF_CONTROL, Ending.TIME_UP}


LATE_CHECK = [RELEASE, (1, "inspect", {"extinguisher": "powder_1", "part": "charge"})]


@pytest.mark.parametrize(
    ("changed", "found", "total"),
    [
        ({"alarm": []}, {"alarm_never"}, 95),
        ({"alarm": [], "release": [RELEASE, (100, "raise_alarm", {})]}, {"alarm_late"}, 97),
        ({"check": []}, NO_CHECKS, 80),
        ({"check": [], "release": LATE_CHECK}, NO_CHECKS, 80),
        ({"walk": walking("crosswind", 3), "sweep": strokes(12)}, {"position_crosswind"}, 96),
        ({"pin": [(900, "squeeze", {}), (900, "pull_pin", {})]}, {"pin_late"}, 98),
        ({"hose": [], "sweep": strokes(11)}, {"hose_loose"}, 98),
        ({"sweep": strokes(13, "look")}, {"sweep_missing"}, 95),
        ({"watch": []}, {"watch_never"}, 95),
        ({"report": [(1_000, "report", {})]}, {"watch_short"}, 97),
        ({"report": []}, {"report_never"}, 95),
    ],
)
def test_each_slip_costs_its_points_and_nothing_else(changed, found, total):
    sheet = scored(scene("oil_pan"), as_taught(scene("oil_pan"), "powder_1", **changed), until_ms=200_000)
    assert (lost(sheet), sheet.total) == (found, Decimal(total))


def test_standing_too_far_away_costs_reach_and_points():
    world = scene("oil_pan")
    sheet = scored(world, as_taught(world, "foam_1", walk=walking("upwind", 6), sweep=strokes(24)))
    assert (lost(sheet), sheet.total) == ({"position_range"}, Decimal(95))


def test_aiming_at_the_flames_wastes_the_extinguisher():
    sheet = scored(scene("oil_pan"), as_taught(scene("oil_pan"), "powder_1", aim=[(600, "aim", {"at": "flame"})]))
    assert {"aim_missed", "not_out", "report_burning"} <= lost(sheet)


def test_standing_downwind_blows_the_agent_away():
    sheet = scored(scene("oil_pan"), as_taught(scene("oil_pan"), "powder_1", walk=walking("downwind", 3)))
    assert {"position_downwind", "not_out"} <= lost(sheet)


def test_stopping_as_soon_as_the_flames_die_lets_them_come_back():
    world = scene("pallets")
    early = as_taught(world, "powder_1", sweep=strokes(6), watch=[], report=[(9_000, "report", {})])
    outcome = played(world, early)
    assert [fact.name for fact in outcome.facts if fact.operation is None] == ["flames_out", "reignited"]
    assert {"not_out", "report_burning"} <= lost(scored(world, early))


def test_an_extinguisher_without_pressure_gives_out_little():
    low = next(one.code for one in scene("pallets").rack if one.defect is Defect.PRESSURE_LOW)
    sheet = scored(scene("pallets"), as_taught(scene("pallets"), low))
    assert {"choose_defective", "not_out"} <= lost(sheet)


def test_carbon_dioxide_does_not_keep_burning_wood_down():
    sheet = scored(scene("pallets"), as_taught(scene("pallets"), "co2_1"))
    assert {"choose_weak", "not_out"} <= lost(sheet)


@pytest.mark.parametrize(
    ("code", "agent", "veto"),
    [
        ("live_cabinet", "water", "agent_on_power"),
        ("live_cabinet", "foam", "agent_on_power"),
        ("oil_pan", "water", "agent_on_liquid"),
    ],
)
def test_a_dangerous_agent_is_a_veto_and_makes_the_fire_grow(code, agent, veto):
    steps = as_taught(scene(code), sound(scene(code), agent))
    sheet = scored(scene(code), steps)
    assert ([one.code for one in sheet.vetoes], sheet.total) == ([veto], Decimal(0))
    assert "flared_up" in {fact.name for fact in played(scene(code), steps).facts}


def test_once_the_power_is_cut_water_is_second_choice_and_no_veto():
    sheet = scored(scene("motor"), as_taught(scene("motor"), sound(scene("motor"), "water")))
    assert not sheet.vetoes
    assert "choose_weak" in lost(sheet)


def test_power_that_cannot_be_reached_stays_on():
    outcome = played(scene("live_cabinet"), [(100, "isolate", {})])
    assert outcome.world.source_open
    assert outcome.facts[0].about == {"deed": "isolate", "why": "out_of_reach"}


def test_putting_out_a_gas_flame_with_the_valve_open_is_a_veto():
    sheet = scored(scene("gas_hose"), as_taught(scene("gas_hose"), isolate=[]))
    assert [one.code for one in sheet.vetoes] == ["gas_unlit"]


def test_standing_in_the_flames_is_a_veto():
    close = as_taught(scene("pallets"), walk=walking("upwind", 0))
    assert [one.code for one in scored(scene("pallets"), close).vetoes] == ["burned"]


def test_nothing_counts_after_the_end():
    steps = as_taught(scene("pallets"))
    assert scored(scene("pallets"), [*steps, (10, "raise_alarm", {})]) == scored(scene("pallets"), steps)


def deeds(codes):
    names = st.sampled_from(sorted(set(DEEDS) - {"aim", "inspect", "pick", "walk"}))
    bottle, part = st.sampled_from(codes), st.sampled_from(PARTS)
    place = {"bearing": st.sampled_from(["upwind", "crosswind", "downwind"]), "distance_m": st.integers(0, 15)}
    return st.one_of(
        st.tuples(names, st.just({})),
        st.tuples(st.just("aim"), st.fixed_dictionaries({"at": st.sampled_from(["base", "flame", "smoke"])})),
        st.tuples(st.just("pick"), st.fixed_dictionaries({"extinguisher": bottle})),
        st.tuples(st.just("inspect"), st.fixed_dictionaries({"extinguisher": bottle, "part": part})),
        st.tuples(st.just("walk"), st.fixed_dictionaries(place)),
    )


@st.composite
def anything_done(draw):
    world = scene(draw(st.sampled_from(SCENES)))
    steps = draw(st.lists(st.tuples(st.integers(0, 9_000), deeds([one.code for one in world.rack])), max_size=30))
    return arranged(world, draw(st.integers(0, 2**64))), [(wait, name, content) for wait, (name, content) in steps]


calm = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(anything_done(), st.integers(0, 250_000))
def test_whatever_is_done_in_whatever_order_the_run_stands_and_the_score_is_between_0_and_100(done, until_ms):
    world, steps = done
    outcome = played(world, steps, until_ms)
    assert 0 <= outcome.world.intensity <= LARGEST
    assert all(left >= 0 for left in outcome.world.left.values())
    sheet = scored(world, steps, until_ms)
    assert 0 <= sheet.total <= 100
    assert sheet.total == 0 or not sheet.vetoes
    assert lost(sheet) <= DEDUCTIONS
    assert {one.code for one in sheet.vetoes} <= VETOES
    assert presented(world, outcome.world)["flames"] in range(101)


@calm
@given(anything_done(), st.lists(st.integers(0, 250_000), max_size=12))
def test_how_often_the_page_asks_changes_nothing(done, asked):
    """Time is cut at fixed ticks: passing it in many pieces equals passing it at once."""
    world, steps = done
    apparatus, listed = Extinguishing(world), operations(steps)
    end = max([*asked, *(one.at_ms for one in listed), 0])
    moments = sorted([(at, None) for at in asked] + [(one.at_ms, one) for one in listed], key=lambda pair: pair[0])
    state, facts = apparatus.opening(), list[Fact]()
    for at, operation in moments:
        changes = [apparatus.pass_time(state, at)]
        if operation is not None:
            changes.append(apparatus.operate(changes[0].world, operation))
        state = changes[-1].world
        facts.extend(fact for change in changes for fact in change.facts)
    whole = replay(apparatus, listed, end)
    assert (state, tuple(facts)) == (whole.world, whole.facts)


@given(st.sampled_from(SCENES), st.integers(0, 2**128))
def test_an_arranged_scene_can_be_repeated_and_stays_solvable(code, seed):
    world = arranged(scene(code), seed)
    assert world == arranged(scene(code), seed)
    assert sorted(one.defect for one in world.rack) == sorted(one.defect for one in scene(code).rack)
    assert sound(world)


def test_seeds_do_arrange_scenes_differently():
    assert len({tuple(one.code for one in arranged(scene("pallets"), seed).rack) for seed in range(20)}) > 3


def test_the_candidate_sees_no_class_no_uninspected_defect_and_no_score():
    shown = presented(scene("pallets"), played(scene("pallets"), []).world)
    assert not {"kind", "score", "total", "deductions", "intensity", "growth"} & set(shown)
    assert all(bottle["defect"] is None and bottle["inspected"] == {} for bottle in bottles(shown))


def test_an_inspection_shows_the_defect_of_that_part_only():
    steps = [(10, "inspect", {"extinguisher": "powder_2", "part": "seal"})]
    assert _bottle("powder_2", steps)["inspected"] == {"seal": True}
    steps.append((10, "inspect", {"extinguisher": "powder_2", "part": "charge"}))
    assert _bottle("powder_2", steps)["defect"] == "pressure_low"


def bottles(shown: dict[str, Any]) -> list[Any]:
    return list(shown["rack"])


def _bottle(code, steps):
    shown = presented(scene("pallets"), played(scene("pallets"), steps).world)
    return next(bottle for bottle in bottles(shown) if bottle["code"] == code)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fly", {}),
        ("aim", {}),
        ("aim", {"at": "nowhere"}),
        ("aim", {"at": ["base"]}),
        ("pick", {"extinguisher": "unknown"}),
        ("pick", {"extinguisher": "powder_1", "score": 100}),
        ("walk", {"bearing": "rack", "distance_m": 3}),
        ("walk", {"bearing": "upwind", "distance_m": -1}),
        ("walk", {"bearing": "upwind", "distance_m": 3.5}),
        ("walk", {"bearing": "upwind", "distance_m": True}),
        ("look", {"at": "base"}),
    ],
)
def test_what_a_page_may_not_send_is_refused_before_it_is_evidence(name, content):
    with pytest.raises(OperationUnreadable):
        readable(scene("pallets"), name, content)


@pytest.mark.parametrize(
    "damage",
    [
        {"format": 2},
        {"fire": {"kind": "K", "burning": "x", "intensity": 1, "growth": 1, "knock_down": 1, "soak_ms": 1}},
        {"fire": {"kind": "A", "burning": "x", "intensity": 0, "growth": 1, "knock_down": 1, "soak_ms": 1}},
        {"rack": []},
        {"rack": [{"code": "x"}]},
    ],
)
def test_a_scene_that_cannot_be_won_or_read_is_refused_to_its_author(damage):
    with pytest.raises(SceneUnusable):
        read_scene(CONTENT["pallets"]["scene"] | {"agents": AGENTS} | damage)


def test_code_and_sheet_name_the_same_deductions_and_vetoes():
    assert {one.code for line in SHEET.lines for one in line.deductions} == DEDUCTIONS
    assert {item.code for item in SHEET.vetoes} == VETOES


def test_operations_that_were_stamped_at_once_keep_their_order():
    first, second = Operation(1, 0, "pick", {"extinguisher": "powder_1"}), Operation(2, 0, "pull_pin", {})
    assert replay(Extinguishing(scene("pallets")), [first, second]).world.pinless == {"powder_1"}


def test_every_scene_offers_a_suited_sound_extinguisher_and_something_to_get_wrong():
    for code in SCENES:
        fits = {scene(code).fit(one.agent, scene(code).fire.kind) for one in scene(code).rack}
        assert Fit.SUITED in fits
        assert fits - {Fit.SUITED} or any(one.defect is not Defect.NONE for one in scene(code).rack)
