"""Right answers earn full marks on every paper; wrong and missing ones earn what the paper's rule says."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.papers.rules import Ground, Marking, Paper, PaperItem, draw_paper, shape
from exams.scoring.errors import AnswerOutsidePaper
from exams.scoring.rules import Marks, Outcome, mark
from kernel.lasting import canonical_json
from question_bank.kinds import KINDS
from tests.cast.banks import LIGHT, SECRET, bank, blueprint, ground_of, grounds, section
from tests.cast.specimens import SPECIMENS

BY_MACHINE = {"marker": "machine", "method": 1}


@dataclass(frozen=True)
class Sat:
    """A paper with its questions, marked with one call."""

    ground: Ground
    paper: Paper

    def mark(self, answers: dict[int, Any]) -> Marks:
        return mark(self.paper, self.ground.questions, answers)

    def right(self, item: PaperItem) -> Any:
        return KINDS[item.kind].right(self.ground.questions[item.version_id].content, item.layout)


def sat(kind: str, marking: Marking = Marking.ALL_OR_NOTHING, counts: dict[str, int] | None = None) -> Sat:
    counts = counts or {"P1": 1}
    ground = ground_of(
        blueprint(section(kind, counts, marking)), bank({(kind, point): count for point, count in counts.items()})
    )
    return Sat(ground, draw_paper(ground, SECRET, "1"))


@LIGHT
@given(grounds(), st.text("0123456789", min_size=1))
def test_the_right_answers_earn_full_marks_however_the_paper_is_laid_out(ground, admission):
    it = Sat(ground, draw_paper(ground, SECRET, admission))
    marks = it.mark({item.number: it.right(item) for item in it.paper.items})
    assert marks.given == marks.available == it.paper.marks
    assert {item.outcome for item in marks.items} == {Outcome.RIGHT}
    assert {item.fraction for item in marks.items} == {Decimal(1)}


@LIGHT
@given(grounds(), st.data())
def test_marks_are_never_negative_never_more_than_available_and_add_up(ground, data):
    it = Sat(ground, draw_paper(ground, SECRET, "1"))
    places = shape(it.paper, ground.questions)
    answers = {
        item.number: data.draw(SPECIMENS[item.kind].fitting(place))
        for item, place in zip(it.paper.items, places, strict=True)
        if data.draw(st.booleans())
    }
    marks = it.mark(answers)
    assert all(0 <= item.given <= item.available for item in marks.items)
    assert sum(point.given for point in marks.by_point()) == marks.given
    assert sum(point.available for point in marks.by_point()) == it.paper.marks
    assert sum(point.questions for point in marks.by_point()) == len(it.paper.items)
    kept = {number: json.loads(canonical_json(answer)) for number, answer in answers.items()}
    assert it.mark(kept).canonical_bytes() == marks.canonical_bytes()  # as a replay reads them


def test_every_mark_says_what_fraction_was_earned_and_who_gave_it():
    it = sat("multiple_choice", Marking.PROPORTIONAL)
    kept = json.loads(it.mark({1: it.right(it.paper.items[0])[:1]}).canonical_bytes())
    assert kept["format"] == 1
    assert kept["marks"] == [{"question": 1, "fraction": "0.3333333333333333333333333333", "by": BY_MACHINE}]


def test_an_empty_paper_earns_nothing():
    it = sat("single_choice")
    empty: list[dict[int, Any]] = [{}, {1: None}]
    for answers in empty:
        marks = it.mark(answers)
        assert (marks.given, marks.items[0].outcome) == (Decimal(0), Outcome.UNANSWERED)


def test_a_wrong_answer_earns_nothing():
    it = sat("true_false")
    marks = it.mark({1: not it.right(it.paper.items[0])})
    assert (marks.given, marks.items[0].outcome) == (Decimal(0), Outcome.WRONG)


def test_ticking_more_than_one_option_of_a_single_choice_earns_nothing():
    assert sat("single_choice").mark({1: ["A", "B", "C", "D"]}).given == 0


@pytest.mark.parametrize(
    ("marking", "missing", "wrong", "earned"),
    [
        (Marking.ALL_OR_NOTHING, 0, 0, "1"),
        (Marking.ALL_OR_NOTHING, 1, 0, "0"),
        (Marking.ALL_OR_NOTHING, 0, 1, "0"),
        (Marking.PROPORTIONAL, 0, 0, "1"),
        (Marking.PROPORTIONAL, 1, 0, "0.67"),
        (Marking.PROPORTIONAL, 2, 0, "0.33"),
        (Marking.PROPORTIONAL, 3, 0, "0"),
        (Marking.PROPORTIONAL, 1, 1, "0"),
        (Marking.PROPORTIONAL, 0, 1, "0"),
    ],
)
def test_multiple_choice_is_marked_by_the_rule_of_the_paper(marking, missing, wrong, earned):
    """The key has three of five options."""
    it = sat("multiple_choice", marking)
    key = it.right(it.paper.items[0])
    others = [letter for letter in "ABCDE" if letter not in key]
    marks = it.mark({1: sorted(key[missing:] + others[:wrong]) or None})
    assert marks.given == Decimal(earned)
    assert (marks.items[0].outcome is Outcome.PARTLY) == (0 < marks.given < 1)


def test_an_answer_to_no_question_of_the_paper_is_refused():
    with pytest.raises(AnswerOutsidePaper):
        sat("true_false").mark({2: True})


def test_weak_points_come_weakest_first():
    it = sat("true_false", counts={"P1": 5, "P2": 5, "P3": 5})
    right = {"P1": 3, "P2": 5, "P3": 1}
    answers: dict[int, Any] = {}
    for item in it.paper.items:
        answers[item.number] = it.right(item) == bool(right[item.point])
        right[item.point] -= bool(right[item.point])
    weak = it.mark(answers).weak_points()
    assert [(point.point, point.given, point.share) for point in weak] == [
        ("P3", Decimal(1), Decimal("0.2")),
        ("P1", Decimal(3), Decimal("0.6")),
    ]


def test_a_point_at_the_pass_share_is_not_weak():
    it = sat("true_false", counts={"P1": 5})
    answers = {item.number: it.right(item) == (item.number < 5) for item in it.paper.items}
    assert it.mark(answers).weak_points() == ()


def test_a_question_that_a_re_check_grants_counts_in_full_and_says_who_gave_it():
    it = sat("single_choice", counts={"P1": 3})
    first, second, _ = it.paper.items
    answers = {first.number: it.right(first)}
    granted = mark(it.paper, it.ground.questions, answers, granted=frozenset({second.number}))
    assert [item.given for item in granted.items] == [first.marks, second.marks, Decimal(0)]
    assert granted.items[1].given_by.as_json() == {"marker": "recheck", "method": 1}
    assert granted.items[0].given_by.as_json() == BY_MACHINE


def test_a_question_that_is_not_on_the_paper_is_not_granted():
    it = sat("single_choice")
    with pytest.raises(AnswerOutsidePaper):
        mark(it.paper, it.ground.questions, {}, granted=frozenset({99}))
