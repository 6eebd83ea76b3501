"""The practical: the draw repeats, sheets add up, examiners must agree, a veto fails all of it."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from exams.papers.rules import candidate_seed
from exams.practicals.errors import (
    DeductedInFull,
    ExaminersDiffer,
    ExaminersDifferOnVeto,
    NoStandard,
    NoSuchLine,
    NothingToRestore,
    OtherSheetOpen,
    PracticalUnfinished,
    SheetIsComplete,
    SheetIsOpen,
    StandardUnusable,
)
from exams.practicals.queries import STANDARDS, standard_for
from exams.practicals.rules import (
    Deed,
    ItemOutcome,
    ItemPool,
    Mode,
    Signature,
    Step,
    draw,
    fold,
    item_outcome,
    items_digest,
    outcome,
    practical_seed,
    read_standard,
    require_agreement,
    sheet_digest,
    simulated_outcome,
    step_from_json,
)
from exams.practicals.rules.sheet import apply
from kernel.because import ReasonMissing
from kernel.errors import Problem
from tests.cast.practical_sheets import COMPLETE, deduct, low_voltage, scored, sheet

SECRET = b"a sitting's secret, thirty-two b"
TEN = Decimal(10)
POOL = ItemPool.of(low_voltage())
STRUCK = Step(Deed.VETO, deduction="wrong_meter", reason="在380V电路上使用电阻挡测量")


def content() -> dict[str, Any]:
    return dict(yaml.safe_load((STANDARDS / "low_voltage.yaml").read_text()))


# The standard


def test_low_voltage_has_the_items_weights_and_pass_mark_of_the_public_standard():
    standard = low_voltage()
    assert {subject.code: len(subject.items) for subject in standard.subjects} == {"K1": 3, "K2": 5, "K3": 2, "K4": 3}
    assert [int(subject.weight) for subject in standard.subjects] == [20, 40, 20, 20]
    assert standard.pass_mark == 80
    assert standard.minutes == 60
    assert standard.item("K43").apparatus == "extinguisher"


def test_only_what_was_read_in_a_public_sheet_of_the_item_is_marked_as_confirmed():
    lines = [line for subject in low_voltage().subjects for item in subject.items for line in item.lines]
    assert all(line.confirmed == (line.source == "read") for line in lines)
    assert {line.source for line in lines} == {"read", "read_elsewhere", "demonstration"}


def test_the_standard_in_force_is_found_by_date():
    assert standard_for("low_voltage", date(2026, 11, 1)).qualification == "low_voltage"
    with pytest.raises(NoStandard):
        standard_for("low_voltage", date(2013, 12, 31))


@pytest.mark.parametrize(
    "damage",
    [
        lambda c: c.update(format=2),
        lambda c: c["subjects"].pop(),
        lambda c: c["subjects"][0]["items"][0]["lines"].pop(),
        lambda c: c["subjects"][0]["items"].append(c["subjects"][0]["items"][0]),
        lambda c: c["subjects"][3]["items"][2].update(apparatus=""),
        lambda c: c.pop("pass_mark"),
        lambda c: c["subjects"][0].update(weight="much"),
    ],
)
def test_a_standard_that_does_not_add_up_is_refused(damage):
    changed = content()
    damage(changed)
    with pytest.raises(StandardUnusable):
        read_standard(changed)


# The draw


def test_a_draw_takes_one_item_of_each_subject_and_a_scene_only_for_a_simulated_one():
    for number in range(60):
        drawn = draw(POOL, practical_seed(SECRET, f"2026-{number}"))
        assert [one.subject for one in drawn.items] == ["K1", "K2", "K3", "K4"]
        for one in drawn.items:
            item = low_voltage().item(one.item)
            assert item in low_voltage().subject(one.subject).items
            assert (one.scene_seed is None) == (item.mode is not Mode.SIMULATION)


def test_this_draw_stays_what_it_is():
    """A frozen example: whoever repeats the draw in another language or year must get this."""
    drawn = draw(POOL, practical_seed(bytes(range(32)), "A-0001"))
    assert [(one.item, one.scene_seed) for one in drawn.items] == FROZEN


FROZEN = [("K13", None), ("K23", None), ("K32", None), ("K43", 12808372552410246852)]


@given(st.binary(min_size=32, max_size=32), st.text(min_size=1, max_size=20))
def test_the_same_secret_and_number_draw_the_same_items(secret, number):
    assert draw(POOL, practical_seed(secret, number)) == draw(POOL, practical_seed(secret, number))


def test_a_pool_survives_being_written_down():
    assert ItemPool.from_json(json.loads(json.dumps(POOL.as_json()))) == POOL


def test_a_single_point_of_a_single_deduction_changes_the_pool():
    changed = content()
    changed["subjects"][0]["items"][0]["lines"][0]["zh"] += "。"
    other = ItemPool.of(read_standard(changed))
    assert other.digest() != POOL.digest()
    assert draw(other, practical_seed(SECRET, "1")) == draw(POOL, practical_seed(SECRET, "1"))


def test_the_digest_of_a_draw_covers_items_and_scenes():
    drawn = draw(POOL, practical_seed(bytes(range(32)), "A-0001")).items
    scene = [replace(one, scene_seed=1) if one.scene_seed else one for one in drawn]
    item = [replace(one, item="K12") if one.subject == "K1" else one for one in drawn]
    assert len({items_digest(it) for it in (drawn, scene, item, drawn[:-1])}) == 4
    assert items_digest(reversed(drawn)) == items_digest(drawn)


def test_every_item_comes_up_about_equally_often():
    counts = {item.code: 0 for subject in low_voltage().subjects for item in subject.items}
    for number in range(3_000):
        for one in draw(POOL, practical_seed(SECRET, str(number))).items:
            counts[one.item] += 1
    for subject in low_voltage().subjects:
        expected = 3_000 / len(subject.items)
        assert all(abs(counts[item.code] - expected) < expected * 0.15 for item in subject.items)


def test_the_practical_does_not_share_the_papers_seed():
    assert practical_seed(SECRET, "A-0001") != candidate_seed(SECRET, "A-0001")


# One sheet


def test_an_untouched_sheet_is_full_marks():
    assert all(sheet(code).score == 100 for code in ("K11", "K12", "K13", "K21", "K31", "K41", "K42"))


def test_deductions_are_taken_and_given_back():
    assert sheet("K13", deduct("point_out", "wrong"), deduct("point_out", "wrong")).score == 92
    back = Step(Deed.RESTORE, "point_out", "wrong")
    assert sheet("K13", deduct("point_out", "wrong"), back).score == 100


def test_a_line_does_not_go_below_zero():
    both = sheet("K11", deduct("choose", "wrong_range"), deduct("choose", "wrong_kind"))
    assert both.line_score("choose") == 0
    assert both.score == 80


@pytest.mark.parametrize(
    ("steps", "refusal"),
    [
        ([deduct("choose", "wrong_range")] * 2, DeductedInFull),
        ([Step(Deed.RESTORE, "choose", "wrong_range")], NothingToRestore),
        ([deduct("choose", "no_such")], NoSuchLine),
        ([deduct("no_such", "wrong_range")], NoSuchLine),
        ([COMPLETE, deduct("choose", "wrong_range")], SheetIsComplete),
        ([COMPLETE, COMPLETE], SheetIsComplete),
        ([Step(Deed.REOPEN)], SheetIsOpen),
        ([Step(Deed.VETO, deduction="wrong_meter", reason=" 错 ")], ReasonMissing),
        ([Step(Deed.VETO, deduction="no_such", reason="超量程测量")], NoSuchLine),
        ([STRUCK, STRUCK], DeductedInFull),
        ([Step(Deed.LIFT_VETO, deduction="wrong_meter", reason="看错了，没有接入")], NothingToRestore),
        ([STRUCK, Step(Deed.LIFT_VETO, deduction="wrong_meter")], ReasonMissing),
    ],
)
def test_a_step_that_does_not_fit_is_refused(steps, refusal):
    with pytest.raises(refusal):
        sheet("K11", *steps)


def test_a_veto_leaves_nothing_until_it_is_lifted_with_a_reason():
    assert sheet("K11", STRUCK).score == 0
    assert sheet("K11", STRUCK, Step(Deed.LIFT_VETO, deduction="wrong_meter", reason="看错了，没有接入")).score == 100


def test_what_is_signed_changes_with_the_sheet_and_not_with_the_way_there():
    straight = sheet("K13", deduct("point_out", "wrong"))
    detour = sheet("K13", *[deduct("point_out", "wrong")] * 2, Step(Deed.RESTORE, "point_out", "wrong"))
    assert sheet_digest(straight) == sheet_digest(detour)
    assert sheet_digest(straight) != sheet_digest(sheet("K13"))
    assert sheet_digest(sheet("K13")) != sheet_digest(sheet("K41"))


@given(st.data())
def test_no_order_of_steps_takes_a_score_out_of_0_to_100(data):
    item = low_voltage().item(data.draw(st.sampled_from(["K11", "K13", "K22", "K31", "K41", "K42"])))
    pairs = [(line.code, one.code) for line in item.lines for one in line.deductions]
    vetoes = [veto.code for veto in item.vetoes] or ["none"]
    some = st.one_of(
        st.builds(
            lambda deed, pair: Step(deed, *pair), st.sampled_from([Deed.DEDUCT, Deed.RESTORE]), st.sampled_from(pairs)
        ),
        st.builds(
            lambda deed, veto: Step(deed, deduction=veto, reason="考评员当场看到"),
            st.sampled_from([Deed.VETO, Deed.LIFT_VETO]),
            st.sampled_from(vetoes),
        ),
        st.sampled_from([COMPLETE, Step(Deed.REOPEN)]),
    )
    now, kept = fold(item, []), []
    for step in data.draw(st.lists(some, max_size=25)):
        try:
            now = apply(now, step)
        except Problem:
            continue
        kept.append(step_from_json(step.as_json()))
    assert 0 <= now.score <= 100
    assert fold(item, kept) == now
    assert now.steps == len(kept)


# Two examiners


def test_sheets_are_signed_only_when_both_are_complete():
    with pytest.raises(OtherSheetOpen):
        require_agreement(sheet("K11", COMPLETE), sheet("K11"), TEN)


def test_a_difference_at_the_limit_stands_and_one_above_it_is_settled_first():
    at_limit = sheet("K11", deduct("check", "appearance"), COMPLETE)
    above = sheet("K11", deduct("use", "connection"), COMPLETE)
    require_agreement(sheet("K11", COMPLETE), at_limit, TEN)
    with pytest.raises(ExaminersDiffer) as refusal:
        require_agreement(sheet("K11", COMPLETE), above, TEN)
    assert refusal.value.data == {"difference": Decimal(15), "limit": TEN}


def test_a_veto_of_one_examiner_alone_is_settled_first():
    with pytest.raises(ExaminersDifferOnVeto):
        require_agreement(sheet("K11", STRUCK, COMPLETE), sheet("K11", COMPLETE), Decimal(100))


def test_an_item_is_the_average_of_two_exactly():
    first = sheet("K12", deduct("care", "storage"))
    assert item_outcome(first, sheet("K12"), Signature()).score == Decimal("96.50")


def test_refusing_to_sign_gives_the_item_up_and_does_not_soften_a_veto():
    assert item_outcome(sheet("K11"), sheet("K11"), Signature(refused=True)) == ItemOutcome(
        Decimal(0), is_given_up=True
    )
    vetoed = item_outcome(sheet("K11", STRUCK), sheet("K11", STRUCK), Signature(refused=True))
    assert vetoed == ItemOutcome(Decimal(0), is_vetoed=True)


def test_a_simulated_item_keeps_its_score_its_veto_and_its_refusal():
    assert simulated_outcome(Decimal(93), Signature(), is_vetoed=False) == ItemOutcome(Decimal("93.00"))
    assert simulated_outcome(Decimal(0), Signature(), is_vetoed=True).is_vetoed
    assert simulated_outcome(Decimal(93), Signature(refused=True), is_vetoed=False).is_given_up


# The whole


def test_the_total_is_weighted_20_40_20_20():
    whole = outcome(low_voltage(), scored(K1=90, K2=80, K3=70, K4=100))
    assert (whole.total, whole.is_passed) == (Decimal("84.00"), True)
    assert whole.weighted["K2"] == 32


@pytest.mark.parametrize(("k2", "passed"), [("80.00", True), ("79.98", False)])
def test_eighty_passes_and_a_hundredth_below_does_not(k2, passed):
    assert outcome(low_voltage(), scored(K1=80, K2=k2, K3=80, K4=80)).is_passed is passed


def test_a_veto_fails_the_whole_practical_whatever_the_rest_is():
    marks = scored(K1=100, K2=100, K3=100) | {"K4": ItemOutcome(Decimal(0), is_vetoed=True)}
    whole = outcome(low_voltage(), marks)
    assert (whole.total, whole.is_vetoed, whole.is_passed) == (Decimal("80.00"), True, False)


def test_nothing_is_totalled_while_a_subject_is_open():
    with pytest.raises(PracticalUnfinished):
        outcome(low_voltage(), scored(K1=100, K2=100, K3=100))


@given(st.lists(st.decimals(0, 100, places=2), min_size=4, max_size=4))
def test_every_total_is_between_0_and_100(marks):
    whole = outcome(low_voltage(), {f"K{n}": ItemOutcome(mark) for n, mark in enumerate(marks, 1)})
    assert 0 <= whole.total <= 100
    assert whole.is_passed == (whole.total >= 80)
