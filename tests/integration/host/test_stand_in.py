"""`anpei stand-in`: the paper of a demonstration candidate answered from outside, and nobody let in who may not."""

from decimal import Decimal

import httpx
import pytest

from exams.attempts.queries import attempt_of_registration
from exams.attempts.rules import State
from exams.marking.queries import replay
from host.commands.stand_in import paper
from host.commands.stand_in.paper import Keys, answer_to, do_paper, known_answers
from host.commands.stand_in.practical import do_practical
from host.commands.stand_in.visit import InTheWay, Visit
from tests.cast.exam_day import exam_day
from tests.cast.site import serving
from web.frame.work import SESSION_COOKIE

OPTIONS = [{"letter": letter, "text": f"text {letter}"} for letter in "ABCD"]
CHOICE = {"number": 7, "kind": "multiple_choice", "stem": "?", "shown": {"options": OPTIONS}}


@pytest.fixture(scope="module")
def day(own_workplace):
    made = exam_day(own_workplace, candidates=2)
    made.open()
    return made


@pytest.fixture(scope="module")
def url(day):
    with serving(day.workplace) as site:
        yield site.url


def test_a_stand_in_finishes_a_paper_and_passes(url, day, monkeypatch):
    monkeypatch.setattr(paper, "PACE", 0)
    candidate = day.candidates[0]
    with visiting(url, candidate.token) as client:
        visit = Visit("zhang", client)
        assert do_paper(visit) == ["zhang: 100 questions answered, paper handed in."]
        assert do_paper(visit) == []
        assert do_practical([visit]) == []
    with day.look() as reading:
        attempt = attempt_of_registration(reading, candidate.registration_id)
        assert attempt is not None
        assert attempt.state is State.SUBMITTED
        marks = replay(reading, attempt.id)
    assert marks.given == Decimal(100 - 100 // paper.EVERY)


def test_a_paper_that_lies_open_elsewhere_is_not_taken_from_there(url, day):
    candidate = day.candidates[1]
    with visiting(url, candidate.token) as client:
        begun = client.post(f"/exam-room/registrations/{candidate.registration_id}/start").headers["Location"]
        assert client.post(f"{begun}/desk", json={"desk": "a" * 64}).is_success
        with pytest.raises(InTheWay, match="open at another place"):
            do_paper(Visit("zhang", client))


def visiting(url, token):
    client = httpx.Client(base_url=url, headers={"Origin": url}, timeout=30)
    client.cookies.set("anpei_lang", "en")
    client.cookies.set(SESSION_COOKIE, token)
    return client


def test_who_is_no_demonstration_person_is_not_let_in(url):
    with pytest.raises(InTheWay, match="lets no demonstration person in"), Visit.of("nobody", url):
        pass


def test_a_server_that_is_not_there_is_named():
    with (
        pytest.raises(InTheWay, match="Nothing answers"),
        Visit.of("zhang", "http://127.0.0.1:1"),
    ):
        pass


def test_a_question_of_no_published_bank_is_left_alone():
    with pytest.raises(InTheWay, match="Question 7 is not in the sample banks"):
        answer_to(CHOICE, known_answers(), is_right=True)


def test_answers_follow_the_texts_wherever_the_letters_went():
    known: Keys = {"?": {"text B", "text D"}}
    assert answer_to(CHOICE, known, is_right=True) == ["B", "D"]
    assert answer_to(CHOICE, known, is_right=False) == ["A"]
