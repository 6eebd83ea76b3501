"""How the connections of a database server are shared out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.connections import LEAST, needs, shares
from kernel.faces import Face

FACES = len(Face)


@given(free=st.integers(LEAST * FACES, 5_000), workers=st.integers(0, 64))
def test_there_are_never_more_than_the_server_has(free, workers):
    shared = shares(free, workers)
    assert set(shared) == set(Face)
    assert min(shared.values()) >= 1
    assert sum(shared.values()) <= free + LEAST * FACES  # nobody is left without any


@given(workers=st.integers(0, 64), more=st.integers(0, 1_000))
def test_where_there_are_enough_every_face_has_what_its_pools_may_open(workers, more):
    wanted = needs(workers)
    shared = shares(sum(wanted.values()) + more, workers)
    assert all(shared[face] >= wanted[face] for face in Face)


@pytest.mark.parametrize("free", [60, 88, 100])
def test_where_there_are_few_examination_has_all_it_needs_and_the_others_share_the_rest(free):
    shared = shares(free, 1)
    assert shared[Face.EXAMINATION] == needs(1)[Face.EXAMINATION]
    assert sum(shared.values()) <= free
    assert min(shared.values()) >= LEAST
