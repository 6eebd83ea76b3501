"""The platform's clock is steady: what the machine's calendar does is said, and moves nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from kernel.clock import Clock, passed
from tests.cast.clocks import Calendar


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.mark.parametrize("by", [timedelta(days=3), timedelta(days=-30), timedelta(hours=2)])
def test_a_calendar_that_jumps_moves_nothing_and_is_said(calendar, by):
    clock = Clock(calendar=calendar)
    before = clock.now()
    calendar.jump(by)
    assert timedelta() <= clock.now() - before < timedelta(minutes=1)
    assert abs(clock.jumped() - by) < timedelta(seconds=1)
    assert clock.problem() is not None


def test_what_a_time_server_corrects_every_day_is_no_jump(calendar):
    clock = Clock(calendar=calendar)
    calendar.jump(timedelta(seconds=1))
    assert clock.problem() is None


def test_a_calendar_that_is_set_right_again_has_done_nothing(calendar):
    clock = Clock(calendar=calendar)
    calendar.jump(timedelta(days=3))
    calendar.jump(timedelta(days=-3))
    assert clock.problem() is None


def test_what_a_rehearsal_skips_is_no_jump(calendar):
    clock = Clock(calendar=calendar)
    clock.skip(timedelta(days=3))
    assert clock.problem() is None


def test_a_process_that_starts_after_the_jump_reckons_as_the_others_do(calendar, tmp_path):
    first = Clock(tmp_path / "clock", calendar)
    calendar.jump(timedelta(days=3))
    second = Clock(tmp_path / "clock", calendar)
    assert abs(second.now() - first.now()) < timedelta(minutes=1)
    assert second.problem() is not None


def test_what_one_process_believes_all_of_them_do(calendar, tmp_path):
    first, second = Clock(tmp_path / "clock", calendar), Clock(tmp_path / "clock", calendar)
    calendar.jump(timedelta(days=3))
    first.believe_calendar()
    assert first.problem() is second.problem() is None
    assert abs(second.now() - first.now()) < timedelta(minutes=1)


@pytest.mark.parametrize("kept", ["", "nonsense", "another-boot 0.0\n"])
def test_after_a_boot_the_calendar_is_believed(calendar, tmp_path, kept):
    """How long a machine was off, nothing but its calendar knows."""
    file: Path = tmp_path / "clock"
    file.write_text(kept)
    clock = Clock(file, calendar)
    assert abs(clock.now().timestamp() - calendar()) < 60
    assert file.read_text() != kept
    assert passed() > 0
