"""From answers to marks: exact decimals, per question and per knowledge point.

An answer is the set of letters as shown to the candidate; none, or an empty set, is unanswered and earns zero. For one
right answer only the key earns the marks. For multiple choice the paper itself says which rule holds (`Marking`), as
the national rule is not confirmed; parts of a mark are rounded half up to 0.01.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from exams.papers.rules import Marking, Paper, PaperItem
from exams.scoring.errors import AnswerOutsidePaper, MethodUnknown
from question_bank.questions.rules import VersionId

Answers = Mapping[int, frozenset[str]]

ZERO = Decimal(0)
METHOD = 1
CENT = Decimal("0.01")
WEAK_BELOW = Decimal("0.80")  # the share that passes a whole paper: a point below it pulled the candidate down


class Outcome(StrEnum):
    """How one question went."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class ItemMark:
    """The marks of one question; `original` is the answer in the bank's letters, for item statistics."""

    number: int
    version_id: VersionId
    point: str
    outcome: Outcome
    given: Decimal
    available: Decimal
    original: frozenset[str]


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

    def by_point(self) -> tuple[PointMark, ...]:
        """One row for each knowledge point of the paper, in the order of the codes."""
        points = sorted({item.point for item in self.items})
        return tuple(_point_mark(point, [item for item in self.items if item.point == point]) for point in points)

    def weak_points(self, below: Decimal = WEAK_BELOW) -> tuple[PointMark, ...]:
        """Knowledge points whose share of marks is under `below`, the weakest first."""
        weak = [point for point in self.by_point() if point.share < below]
        return tuple(sorted(weak, key=lambda point: (point.share, point.point)))


def mark(paper: Paper, answers: Answers, *, method: int = METHOD) -> Marks:
    """Mark every question of `paper`, by the method that a result names.

    Raises:
        MethodUnknown: a later release marked by it.
        AnswerOutsidePaper: an answer names a question that is not on the paper, so the two do not belong together.
    """
    strangers = answers.keys() - {item.number for item in paper.items}
    if strangers:
        raise AnswerOutsidePaper(number=min(strangers))
    if method not in METHODS:
        raise MethodUnknown(method=method)
    return METHODS[method](paper, answers)


def _mark_each(paper: Paper, answers: Answers) -> Marks:
    """Method 1: each question by itself, right answers by the paper's own rule."""
    return Marks(tuple(_mark_item(item, answers.get(item.number, frozenset())) for item in paper.items))


def _mark_item(item: PaperItem, answer: frozenset[str]) -> ItemMark:
    given = _given(item, answer)
    return ItemMark(
        number=item.number,
        version_id=item.version_id,
        point=item.point,
        outcome=_outcome(item, answer, given),
        given=given,
        available=item.marks,
        original=_in_bank_letters(item, answer),
    )


def _given(item: PaperItem, answer: frozenset[str]) -> Decimal:
    if answer == item.key:
        return item.marks
    if item.marking is Marking.PARTIAL_WITHOUT_WRONG and answer < item.key:
        share = item.marks * len(answer) / len(item.key)
        return share.quantize(CENT, rounding=ROUND_HALF_UP)
    return ZERO


def _outcome(item: PaperItem, answer: frozenset[str], given: Decimal) -> Outcome:
    if not answer:
        return Outcome.UNANSWERED
    if given == item.marks:
        return Outcome.RIGHT
    return Outcome.PARTLY if given else Outcome.WRONG


def _in_bank_letters(item: PaperItem, answer: frozenset[str]) -> frozenset[str]:
    originals = dict(zip(item.letters, item.order, strict=False))
    return frozenset(originals.get(letter, letter) for letter in answer)


def _point_mark(point: str, items: Iterable[ItemMark]) -> PointMark:
    marks = list(items)
    return PointMark(
        point=point,
        questions=len(marks),
        given=sum((item.given for item in marks), ZERO),
        available=sum((item.available for item in marks), ZERO),
    )


# How papers are marked, by number, for ever: a result names its method, and is replayed by it.
METHODS: Mapping[int, Callable[[Paper, Answers], Marks]] = {1: _mark_each}
