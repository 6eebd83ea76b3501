"""From answers to marks: exact decimals, per question and per knowledge point.

The kind of a question says what fraction of it an answer earned, the paper's standard what marks a fraction is worth
(`Marking`), and each mark says who or what gave the fraction. No answer earns zero, whatever the kind.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from exams.papers.rules import Paper, PaperItem
from exams.scoring.errors import AnswerOutsidePaper, MethodUnknown
from kernel.lasting import canonical_json, lasting
from question_bank.kinds.protocol import Answer
from question_bank.questions.rules import Question, VersionId

Answers = Mapping[int, Answer]

LAYOUT = lasting("exams.marks")

ZERO = Decimal(0)
METHOD = 1
WEAK_BELOW = Decimal("0.80")  # the share that passes a whole paper: a point below it pulled the candidate down


class Outcome(StrEnum):
    """How one question went."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNANSWERED = "unanswered"


class Marker(StrEnum):
    """Who or what says what fraction an answer earned. A kind that people mark will add itself here."""

    MACHINE = "machine"
    RECHECK = "recheck"  # two people, because the question was faulty


@dataclass(frozen=True, slots=True)
class GivenBy:
    """`method`: which numbered way of the kind's own, where a machine marked."""

    marker: Marker
    method: int

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the marks."""
        return {"marker": self.marker.value, "method": self.method}


@dataclass(frozen=True, slots=True)
class ItemMark:
    """The marks of one question, from the fraction (0 to 1) that its answer earned."""

    number: int
    version_id: VersionId
    point: str
    outcome: Outcome
    fraction: Decimal
    given: Decimal
    available: Decimal
    given_by: GivenBy


@dataclass(frozen=True, slots=True)
class PointMark:
    """The marks of one knowledge point; `share` is given / available, 0 to 1."""

    point: str
    questions: int
    given: Decimal
    available: Decimal

    @property
    def share(self) -> Decimal:
        return self.given / self.available


@dataclass(frozen=True, slots=True)
class Marks:
    """A marked paper."""

    items: tuple[ItemMark, ...]

    @property
    def given(self) -> Decimal:
        return sum((item.given for item in self.items), ZERO)

    @property
    def available(self) -> Decimal:
        return sum((item.available for item in self.items), ZERO)

    def canonical_bytes(self) -> bytes:
        """The one byte form in which marks are kept: fractions and who gave them. Marks follow from the paper."""
        return canonical_json(
            LAYOUT.written(
                {
                    "marks": [
                        {"question": item.number, "fraction": str(item.fraction), "by": item.given_by.as_json()}
                        for item in self.items
                    ],
                }
            )
        )

    def by_point(self) -> tuple[PointMark, ...]:
        """One row for each knowledge point of the paper, in the order of the codes."""
        points = sorted({item.point for item in self.items})
        return tuple(_point_mark(point, [item for item in self.items if item.point == point]) for point in points)

    def weak_points(self, below: Decimal = WEAK_BELOW) -> tuple[PointMark, ...]:
        """Knowledge points whose share of marks is under `below`, the weakest first."""
        weak = [point for point in self.by_point() if point.share < below]
        return tuple(sorted(weak, key=lambda point: (point.share, point.point)))


def mark(
    paper: Paper,
    questions: Mapping[VersionId, Question],
    answers: Answers,
    *,
    method: int = METHOD,
    granted: frozenset[int] = frozenset(),
) -> Marks:
    """Mark every question of `paper`, by the method that a result names.

    Args:
        paper: whose numbers `answers` and `granted` name.
        questions: what its versions say.
        answers: by number; what is missing earns nothing.
        method: of `METHODS`.
        granted: questions that count in full whatever was answered, for a re-check found them faulty.

    Raises:
        MethodUnknown: a later release marked by it.
        AnswerOutsidePaper: an answer names a question that is not on the paper, so the two do not belong together.
    """
    strangers = (answers.keys() | granted) - {item.number for item in paper.items}
    if strangers:
        raise AnswerOutsidePaper(number=min(strangers))
    if method not in METHODS:
        raise MethodUnknown(method=method)
    marks = METHODS[method](paper, questions, answers)
    return Marks(tuple(_in_full(item) if item.number in granted else item for item in marks.items))


def _in_full(item: ItemMark) -> ItemMark:
    by = GivenBy(Marker.RECHECK, METHOD)
    return replace(item, outcome=Outcome.RIGHT, fraction=Decimal(1), given=item.available, given_by=by)


def _mark_each(paper: Paper, questions: Mapping[VersionId, Question], answers: Answers) -> Marks:
    """Method 1: each question by itself, what its kind says that was earned by the paper's own rule."""
    return Marks(tuple(_mark_item(item, questions[item.version_id], answers.get(item.number)) for item in paper.items))


def _mark_item(item: PaperItem, question: Question, answer: Answer) -> ItemMark:
    kind = question.rules
    fraction = ZERO if answer is None else kind.fraction(question.content, item.layout, answer)
    given = item.marking.marks(fraction, item.marks)
    return ItemMark(
        number=item.number,
        version_id=item.version_id,
        point=item.point,
        outcome=_outcome(item, answer, given),
        fraction=fraction,
        given=given,
        available=item.marks,
        given_by=GivenBy(Marker.MACHINE, kind.method),
    )


def _outcome(item: PaperItem, answer: Answer, given: Decimal) -> Outcome:
    if answer is None:
        return Outcome.UNANSWERED
    if given == item.marks:
        return Outcome.RIGHT
    return Outcome.PARTLY if given else Outcome.WRONG


def _point_mark(point: str, items: Iterable[ItemMark]) -> PointMark:
    marks = list(items)
    return PointMark(
        point=point,
        questions=len(marks),
        given=sum((item.given for item in marks), ZERO),
        available=sum((item.available for item in marks), ZERO),
    )


# How papers are marked, by number, for ever: a result names its method, and is replayed by it.
METHODS: Mapping[int, Callable[[Paper, Mapping[VersionId, Question], Answers], Marks]] = {1: _mark_each}
