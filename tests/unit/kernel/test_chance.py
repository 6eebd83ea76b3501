"""Chance that can be repeated: what it gives stays what it is, and needs no generator of ours."""

import pytest
import random2
from hypothesis import given
from hypothesis import strategies as st

from kernel.chance import Chance
from tests.cast.mersenne import Mersenne

SEEDS = st.integers(0, 2**256 - 1)
THINGS = st.lists(st.integers(), max_size=30)


def test_this_stays_what_it_is():
    """A frozen example: whoever repeats a draw in another language or year must get this."""
    chance = Chance(20260601)
    assert chance.shuffled(range(1, 11)) == [10, 8, 7, 9, 4, 6, 2, 1, 5, 3]
    assert chance.take("ABCDEFGH", 3) == ["C", "H", "G"]
    assert [chance.below(100) for _ in range(4)] == [0, 20, 7, 19]
    assert chance.one(["left", "right"]) == "left"


@given(SEEDS, THINGS)
def test_scenes_that_were_arranged_by_the_librarys_own_shuffle_are_arranged_the_same(seed, things):
    """Runs recorded before there was one home for chance are replayed by it: same numbers, same order."""
    theirs, ours = random2.Random(seed), Chance(seed)
    for _ in range(3):
        mixed = list(things)
        theirs.shuffle(mixed)
        assert ours.shuffled(things) == mixed
    if things:
        assert ours.one(things) == theirs.choice(things)


@given(SEEDS, THINGS)
def test_a_stranger_repeats_it_from_its_text(seed, things):
    generator, ours = Mersenne(seed), Chance(seed)
    mixed = list(things)
    for i in range(len(mixed) - 1, 0, -1):
        j = int(generator.random() * (i + 1))
        mixed[i], mixed[j] = mixed[j], mixed[i]
    assert ours.shuffled(things) == mixed
    rest = list(things)
    for i in range(len(things) // 2):
        j = i + int(generator.random() * (len(rest) - i))
        rest[i], rest[j] = rest[j], rest[i]
    assert ours.take(things, len(things) // 2) == rest[: len(things) // 2]


@given(SEEDS, THINGS, st.integers(0, 30))
def test_nothing_is_lost_and_nothing_taken_twice(seed, things, count):
    assert sorted(Chance(seed).shuffled(things)) == sorted(things)
    numbered = list(enumerate(things))
    taken = Chance(seed).take(numbered, min(count, len(things)))
    assert len(set(taken)) == len(taken) == min(count, len(things))


def test_there_is_no_one_of_none():
    with pytest.raises(IndexError):
        Chance(1).one([])
    assert Chance(1).shuffled([]) == []
    assert Chance(1).take([], 0) == []
