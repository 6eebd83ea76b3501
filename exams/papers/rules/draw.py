"""The draw: a blueprint, a pool and a seed give one list of questions, always the same. This is method 1.

It is written so that somebody else can repeat it in another language, years from now:

1. The generator is MT19937 (Mersenne Twister), seeded by `random2.Random(seed)` with the whole number `seed`: its
   32-bit words, least significant first, go to `init_by_array` (the reference implementation's name).
2. The one method used is `random()`: two 32-bit outputs a, b give ((a >> 5) * 2**26 + (b >> 6)) / 2**53. Python
   promises that this sequence stays as it is for a given seed. It makes no such promise for `shuffle`, `sample`,
   `choice` or `randrange`, which did change between versions, so what is needed of them is written out below.
3. `_below(n)` is floor(random() * n); for n under 10,000 its bias is smaller than 10**-11.
4. For each section in the blueprint's order, for each knowledge point in the order of its code: the pool's versions of
   that kind and point, sorted by version id in text form; `_take` the wanted number of them.
5. `_shuffle` the section's questions.
6. When all sections stand, for each question in paper order that has options: `_shuffle` its letters A, B, C …
   The first letter of the outcome is shown as A, the second as B. True/false keeps its order.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import TypeVar

import random2

from exams.papers.errors import CellShort, CellsShort, PoolTooSmall
from exams.papers.rules.blueprint import Blueprint, Marking, Section
from kernel.errors import Problem
from question_bank.pools.rules import Pool, PoolMember
from question_bank.questions.rules import KIND_NAMES, KINDS, LETTERS, Kind, VersionId

Thing = TypeVar("Thing")
Cells = dict[tuple[Kind, str], list[PoolMember]]


@dataclass(frozen=True, slots=True)
class DrawnQuestion:
    """One place of a paper. `order` holds the bank's letters in the order shown; empty where nothing is shuffled."""

    number: int
    version_id: VersionId
    kind: Kind
    point: str
    marks: Decimal
    marking: Marking
    order: tuple[str, ...]


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
    below = _below_from(random2.Random(seed).random)
    places: list[tuple[Section, PoolMember]] = []
    for section in blueprint.sections:
        chosen = [
            member for point, count in section.counts for member in _take(cells[section.kind, point], count, below)
        ]
        places += [(section, member) for member in _shuffle(chosen, below)]
    return tuple(
        DrawnQuestion(
            number=number,
            version_id=member.version_id,
            kind=member.kind,
            point=member.point,
            marks=section.marks_each,
            marking=section.marking,
            order=tuple(_shuffle(list(LETTERS[: member.options]), below)) if KINDS[member.kind].shuffles else (),
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


def _below_from(random: Callable[[], float]) -> Callable[[int], int]:
    def _below(n: int) -> int:
        return int(random() * n)

    return _below


def _take(things: list[Thing], count: int, below: Callable[[int], int]) -> list[Thing]:
    """`count` different things: for i = 0, 1, … exchange place i with place i + below(what is left), keep the front."""
    rest = list(things)
    for i in range(count):
        j = i + below(len(rest) - i)
        rest[i], rest[j] = rest[j], rest[i]
    return rest[:count]


def _shuffle(things: list[Thing], below: Callable[[int], int]) -> list[Thing]:
    """Fisher-Yates from the back: for i = last … 1 exchange place i with place below(i + 1)."""
    mixed = list(things)
    for i in range(len(mixed) - 1, 0, -1):
        j = below(i + 1)
        mixed[i], mixed[j] = mixed[j], mixed[i]
    return mixed
