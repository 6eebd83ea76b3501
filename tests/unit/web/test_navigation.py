"""The menu: every package brings its own places, and together they stand in one order."""

from types import SimpleNamespace

import pytest

from kernel.faces import Face
from web.app import PACKAGES
from web.frame.navigation import Entry, Reach, assembled, entries_for

MENU = [
    ("", "/"),
    ("", "/my-learning"),
    ("", "/registration"),
    ("", "/exam-room"),
    ("", "/results"),
    ("Training", "/enrolment"),
    ("Enterprise", "/staff"),
    ("Enterprise", "/staff-import"),
    ("Certificates", "/issuing"),
    ("Enterprise", "/board"),
    ("Oversight", "/separation"),
    ("My own", "/my-certificates"),
    ("Questions", "/authoring"),
    ("Examination", "/exam-office"),
    ("Examination", "/invigilation"),
    ("Examination", "/practical"),
    ("Examination", "/practical"),
    ("", "/my-practical"),
    ("", "/extinguisher-practice"),
    ("Administration", "/accounts"),
    ("Administration", "/organisations"),
    ("For everybody", "/verify"),
]


@pytest.fixture
def entries() -> tuple[Entry, ...]:
    return assembled(*(package.entries for package in PACKAGES))


def test_the_places_that_people_know_keep_their_order(entries):
    """A new one may stand anywhere between them."""
    places = [(entry.section, entry.href) for entry in entries]
    assert [place for place in places if place in MENU] == MENU


def test_the_order_does_not_hang_on_the_order_of_the_packages(entries):
    assert assembled(*(package.entries for package in reversed(PACKAGES))) == entries


def test_no_two_places_stand_at_the_same_place(entries):
    assert len({entry.at for entry in entries}) == len(entries)


def test_every_place_is_an_address_that_a_package_answers(entries):
    answered = {"/"} | {router.prefix for each in PACKAGES for routers in each.by_face.values() for router in routers}
    assert {entry.href for entry in entries} <= answered


def test_a_visitor_goes_nowhere_and_a_person_where_they_may(entries):
    assert entries_for(None, entries, Reach()) == ()
    assert entries_for(SimpleNamespace(account_id=None), entries, Reach()) == ()
    learner = SimpleNamespace(account_id="1", may=lambda needed: needed == "training:study:learn")
    assert [entry.href for entry in entries_for(learner, entries, Reach())] == ["/", "/my-learning", "/verify"]


def test_a_place_on_another_host_is_left_out_or_linked_there(entries):
    everybody = SimpleNamespace(account_id="1", may=lambda _: True)
    screens = {"/exam-room": Face.EXAMINATION, "/authoring": Face.AUTHORING}
    reach = Reach(screens, frozenset({Face.LEARNING}), {Face.EXAMINATION: "https://exams.example/"})
    shown = [entry.href for entry in entries_for(everybody, entries, reach)]
    assert "https://exams.example/exam-room" in shown
    assert "/authoring" not in shown
