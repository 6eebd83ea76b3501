"""Question banks of any size, made for tests of drawing and marking."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st

from exams.papers.rules import Blueprint, Ground, Marking, Section
from question_bank.kinds import KINDS
from question_bank.pools.rules import Pool, PoolMember
from question_bank.questions.rules import Depth, Question, VersionId
from tests.cast.specimens import SPECIMENS

LIGHT = settings(max_examples=40, deadline=None)  # a draw is a few milliseconds, and machines are shared
SITTING = UUID(int=7)
SECRET = bytes(range(32))


def question(number: int, kind: str, point: str) -> Question:
    """A question whose texts say which it is, so that a layout can be followed."""
    content = KINDS[kind].take(SPECIMENS[kind].written(number), {})
    return Question(kind, point, Depth.KNOW, Decimal("0.70"), f"stem {number}", content, "reason", "source")


def bank(cells: Mapping[tuple[str, str], int]) -> dict[VersionId, Question]:
    """So many questions in each cell of kind and point."""
    places = [cell for cell, count in sorted(cells.items()) for _ in range(count)]
    return {VersionId(UUID(int=number)): question(number, *cell) for number, cell in enumerate(places, start=1)}


def pool_of(questions: Mapping[VersionId, Question]) -> Pool:
    return Pool.of(
        "bank",
        [PoolMember(id_, it.kind, it.point, it.digest()) for id_, it in questions.items()],
    )


def blueprint(*sections: Section) -> Blueprint:
    return Blueprint("shape", "bank", "卷", "paper", "test", demonstration=True, sections=sections)


def section(kind: str, counts: Mapping[str, int], marking: Marking = Marking.ALL_OR_NOTHING) -> Section:
    return Section(kind, Decimal(1), marking, tuple(sorted(counts.items())))


def ground_of(shape: Blueprint, questions: Mapping[VersionId, Question]) -> Ground:
    return Ground.of(SITTING, shape, pool_of(questions), questions)


@st.composite
def grounds(pick: st.DrawFn) -> Ground:
    """A blueprint over any cells, and a bank with just enough or more questions in each."""
    points = st.sampled_from(["P1", "P2", "P3", "P4"])
    shape = pick(
        st.dictionaries(
            st.sampled_from(list(KINDS)), st.dictionaries(points, st.integers(1, 4), min_size=1), min_size=1
        )
    )
    marking = pick(st.sampled_from(list(Marking)))
    sections = [section(kind, shape[kind], marking) for kind in KINDS if kind in shape]
    cells = {
        (kind, point): count + pick(st.integers(0, 6))
        for kind, counts in shape.items()
        for point, count in counts.items()
    }
    return ground_of(blueprint(*sections), bank(cells))


def operator_ground(spare: int = 5) -> Ground:
    """What a paper of the national shape for operators is drawn from."""
    points = [f"P{number:02}" for number in range(1, 15)]
    shape = blueprint(
        section("true_false", dict.fromkeys(points, 5)),
        section("single_choice", dict.fromkeys(points, 2) | {"P04": 3, "P14": 3}),
    )
    cells = {(part.kind, point): count + spare for part in shape.sections for point, count in part.counts}
    return ground_of(shape, bank(cells))


def rekeyed(question: Question) -> Question:
    """The same question with another right answer."""
    content, _ = SPECIMENS[question.kind].rekeyed(question.content, question.rules.in_bank_order(question.content))
    return replace(question, content=content)
