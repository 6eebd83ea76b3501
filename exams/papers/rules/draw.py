"""The draw: a blueprint, a pool and a seed give one list of questions, always the same. This is method 1.

It is written so that somebody else can repeat it in another language, years from now. The generator, `below`, `take`
and `shuffled` are those of kernel/chance.py.

1. For each section in the blueprint's order, for each knowledge point in the order of its code: the pool's versions of
   that kind and point, sorted by version id in text form; `take` the wanted number of them.
2. The section's questions are `shuffled`.

How each question is laid out has a chance of its own: see `exams.papers.rules.paper`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from exams.papers.errors import CellShort, CellsShort, PoolTooSmall
from exams.papers.rules.blueprint import Blueprint, Marking, Section
from kernel.chance import Chance
from kernel.errors import Problem
from question_bank.kinds import KIND_NAMES
from question_bank.pools.rules import Pool, PoolMember
from question_bank.questions.rules import VersionId

Cells = dict[tuple[str, str], list[PoolMember]]


@dataclass(frozen=True, slots=True)
class DrawnQuestion:
    """One place of a paper."""

    number: int
    version_id: VersionId
    content_digest: str
    kind: str
    point: str
    marks: Decimal
    marking: Marking


def require_enough(blueprint: Blueprint, pool: Pool) -> None:
    """Refuse, naming every cell that is short, when the pool cannot fill the blueprint.

    Raises:
        PoolTooSmall: with every cell that is short.
    """
    cells = _cells(pool)
    short: list[Problem] = [
        CellShort(point=point, kind=KIND_NAMES[section.kind], wanted=count, there=len(cells[section.kind, point]))
        for section in blueprint.sections
        for point, count in section.counts
        if len(cells[section.kind, point]) < count
    ]
    if short:
        raise PoolTooSmall(cells=reduce(lambda first, rest: CellsShort(first=first, rest=rest), short))


def draw(blueprint: Blueprint, pool: Pool, seed: int) -> tuple[DrawnQuestion, ...]:
    """Draw one paper.

    Raises:
        PoolTooSmall: when a cell of the blueprint cannot be filled.
    """
    require_enough(blueprint, pool)
    cells = _cells(pool)
    chance = Chance(seed)
    places: list[tuple[Section, PoolMember]] = []
    for section in blueprint.sections:
        chosen = [
            member for point, count in section.counts for member in chance.take(cells[section.kind, point], count)
        ]
        places += [(section, member) for member in chance.shuffled(chosen)]
    return tuple(
        DrawnQuestion(
            number=number,
            version_id=member.version_id,
            content_digest=member.content_digest,
            kind=member.kind,
            point=member.point,
            marks=section.marks_each,
            marking=section.marking,
        )
        for number, (section, member) in enumerate(places, start=1)
    )


# How papers are drawn, by number, for ever: a draw names its method, and is verified by it.
METHODS: Mapping[int, Callable[[Blueprint, Pool, int], tuple[DrawnQuestion, ...]]] = {1: draw}
METHOD = max(METHODS)


def _cells(pool: Pool) -> Cells:
    cells: Cells = defaultdict(list)
    for member in sorted(pool.members, key=lambda member: str(member.version_id)):
        cells[member.kind, member.point].append(member)
    return cells
