"""Before the office answers a re-check it sees what the kept evidence gives, and never a question."""

from collections.abc import Iterator

import httpx
import pytest

from exams.evidence.queries import review
from exams.invigilation.actions.supervising import close_room, confirm_breach, note_incident, propose_breach
from exams.results.actions import ask_recheck
from exams.results.queries import result_of_registration
from exams.scoring.rules import Outcome
from host.machine import Machine
from host.wiring import wiring
from kernel.faces import Face
from kernel.jobs import deliver_due
from question_bank.exchange.actions import DATA
from tests.cast.exam_day import Candidate, ExamDay, exam_day
from tests.cast.exam_room import begun, right_answers
from tests.cast.site import serving
from web.frame.work import SESSION_COOKIE


@pytest.fixture(scope="module")
def own_machine(copies) -> Iterator[Machine]:
    """A database of this file's own, which one test breaks into."""
    with copies.migrated() as made:
        yield made


@pytest.fixture(scope="module")
def day(own_machine) -> Iterator[ExamDay]:
    """Three doubt their results: one who answered half, one who was ended for a breach, one who never began."""
    place = own_machine.workplace(wiring(own_machine.settings))
    made = exam_day(place, candidates=3, by_day=True)
    made.open()
    half, cheat, _idle = made.candidates
    first, second = made.invigilators
    sheet = begun(made, half)
    sheet.save(*right_answers(made, sheet.attempt_id, 50))
    sheet.hand_in()
    made.do(first, note_incident, registration_id=half.registration_id, text="鼠标失灵，已更换")
    caught = begun(made, cheat)
    caught.save((1, 1, None))
    made.do(first, propose_breach, registration_id=cheat.registration_id, reason="夹带纸条")
    made.do(second, confirm_breach, registration_id=cheat.registration_id)
    deliver_due(place, Face.EXAMINATION)
    made.do(first, close_room, sitting_id=made.sitting_id)
    deliver_due(place, Face.EXAMINATION)
    made.release()
    for who in made.candidates:
        made.do(who, ask_recheck, result_id=made.result_of(who).id, reason=f"请复核{who.admission_number}")
    yield made
    place.engines.dispose()


@pytest.fixture(scope="module")
def url(day):
    with serving(day.workplace) as site:
        yield site.url


def cards(day: ExamDay, url: str, *, language: str = "en") -> dict[Candidate, str]:
    """The re-check of each candidate on the office's page."""
    cookies = {SESSION_COOKIE: day.officer.token, "anpei_lang": language}
    page = httpx.get(f"{url}/exam-office/rechecks", cookies=cookies, timeout=30).text
    parts = page.split('<section class="card')
    return {who: next(part for part in parts if f"请复核{who.admission_number}" in part) for who in day.candidates}


def test_the_office_sees_marks_counts_receipt_and_the_candidates_lines_of_the_room_record(day, url):
    half, cheat, idle = day.candidates
    seen = cards(day, url)
    assert "The kept evidence gives the recorded result" in seen[half]
    for fact in ("Answered right", "Left unanswered", "Saved steps", "the same", "Incident", "鼠标失灵，已更换"):
        assert fact in seen[half]
    assert "夹带纸条" not in seen[half]
    assert "夹带纸条" in seen[cheat]
    assert "Ended for a breach, by two invigilators" in seen[cheat]
    assert "none is kept: nothing was begun" in seen[idle]
    assert all("The kept evidence gives the recorded result" in card for card in seen.values())
    assert "重新核算的结果与记录的成绩一致" in cards(day, url, language="zh_CN")[half]


def test_counts_add_up_to_the_paper_and_to_the_score(day):
    half = day.candidates[0]
    with day.look(day.officer) as reading:
        result = result_of_registration(reading, half.registration_id)
        assert result is not None
        found = review(reading, result)
    assert (found.steps, found.counts[Outcome.RIGHT], found.counts[Outcome.WRONG]) == (50, 50, 0)
    assert found.counts[Outcome.UNANSWERED] == 50
    assert found.kept.again is not None
    assert found.kept.again.score == result.score


def test_no_question_is_on_the_page(day, url):
    stems = [
        line.split("stem:", 1)[1].strip().strip("\"'")
        for file in sorted((DATA / "low_voltage").glob("**/*.yaml"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if "stem:" in line
    ]
    page = "".join(cards(day, url).values())
    assert stems
    assert [stem for stem in stems if len(stem) > 5 and stem in page] == []


def test_only_the_office_sees_it(day, url):
    for who in (day.invigilators[0], day.candidates[0]):
        answer = httpx.get(f"{url}/exam-office/rechecks", cookies={SESSION_COOKIE: who.token}, timeout=30)
        assert answer.status_code == 403


def test_a_result_that_the_evidence_does_not_give_is_said_with_whom_to_turn_to(day, url, own_machine):
    half, cheat, _ = day.candidates
    with own_machine.embedded.superuser(own_machine.database) as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute(
            "UPDATE exams.attempt_steps SET answer = 'null' WHERE attempt_id = %s AND sequence = 1",
            [day.result_of(half).reference_id],
        )
    seen = cards(day, url)
    assert "The kept evidence does not give the recorded result" in seen[half]
    assert f"The answers of {half.admission_number} are not those" in seen[half]
    assert "another, or none" in seen[half]
    assert "Nothing is marked again from what was altered." in seen[half]
    assert "Nothing is marked again from what was altered." not in seen[cheat]
