"""What a usable question is, and what a candidate's page may get of it."""

import contextlib
import dataclasses
import hashlib
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.questions.errors import (
    DifficultyOutOfRange,
    KeyNotAmongOptions,
    KeyNotOne,
    KeyNotTrueOrFalse,
    KeyTooFew,
    OptionCount,
    OptionLettersBroken,
    OptionNamesOthers,
    OptionRepeated,
    OptionsNotWanted,
    QuestionNotUsable,
    TextMissing,
    TextTooLong,
    TextUnprintable,
)
from question_bank.questions.rules import Kind, PresentedQuestion, Question, check, present, read_question

FOUR = {"A": "12 V", "B": "24 V", "C": "36 V", "D": "42 V"}


def written(**changes):
    question = {
        "kind": "single_choice",
        "point": "LV04",
        "depth": "master",
        "difficulty": 0.75,
        "stem": "特别危险环境中使用的手持照明灯应采用的电压是（ ）。",
        "options": FOUR,
        "key": "A",
        "reason": "特别危险环境采用12 V特低电压。",
        "source": "教材通识：特低电压",
    }
    return question | changes


def faults_of(**changes):
    with pytest.raises(QuestionNotUsable) as refusal:
        read_question(written(**changes))
    return {field: type(problem) for field, problem in refusal.value.fields.items()}


def test_a_single_choice_question_is_read_as_written():
    question = read_question(written())
    assert question.key == {"A"}
    assert question.options == ("12 V", "24 V", "36 V", "42 V")
    assert question.difficulty == Decimal("0.75")


@pytest.mark.parametrize(("key", "letters"), [(True, {"T"}), (False, {"F"})])
def test_a_true_false_key_is_true_or_false(key, letters):
    assert read_question(written(kind="true_false", options=None, key=key)).key == letters


@pytest.mark.parametrize("key", [["A", "C"], "AC", "ca"])
def test_a_multiple_choice_key_is_a_set_of_letters(key):
    assert read_question(written(kind="multiple_choice", key=key)).key == {"A", "C"}


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"stem": " "}, {"stem": TextMissing}),
        ({"stem": "长" * 601}, {"stem": TextTooLong}),
        ({"stem": "电压\x00"}, {"stem": TextUnprintable}),
        ({"stem": "电\u202e压"}, {"stem": TextUnprintable}),
        ({"reason": ""}, {"reason": TextMissing}),
        ({"source": None}, {"source": TextMissing}),
        ({"difficulty": "1.0"}, {"difficulty": DifficultyOutOfRange}),
        ({"difficulty": "easy"}, {"difficulty": DifficultyOutOfRange}),
        ({"difficulty": "NaN"}, {"difficulty": DifficultyOutOfRange}),
        ({"options": {"A": "一", "B": "二"}, "key": "A"}, {"options": OptionCount}),
        ({"options": {"A": "一", "C": "二", "D": "三"}}, {"options": OptionLettersBroken}),
        ({"options": FOUR | {"D": "12 V。"}}, {"option_D": OptionRepeated}),
        ({"options": FOUR | {"D": "以上都对"}}, {"option_D": OptionNamesOthers}),
        ({"options": FOUR | {"D": "A和B"}}, {"option_D": OptionNamesOthers}),
        ({"options": FOUR | {"D": "All of the above"}}, {"option_D": OptionNamesOthers}),
        ({"key": "E"}, {"key": KeyNotAmongOptions}),
        ({"key": ""}, {"key": KeyNotOne}),
        ({"key": "AB"}, {"key": KeyNotOne}),
        ({"kind": "multiple_choice", "key": ["A"]}, {"key": KeyTooFew}),
        ({"kind": "true_false", "key": True}, {"options": OptionsNotWanted}),
        ({"kind": "true_false", "options": None, "key": "A"}, {"key": KeyNotTrueOrFalse}),
    ],
)
def test_a_fault_is_named_at_its_field(changes, faults):
    assert faults_of(**changes) == faults


def test_a_decimal_point_makes_another_option():
    assert read_question(written(options=FOUR | {"C": "1.0 s", "D": "10 s"})).options[2:] == ("1.0 s", "10 s")


def test_all_faults_are_named_at_once():
    assert set(faults_of(stem="", key="E", reason="")) == {"stem", "key", "reason"}
    assert set(faults_of(depth="", difficulty="", stem="")) == {"depth", "difficulty", "stem"}


def test_an_unknown_kind_is_refused():
    assert "kind" in faults_of(kind="essay")


def test_content_survives_its_bytes():
    question = read_question(written(kind="multiple_choice", key=["B", "D"]))
    assert Question.from_bytes(question.canonical_bytes()) == question


def test_the_digest_is_stable_and_covers_the_key():
    question = read_question(written())
    by_hand = (
        '{"depth":"master","difficulty":"0.75","format":1,"key":["A"],"kind":"single_choice",'
        '"options":["12 V","24 V","36 V","42 V"],"point":"LV04","reason":"特别危险环境采用12 V特低电压。",'
        '"source":"教材通识：特低电压","stem":"特别危险环境中使用的手持照明灯应采用的电压是（ ）。"}'
    )
    assert question.digest() == hashlib.sha256(by_hand.encode()).hexdigest()
    assert dataclasses.replace(question, key=frozenset("B")).digest() != question.digest()


def test_bytes_of_an_unknown_format_are_not_guessed_at():
    fields = json.loads(read_question(written()).canonical_bytes()) | {"format": 2}
    with pytest.raises(ValueError, match="format 2"):
        Question.from_bytes(json.dumps(fields).encode())


def test_a_presented_question_has_no_place_for_a_key():
    names = {field.name for field in dataclasses.fields(PresentedQuestion)}
    assert names == {"number", "kind", "stem", "options"}


def test_options_are_presented_in_the_order_given_under_new_letters():
    shown = present(read_question(written()), 7, ("D", "A", "C", "B"))
    assert shown.number == 7
    assert [(option.letter, option.text) for option in shown.options] == [
        ("A", "42 V"),
        ("B", "12 V"),
        ("C", "36 V"),
        ("D", "24 V"),
    ]


def test_true_false_is_presented_without_options():
    shown = present(read_question(written(kind="true_false", options=None, key=True)), 1, ())
    assert (shown.kind, shown.options) == (Kind.TRUE_FALSE, ())


ANYTHING = (
    st.none() | st.booleans() | st.integers() | st.text("ABT是 1.\x00\u202e", max_size=6) | st.lists(st.booleans())
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(list(written())), ANYTHING))
def test_whatever_is_written_is_read_or_refused(changes):
    with contextlib.suppress(QuestionNotUsable):
        check(read_question(written(**changes)))
