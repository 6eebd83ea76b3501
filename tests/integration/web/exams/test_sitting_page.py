"""The page of one sitting: its map of the room, and the queue from which its seats are given."""

import re
from datetime import timedelta

import httpx
import pytest

from exams.bars.actions import bar_person
from exams.centres.actions import take_seat_out_of_use
from exams.registrations.queries import own_registrations
from exams.registrations.rules import State
from exams.sittings.actions import plan_sitting
from exams.standards.rules import Part
from kernel.clock import shanghai_date
from people.access.rules import Role
from tests.cast.exam_day import QUALIFICATION, applied, exam_day, somebody, train
from tests.cast.site import serving
from web.frame.work import SESSION_COOKIE


@pytest.fixture(scope="module")
def day(own_workplace):
    return exam_day(own_workplace, candidates=3, by_day=True)


@pytest.fixture(scope="module")
def as_(day):
    with serving(day.workplace) as site:

        def client(who) -> httpx.Client:
            made = httpx.Client(base_url=site.url, headers={"Origin": site.url}, timeout=30, follow_redirects=True)
            made.cookies.set("anpei_lang", "en")
            made.cookies.set(SESSION_COOKIE, who.token)
            return made

        yield client


def test_the_map_shows_every_seat_and_marks_those_that_are_not_used(day, as_):
    """A seat out of use moves everybody behind it one further: the map showed it as free and left out the last one."""
    taken = {candidate.seat for candidate in day.candidates}
    broken = min(set(range(1, 31)) - taken)
    day.do(day.officer, take_seat_out_of_use, room_id=day.room_id, number=broken, reason="屏幕损坏")
    page = as_(day.officer).get(f"/exam-office/sittings/{day.sitting_id}").text
    cells = re.findall(r'<li class="seat-(\w+)">\s*<span class="seat-number">(\d+)</span>', page)
    shown = {int(number): how for how, number in cells}
    assert sorted(shown) == list(range(1, 37))
    assert shown[broken] == "out"
    assert {number for number, how in shown.items() if how == "taken"} == taken
    assert {number for number, how in shown.items() if how == "spare"} == set(range(32, 37))  # thirty are used
    assert "屏幕损坏" in page


def test_the_officer_is_told_who_of_the_queue_was_passed_over_and_the_person_reads_why(day, as_):
    workplace, now = day.workplace, day.workplace.clock.now()
    people = [somebody(workplace, name, Role.WORKER) for name in ("冯一", "褚二", "卫三")]
    train(workplace, people)
    for person in people:
        applied(workplace, person)
    barred = people[0]
    until = shanghai_date(now) + timedelta(days=300)
    day.do(day.officer, bar_person, person_id=barred.person_id, until=until, reason="替考")
    sitting_id = day.do(
        day.officer,
        plan_sitting,
        room_id=day.room_id,
        qualification=QUALIFICATION,
        part=Part.THEORY,
        starts_at=now + timedelta(days=5),
    )
    office = as_(day.officer)
    answer = office.post(f"/exam-office/sittings/{sitting_id}/seats", data={"count": "2", "order": "lot"})
    assert answer.status_code == 200
    assert "passed over" in answer.text
    assert "冯一" in answer.text
    assert "替考" in answer.text
    shown = re.findall(r'<li class="seat-taken">.*?</li>', answer.text, flags=re.DOTALL)
    assert ["褚二" in "".join(shown), "卫三" in "".join(shown), "冯一" in "".join(shown)] == [True, True, False]
    with day.look(barred) as reading:
        (row,) = own_registrations(reading)
    assert row.state is State.REFUSED
    assert "Your application was refused" in as_(barred).get(f"/registration/{row.id}").text
    broken = office.get(f"/exam-office/sittings/{sitting_id}?passed=x&passed={sitting_id}")
    assert (broken.status_code, "passed over" in broken.text) == (200, False)
