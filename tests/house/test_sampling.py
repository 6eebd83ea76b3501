"""What is sampled comes again by its seed, and nothing is left out for ever."""

import pytest

from tests.cast.sampling import SEED, WHOLE, sampled

CASES = range(100)


@pytest.fixture(autouse=True)
def sample(monkeypatch):
    """A run that samples, also where this one does not."""
    monkeypatch.delenv(WHOLE, raising=False)
    monkeypatch.setenv(SEED, "739000")


def test_the_same_seed_gives_the_same_sample():
    assert list(sampled(CASES, "/a", one_in=24)) == list(sampled(CASES, "/a", one_in=24))


@pytest.mark.parametrize("count", [1, 5, 24, 25, 100])
def test_in_so_many_days_every_case_has_come(monkeypatch, count):
    came = set()
    for day in range(24):
        monkeypatch.setenv(SEED, str(739_000 + day))
        today = sampled(range(count), "/a", one_in=24)
        assert 1 <= len(today) <= count / 24 + 1
        came |= set(today)
    assert came == set(range(count))


def test_the_faults_take_all(monkeypatch):
    monkeypatch.setenv(WHOLE, "yes")
    assert list(sampled(CASES, "/a", one_in=24)) == list(CASES)


def test_of_nothing_there_is_no_sample():
    assert list(sampled([], "/a", one_in=24)) == []
