"""A faulty file of a bank is refused by name, whatever stands in it."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Problem
from question_bank.exchange.errors import BankFileUnusable, BankQuestionUnusable
from question_bank.exchange.rules import read_bank
from question_bank.outlines.errors import OutlineUnusable

OUTLINE: dict[str, Any] = {
    "format": 1,
    "code": "small",
    "position": "special_operation",
    "name": {"zh": "小", "en": "Small"},
    "sample": True,
    "points": [{"code": "P1", "zh": "一", "en": "One"}],
}
QUESTION = {
    "id": "P1-001",
    "kind": "true_false",
    "depth": "know",
    "difficulty": 0.8,
    "stem": "保护零线上不得装设熔断器。",
    "key": True,
    "reason": "断开后外壳带电。",
    "source": "教材通识：保护接零",
}
FILE = {"format": 1, "point": "P1", "questions": [QUESTION]}
WHATEVER = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=3)
    | st.dates()
    | st.lists(st.text(max_size=2), max_size=2)
    | st.dictionaries(st.text(max_size=2) | st.integers(), st.text(max_size=2), max_size=2)
)


def read(outline=OUTLINE, file=FILE):
    return read_bank({"outline.yaml": outline, "01.yaml": file})


def test_a_bank_is_read_as_written():
    bank = read()
    assert (bank.outline.code, list(bank.questions)) == ("small", ["P1-001"])


@pytest.mark.parametrize(
    "changes",
    [
        {"questions": 5},
        {"questions": "P1-001"},
        {"questions": {"P1-001": QUESTION}},
        {"questions": None},
        {"questions": []},
        {"questions": [5]},
        {"questions": [QUESTION | {"id": 5}]},
        {"questions": [QUESTION | {"id": ["P1-001"]}]},
        {"point": ["P1"]},
        {"point": {"code": "P1"}},
        {"point": None},
        {"point": "P9"},
        {"format": 2},
    ],
)
def test_a_faulty_file_is_refused_by_its_name(changes):
    with pytest.raises(BankFileUnusable, match=r"^01\.yaml "):
        read(file=FILE | changes)


@pytest.mark.parametrize("file", [None, 5, "text", [], [FILE]])
def test_a_file_that_is_no_file_of_questions_is_refused_by_its_name(file):
    with pytest.raises(BankFileUnusable, match=r"^01\.yaml "):
        read(file=file)


@pytest.mark.parametrize("changes", [{"stem": ["x"]}, {"stem": {"zh": "x"}}, {"reason": 5}, {"kind": ["true_false"]}])
def test_a_faulty_question_is_refused_by_its_reference(changes):
    with pytest.raises(BankQuestionUnusable, match=r"P1-001 in 01\.yaml .* " + next(iter(changes))):
        read(file=FILE | {"questions": [QUESTION | changes]})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": 5}, "code"),
        ({"code": ""}, "code"),
        ({"sample": "no"}, "sample"),
        ({"sample": None}, "sample"),
        ({"name": "小"}, "name"),
        ({"name": {"zh": ["小"], "en": "Small"}}, "zh"),
        ({"name": {"zh": "小"}}, "en"),
        ({"position": ["special_operation"]}, "position"),
        ({"points": 5}, "points"),
        ({"points": []}, "points"),
        ({"points": ["P1"]}, "points"),
        ({"points": [{"code": ["P1"], "zh": "一", "en": "One"}]}, "code"),
        ({"points": [{"code": "P1", "zh": 1, "en": "One"}]}, "zh"),
        ({"points": OUTLINE["points"] * 2}, "once"),
        ({"format": 2}, "format"),
    ],
)
def test_a_faulty_outline_is_refused_and_says_what_is_wrong(changes, said):
    with pytest.raises(OutlineUnusable, match=rf"outline\.yaml .*{said}"):
        read(outline=OUTLINE | changes)


@pytest.mark.parametrize("outline", [None, 5, "text", [OUTLINE]])
def test_an_outline_that_is_no_outline_is_refused(outline):
    with pytest.raises(OutlineUnusable):
        read(outline=outline)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(list(OUTLINE)), WHATEVER),
    st.dictionaries(st.sampled_from(list(FILE)), WHATEVER | st.lists(WHATEVER, max_size=2)),
    st.dictionaries(st.sampled_from([*QUESTION, "options"]), WHATEVER),
)
def test_whatever_stands_in_a_bank_is_read_or_refused(outline, file, question):
    with contextlib.suppress(Problem):
        read(OUTLINE | outline, FILE | {"questions": [QUESTION | question]} | file)
