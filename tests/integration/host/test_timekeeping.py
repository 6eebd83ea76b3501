"""The machine's clock jumps while people sit an exam: no paper is taken, no time is given, and everybody is told."""

from datetime import timedelta

import pytest

from exams.attempts.actions.finishing import close_overdue
from exams.attempts.rules import State
from host.timekeeping import Timekeeper, accept
from kernel.actor import platform
from kernel.clock import Clock
from kernel.faces import Face
from kernel.work import Workplace
from tests.cast.clocks import Calendar
from tests.cast.exam_day import exam_day
from tests.cast.exam_room import begun


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def place(workplace, calendar) -> Workplace:
    """The same platform on a machine whose clock can jump."""
    clock = Clock(calendar=calendar)
    return Workplace(settings=workplace.settings, engines=workplace.engines, wiring=workplace.wiring, clock=clock)


def collect(place: Workplace) -> None:
    with place.transaction(platform("close overdue"), Face.EXAMINATION) as work:
        close_overdue(work)


@pytest.mark.parametrize("by", [timedelta(days=3), timedelta(days=-30)])
def test_while_people_sit_a_jump_takes_no_paper_and_gives_no_time_and_is_said(place, calendar, capsys, by):
    day = exam_day(place, candidates=2)
    day.open()
    sheets = [begun(day, who) for who in day.candidates]
    left = sheets[0].row.deadline - place.clock.now()
    keeper = Timekeeper(place, tuple(Face))
    calendar.jump(by)
    for _ in range(3):
        keeper.look()
        collect(place)
    assert [sheet.row.state for sheet in sheets] == [State.OPEN, State.OPEN]
    assert timedelta() <= left - (sheets[0].row.deadline - place.clock.now()) < timedelta(minutes=1)
    assert capsys.readouterr().out.count("the clock has jumped while exams are held") == 1
    assert place.clock.problem() is not None
    accept(place, Face.REGISTRY)
    collect(place)
    assert {sheet.row.state for sheet in sheets} == {State.RUN_OUT if by > timedelta() else State.OPEN}
