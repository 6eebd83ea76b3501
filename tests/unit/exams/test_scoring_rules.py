"""Right answers earn full marks on every paper; wrong and missing ones earn what the paper's rule says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.papers.rules import Marking, Paper, draw_paper
from exams.scoring.errors import AnswerOutsidePaper
from exams.scoring.rules import Outcome, mark
from question_bank.questions.rules import Kind
from tests.cast.banks import LIGHT, SECRET, bank, blueprint, ground_of, grounds, section


def paper_of(kind: Kind, marking: Marking = Marking.ALL_OR_NOTHING, counts: dict[str, int] | None = None) -> Paper:
    counts = counts or {"P1": 1}
    ground = ground_of(
        blueprint(section(kind, counts, marking)), bank({(kind, point): count for point, count in counts.items()})
    )
    return draw_paper(ground, SECRET, "1")


@LIGHT
@given(grounds(), st.text("0123456789", min_size=1))
def test_the_right_answers_earn_full_marks_however_the_paper_is_shuffled(ground, admission):
    paper = draw_paper(ground, SECRET, admission)
    marks = mark(paper, {item.number: item.key for item in paper.items})
    assert marks.given == marks.available == paper.marks
    assert {item.outcome for item in marks.items} == {Outcome.RIGHT}
    for item in marks.items:
        assert item.original == ground.questions[item.version_id].key


@LIGHT
@given(grounds(), st.data())
def test_marks_are_never_negative_never_more_than_available_and_add_up(ground, data):
    paper = draw_paper(ground, SECRET, "1")
    answers = {
        item.number: data.draw(st.frozensets(st.sampled_from([*item.letters, "Z"])))
        for item in paper.items
        if data.draw(st.booleans())
    }
    marks = mark(paper, answers)
    assert all(0 <= item.given <= item.available for item in marks.items)
    assert sum(point.given for point in marks.by_point()) == marks.given
    assert sum(point.available for point in marks.by_point()) == paper.marks
    assert sum(point.questions for point in marks.by_point()) == len(paper.items)


def test_an_empty_paper_earns_nothing():
    paper = paper_of(Kind.SINGLE_CHOICE)
    empty: list[dict[int, frozenset[str]]] = [{}, {1: frozenset()}]
    for answers in empty:
        marks = mark(paper, answers)
        assert (marks.given, marks.items[0].outcome) == (Decimal(0), Outcome.UNANSWERED)


def test_a_wrong_answer_earns_nothing():
    paper = paper_of(Kind.TRUE_FALSE)
    marks = mark(paper, {1: frozenset("F")})
    assert (marks.given, marks.items[0].outcome) == (Decimal(0), Outcome.WRONG)


def test_ticking_more_than_one_option_of_a_single_choice_earns_nothing():
    paper = paper_of(Kind.SINGLE_CHOICE)
    assert mark(paper, {1: frozenset("ABCD")}).given == 0


@pytest.mark.parametrize(
    ("marking", "missing", "wrong", "earned"),
    [
        (Marking.ALL_OR_NOTHING, 0, 0, "1"),
        (Marking.ALL_OR_NOTHING, 1, 0, "0"),
        (Marking.ALL_OR_NOTHING, 0, 1, "0"),
        (Marking.PARTIAL_WITHOUT_WRONG, 0, 0, "1"),
        (Marking.PARTIAL_WITHOUT_WRONG, 1, 0, "0.67"),
        (Marking.PARTIAL_WITHOUT_WRONG, 2, 0, "0.33"),
        (Marking.PARTIAL_WITHOUT_WRONG, 3, 0, "0"),
        (Marking.PARTIAL_WITHOUT_WRONG, 1, 1, "0"),
        (Marking.PARTIAL_WITHOUT_WRONG, 0, 1, "0"),
    ],
)
def test_multiple_choice_is_marked_by_the_rule_of_the_paper(marking, missing, wrong, earned):
    """The key has three of five options."""
    paper = paper_of(Kind.MULTIPLE_CHOICE, marking)
    item = paper.items[0]
    others = sorted(set(item.letters) - item.key)
    answer = frozenset(sorted(item.key)[missing:] + others[:wrong])
    marks = mark(paper, {1: answer})
    assert marks.given == Decimal(earned)
    assert (marks.items[0].outcome is Outcome.PARTLY) == (0 < marks.given < 1)


def test_an_answer_to_no_question_of_the_paper_is_refused():
    with pytest.raises(AnswerOutsidePaper):
        mark(paper_of(Kind.TRUE_FALSE), {2: frozenset("T")})


def test_weak_points_come_weakest_first():
    paper = paper_of(Kind.TRUE_FALSE, counts={"P1": 5, "P2": 5, "P3": 5})
    right = {"P1": 3, "P2": 5, "P3": 1}
    answers: dict[int, frozenset[str]] = {}
    for item in paper.items:
        answers[item.number] = frozenset("T" if right[item.point] else "F")
        right[item.point] -= bool(right[item.point])
    weak = mark(paper, answers).weak_points()
    assert [(point.point, point.given, point.share) for point in weak] == [
        ("P3", Decimal(1), Decimal("0.2")),
        ("P1", Decimal(3), Decimal("0.6")),
    ]


def test_a_point_at_the_pass_share_is_not_weak():
    paper = paper_of(Kind.TRUE_FALSE, counts={"P1": 5})
    answers = {item.number: frozenset("T" if item.number < 5 else "F") for item in paper.items}
    assert mark(paper, answers).weak_points() == ()
