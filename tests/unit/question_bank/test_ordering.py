"""Steps in order earn by neighbours: who puts one step wrong has not everything wrong."""

from decimal import Decimal

import pytest

from kernel.chance import Chance
from question_bank.kinds.errors import NotText, TextMissing
from question_bank.kinds.ordering import KIND
from question_bank.kinds.ordering.errors import StepCount, StepRepeated, StepsUnreadable, StepTellsPlace
from question_bank.kinds.protocol import Faults

FOUR = ["断开电源", "验电", "装设接地线", "悬挂标示牌"]


def faults_of(steps):
    faults: Faults = {}
    content = KIND.take({"steps": steps}, faults)
    return {name: type(fault) for name, fault in (dict(KIND.faults(content)) | faults).items()}


@pytest.mark.parametrize(
    ("answer", "earned"),
    [("ABCD", "1"), ("DCBA", "0"), ("BCDA", "0.667"), ("ABDC", "0.333"), ("BACD", "0.333"), ("CDAB", "0.667")],
)
def test_neighbours_in_order_earn_their_share(answer, earned):
    content = KIND.take({"steps": FOUR}, {})
    fraction = KIND.fraction(content, KIND.in_bank_order(content), list(answer))
    assert fraction.quantize(Decimal("0.001")) == Decimal(earned)


def test_half_an_order_is_no_answer():
    content = KIND.take({"steps": FOUR}, {})
    assert not KIND.fits(KIND.shape(content), ["A", "B"])
    assert KIND.fraction(content, KIND.in_bank_order(content), ["A", "B"]) == 0


def test_the_right_letters_name_the_steps_in_their_order():
    content = KIND.take({"steps": FOUR}, {})
    shown, layout = KIND.present(content, Chance(5))
    texts = {it["letter"]: it["text"] for it in shown["steps"]}
    assert [texts[letter] for letter in KIND.right(content, layout)] == FOUR
    assert [it["letter"] for it in shown["steps"]] == list("ABCD")


def test_every_order_is_shown_sooner_or_later():
    content = KIND.take({"steps": FOUR[:3]}, {})
    assert len({str(KIND.lay_out(content, Chance(seed))) for seed in range(100)}) == 6


@pytest.mark.parametrize(
    ("steps", "faults"),
    [
        (FOUR, {}),
        ([*FOUR, "1 人监护"], {}),
        (FOUR[:2], {"steps": StepCount}),
        ([f"{sign}断电" for sign in "甲乙丙丁戊己庚"], {"steps": StepCount}),
        ("断电", {"steps": StepsUnreadable}),
        ([*FOUR[:3], ""], {"step_4": TextMissing}),
        ([*FOUR[:3], 7], {"step_4": NotText}),
        ([*FOUR[:3], "验 电"], {"step_4": StepRepeated}),
        (["首先断开电源", *FOUR[1:]], {"step_1": StepTellsPlace}),
        (["1. 断开电源", *FOUR[1:]], {"step_1": StepTellsPlace}),
        ([*FOUR[:3], "第四步挂牌"], {"step_4": StepTellsPlace}),
        ([*FOUR[:3], "Finally hang the sign"], {"step_4": StepTellsPlace}),
    ],
)
def test_a_fault_is_named_at_its_field(steps, faults):
    assert faults_of(steps) == faults
