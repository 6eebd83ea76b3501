"""A sitting is called off or annulled on its page, and every candidate reads why on theirs."""

import httpx
import pytest

from exams.attempts.actions.sitting_down import start
from people.access.rules import Role
from tests.cast.exam_day import exam_day, somebody
from tests.cast.site import serving
from web.frame.work import SESSION_COOKIE

REASON = "考点停电，无法开考"


@pytest.fixture(scope="module")
def held(own_workplace):
    """One sitting that waits to be opened, one that is open with somebody at work."""
    waiting, opened = exam_day(own_workplace, by_day=True), exam_day(own_workplace, by_day=True)
    opened.open()
    busy = opened.candidates[0]
    opened.do(busy, start, registration_id=busy.registration_id)
    return waiting, opened


@pytest.fixture(scope="module")
def as_(held):
    with serving(held[0].workplace) as site:

        def client(who) -> httpx.Client:
            made = httpx.Client(base_url=site.url, headers={"Origin": site.url}, timeout=30)
            made.cookies.set("anpei_lang", "en")
            made.cookies.set(SESSION_COOKIE, who.token)
            return made

        yield client


def off(day, how: str) -> str:
    return f"/exam-office/sittings/{day.sitting_id}/off/{how}"


def test_only_the_office_calls_off_and_annuls(held, as_):
    for day, how in zip(held, ("called_off", "annulled"), strict=True):
        for who in (day.invigilators[0], day.candidates[0]):
            assert as_(who).post(off(day, how), data={"reason": REASON}).status_code == 403
    auditor = somebody(held[0].workplace, "周审计", Role.AUDITOR)
    assert as_(auditor).post(off(held[0], "called_off"), data={"reason": REASON}).status_code == 403


def test_what_does_not_fit_is_refused_and_what_was_typed_stays(held, as_):
    waiting, opened = held
    office = as_(waiting.officer)
    short = office.post(off(waiting, "called_off"), data={"reason": "火灾"})
    assert short.status_code == 422
    assert 'id="error-reason"' in short.text
    assert ">火灾</textarea>" in short.text
    long = office.post(off(waiting, "called_off"), data={"reason": "火" * 501})
    assert (long.status_code, 'id="error-reason"' in long.text) == (422, True)
    assert f">{'火' * 501}</textarea>" in long.text
    lines = office.post(off(waiting, "annulled"), data={"reason": "火灾\r\n" * 166})  # 498 in the page, 664 as sent
    assert (lines.status_code, "never opened" in lines.text) == (409, True)
    never = office.post(off(waiting, "annulled"), data={"reason": REASON})
    assert (never.status_code, "never opened" in never.text) == (409, True)
    begun = office.post(off(opened, "called_off"), data={"reason": REASON})
    assert (begun.status_code, "was opened" in begun.text) == (409, True)
    assert office.post(off(opened, "burnt"), data={"reason": REASON}).status_code == 422


def test_a_sitting_that_was_called_off_says_so_to_everybody(held, as_):
    day, _ = held
    office, candidate = as_(day.officer), as_(day.candidates[0])
    assert office.post(off(day, "called_off"), data={"reason": REASON}).status_code == 303
    page = office.get(f"/exam-office/sittings/{day.sitting_id}").text
    assert "never opened" in page
    assert REASON in page
    assert "Call this sitting off" not in page
    assert "Publish the secret" in page
    assert office.post(f"/exam-office/sittings/{day.sitting_id}/steps/reveal").status_code == 303
    for address in ("/registration", f"/registration/{day.candidates[0].registration_id}"):
        shown = candidate.get(address).text
        assert "was called off" in shown
        assert REASON in shown
    assert "This exam does not take place" in candidate.get("/exam-room").text


def test_a_candidate_at_work_is_stopped_with_the_whole_sitting(held, as_):
    _, day = held
    busy, other = day.candidates
    assert as_(day.officer).post(off(day, "annulled"), data={"reason": REASON}).status_code == 303
    candidate = as_(busy)
    assert "This sitting was annulled for everybody" in candidate.get("/exam-room").text
    for who in (busy, other):
        shown = as_(who).get("/registration").text
        assert "was annulled for everybody" in shown
        assert REASON in shown
        assert "It does not count as an attempt" in shown
    listed = as_(day.officer).get("/exam-office?state=annulled").text
    assert str(day.sitting_id) in listed
    console = as_(day.invigilators[0]).get(f"/invigilation/{day.sitting_id}").text
    assert "stopped with the whole sitting" in console
    record = as_(day.invigilators[0]).get(f"/invigilation/{day.sitting_id}/record").text
    assert "Annulled for everybody, by the exam office" in record
    signed = as_(day.invigilators[0]).post(f"/invigilation/{day.sitting_id}/record/sign")
    assert signed.status_code == 303
