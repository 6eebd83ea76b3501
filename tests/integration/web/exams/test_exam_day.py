"""The exam room and the console over HTTP: who may not, then who may; pages and their parts; bad input."""

import secrets
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from exams.attempts import queries
from kernel.actor import ANYONE
from kernel.faces import Face
from people.access.rules import Role
from tests.cast.exam_day import ExamDay, Someone, exam_day, somebody
from tests.cast.site import serving
from web.frame.work import SESSION_COOKIE

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def day(own_workplace) -> ExamDay:
    made = exam_day(own_workplace, candidates=8, by_day=True)
    made.open()
    return made


@pytest.fixture(scope="module")
def url(day):
    with serving(day.workplace) as site:
        yield site.url


@pytest.fixture(scope="module")
def busy(url, day):
    """A candidate at work: whichever test comes first, the paper is open."""
    who = day.candidates[3]
    with httpx.Client(base_url=url, headers={"Origin": url}, cookies={SESSION_COOKIE: who.token}) as client:
        Sitting(client, who)
    return who


@pytest.fixture
def as_(url):
    opened: list[httpx.Client] = []

    def client(who: Someone | None = None) -> httpx.Client:
        made = httpx.Client(base_url=url, headers={"Origin": url}, timeout=30)
        made.cookies.set("anpei_lang", "en")
        if who is not None:
            made.cookies.set(SESSION_COOKIE, who.token)
        opened.append(made)
        return made

    yield client
    for each in opened:
        each.close()


class Sitting:
    """A candidate whose paper is open."""

    def __init__(self, client: httpx.Client, who) -> None:
        self.client = client
        started = client.post(f"/exam-room/registrations/{who.registration_id}/start")
        assert started.status_code == 303
        self.path = started.headers["location"]
        self.attempt = self.path.rsplit("/", 1)[1]
        self.desk = secrets.token_hex(32)
        self.given = client.post(f"{self.path}/desk", json={"desk": self.desk}, headers=JSON).json()

    def save(self, **changes):
        step = {"sequence": 1, "question": 1, "act": "answer", "answer": True, "flagged": False, "page_ms": 9} | changes
        body = {"attempt": self.attempt, "desk": self.desk, "steps": [step]}
        return self.client.put("/exam-room/answers", json=body, headers=JSON)


# who may not


def test_a_stranger_is_sent_to_the_sign_in(as_, day):
    for path in ("/exam-room", "/invigilation", f"/invigilation/{day.sitting_id}"):
        answer = as_().get(path)
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in")
    answer = as_().put(
        "/exam-room/answers",
        json={
            "attempt": str(uuid4()),
            "desk": "0" * 64,
            "steps": [{"sequence": 1, "question": 1, "act": "answer", "answer": True, "flagged": False, "page_ms": 9}],
        },
        headers=JSON,
    )
    assert (answer.status_code, answer.json()["kind"]) == (401, "SignInFirst")


def test_candidates_do_not_invigilate_and_invigilators_do_not_sit(as_, day):
    candidate, invigilator = as_(day.candidates[0]), as_(day.invigilators[0])
    assert candidate.get("/invigilation").status_code == 403
    assert candidate.get(f"/invigilation/{day.sitting_id}").status_code == 403
    assert invigilator.get("/exam-room").status_code == 403


def test_an_invigilator_of_another_room_sees_nothing_of_this_one(as_, day):
    client = as_(somebody(day.workplace, "李外人", Role.INVIGILATOR))
    at = f"/invigilation/{day.sitting_id}"
    about = f"{at}/candidates/{day.candidates[0].registration_id}"
    for path in (at, about, f"{about}/photo", f"{at}/record"):
        assert client.get(path).status_code == 409, path
    for path in (f"{about}/id-number", f"{about}/check-in", f"{at}/open", f"{at}/close", f"{at}/record/sign"):
        answer = client.post(path)
        assert answer.status_code == 409, path
        assert day.candidates[0].actor.name not in answer.text


def test_a_candidate_reaches_nobody_elses_paper(as_, day):
    mine, theirs = Sitting(as_(day.candidates[1]), day.candidates[1]), as_(day.candidates[2])
    for path in (mine.path, f"{mine.path}/state", f"{mine.path}/handed-in"):
        assert theirs.get(path).status_code == 404
    body = {"desk": mine.desk}
    for path in (f"{mine.path}/desk", f"{mine.path}/hand-in"):
        assert theirs.post(path, json=body, headers=JSON).json()["kind"] == "NoSuchAttempt"
    assert theirs.post(f"/exam-room/registrations/{day.candidates[1].registration_id}/start").status_code == 404


# who may


def test_a_paper_is_one_document_with_the_time_by_the_centres_clock(as_, day):
    sitting = Sitting(as_(day.candidates[0]), day.candidates[0])
    assert set(sitting.given) == {"paper", "standing", "sequence", "now", "deadline"}
    assert len(sitting.given["paper"]["questions"]) == 100
    saved = sitting.save().json()
    assert (saved["saved"], saved["sequence"]) == ([1], 1)
    assert sitting.save(sequence=101).json()["saved"] == [101]
    assert sitting.client.get(f"{sitting.path}/state").json()["sequence"] == 101
    again = sitting.client.post(f"{sitting.path}/desk", json={"desk": "1" * 64, "before": [sitting.desk]}, headers=JSON)
    assert again.json()["standing"] == {"1": {"answer": True, "flagged": False}}


def test_a_refusal_says_which_and_why(as_, day):
    sitting = Sitting(as_(day.candidates[4]), day.candidates[4])
    for answer in ("A", ["A"], {"value": True}, 1, "x" * 3000):
        assert sitting.save(answer=answer).json()["kind"] == "AnswerDoesNotFit"
    assert sitting.save(act="look").json()["kind"] == "AnswerDoesNotFit"
    for changes in ({"act": "glance"}, {"page_ms": -1}, {"page_ms": 1.5}):
        assert sitting.save(**changes).status_code == 422
    sitting.save()
    assert sitting.save(answer=False).json()["kind"] == "OutOfStep"
    other = sitting.client.post(f"{sitting.path}/desk", json={"desk": "2" * 64}, headers=JSON)
    assert (other.status_code, other.json()["kind"]) == (409, "OpenElsewhere")
    sitting.client.post(f"{sitting.path}/hand-in", json={"desk": sitting.desk}, headers=JSON)
    assert sitting.save(sequence=2).json()["kind"] == "AttemptIsOver"
    assert sitting.client.get(sitting.path).headers["location"].endswith("/handed-in")


@pytest.mark.parametrize(
    "changes", [{"sequence": 0}, {"sequence": "x"}, {"question": 10**9}, {"answer": "A" * 99}, {"flagged": None}]
)
def test_what_no_page_of_ours_sends_is_refused_and_nothing_breaks(as_, day, changes):
    sitting = Sitting(as_(day.candidates[5]), day.candidates[5])
    assert sitting.save(**changes).status_code == 422
    assert sitting.client.put("/exam-room/answers", content=b"{", headers=JSON).status_code == 422


def test_the_console_comes_whole_and_in_parts(as_, day, busy):
    client, at = as_(day.invigilators[0]), f"/invigilation/{day.sitting_id}"
    about = f"{at}/candidates/{busy.registration_id}"
    assert "<html" in client.get(at).text
    room = client.get(f"{at}/room?chosen={busy.registration_id}", headers=PART).text
    assert room.lstrip().startswith('<section id="room"')
    assert 'aria-current="true"' in room
    assert 'aria-current="true"' not in client.get(f"{at}/room?chosen=", headers=PART).text
    one = client.get(f"{about}?act=give-time", headers=PART).text
    assert one.lstrip().startswith('<div id="console"')
    assert 'name="minutes"' in one


def test_a_console_that_is_signed_out_loads_the_page_anew(as_, day):
    answer = as_().get(f"/invigilation/{day.sitting_id}/room", headers=PART)
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (401, "true")


def test_the_address_of_an_act_opens_its_form(as_, day, busy):
    client = as_(day.invigilators[0])
    about = f"/invigilation/{day.sitting_id}/candidates/{busy.registration_id}"
    assert client.get(f"{about}/give-time").headers["location"] == f"{about}?act=give-time"
    assert client.get(f"{about}/id-number").headers["location"] == about


def test_a_refused_act_keeps_what_was_typed(as_, day, busy):
    client = as_(day.invigilators[0])
    about = f"/invigilation/{day.sitting_id}/candidates/{busy.registration_id}"
    answer = client.post(f"{about}/give-time", data={"minutes": "15", "reason": " "})
    assert answer.status_code == 422
    assert "Say why; the reason goes into the room record." in answer.text
    assert '<option value="15" selected>' in answer.text
    assert client.post(f"{about}/give-time", data={"minutes": "½", "reason": "x"}).status_code == 422
    assert client.post(f"{about}/no-such-act").status_code == 404
    long = client.post(f"{about}/give-time", data={"minutes": "15", "reason": "停" * 2_001})
    assert (long.status_code, 'id="error-reason"' in long.text) == (422, True)
    assert '<option value="15" selected>' in long.text
    moved = client.post(f"{about}/move", data={"seat": "99", "reason": "broken"})
    assert (moved.status_code, "This room has no seat 99." in moved.text) == (422, True)


@pytest.mark.parametrize(
    ("act", "more"), [("move", {"seat": "9"}), ("give-time", {"minutes": "5"}), ("propose-breach", {}), ("note", {})]
)
def test_an_act_without_a_reason_is_refused_at_its_field(as_, day, busy, act, more):
    about = f"/invigilation/{day.sitting_id}/candidates/{busy.registration_id}"
    refused = as_(day.invigilators[0]).post(f"{about}/{act}", data={"reason": "\u3000", **more})
    assert refused.status_code == 422
    assert "Say why; the reason goes into the room record." in refused.text
    assert 'id="error-reason"' in refused.text


def test_a_whole_id_number_is_shown_on_demand_and_every_look_is_audited(as_, day):
    client, who = as_(day.invigilators[1]), day.candidates[6]
    about = f"/invigilation/{day.sitting_id}/candidates/{who.registration_id}"
    with day.workplace.reading(ANYONE, Face.REGISTRY) as reading:
        number = reading.session.scalar(
            text("SELECT number FROM people.identity_documents WHERE person_id = :id"), {"id": who.person_id}
        )
    assert number not in client.get(about).text
    assert number in client.post(f"{about}/id-number").text
    with day.workplace.reading(ANYONE, Face.REGISTRY) as reading:
        looks = reading.session.execute(
            text("SELECT actor_name FROM kernel.audit WHERE name = 'people.id_number_shown' AND subject = :id"),
            {"id": who.person_id},
        ).scalars()
        assert list(looks) == [day.invigilators[1].actor.name]


def test_an_incident_is_written_down_and_the_record_can_be_read(as_, day):
    client, at = as_(day.invigilators[0]), f"/invigilation/{day.sitting_id}"
    assert client.post(f"{at}/notes", data={"reason": ""}).status_code == 422
    long = client.post(f"{at}/notes", data={"reason": "记" * 2_001})
    assert (long.status_code, f">{'记' * 2_001}</textarea>" in long.text) == (422, True)
    assert client.post(f"{at}/notes", data={"reason": "<b>Light</b> failed"}).status_code == 303
    assert "&lt;b&gt;Light&lt;/b&gt; failed" in client.get(f"{at}/record").text
    assert client.post(f"{at}/record/sign").status_code == 409


def test_a_breach_is_decided_on_the_console_after_the_candidate_has_handed_in(as_, day):
    first, second = (as_(one) for one in day.invigilators)
    who = day.candidates[2]
    at = f"/invigilation/{day.sitting_id}"
    about = f"{at}/candidates/{who.registration_id}"
    sitting = Sitting(as_(who), who)
    sitting.client.post(f"{sitting.path}/hand-in", json={"desk": sitting.desk}, headers=JSON)
    assert first.post(f"{about}/propose-breach", data={"reason": "phone"}).status_code == 303
    assert "Another invigilator must confirm it" in first.get(about).text
    assert "It was no breach" in first.get(about).text
    assert first.post(f"{about}/confirm-breach").status_code == 409
    refused = second.post(f"{about}/dismiss-breach", data={"reason": " "})
    assert (refused.status_code, "Say why; the reason goes into the room record." in refused.text) == (422, True)
    assert second.post(f"{about}/dismiss-breach", data={"reason": "a calculator, allowed"}).status_code == 303
    assert "a calculator, allowed" in first.get(f"{at}/record").text
    second.post(f"{about}/propose-breach", data={"reason": "phone after all"})
    assert "Cancel the exam of" in first.get(about).text
    assert first.post(f"{about}/confirm-breach").status_code == 303
    assert "ended for a breach" in first.get(about).text
    assert "Two invigilators have ended your exam" in sitting.client.get(f"{sitting.path}/handed-in").text
    assert "Two invigilators have ended your exam" in sitting.client.get("/exam-room").text


def test_a_room_where_somebody_works_is_not_closed(as_, day):
    Sitting(as_(day.candidates[7]), day.candidates[7])
    answer = as_(day.invigilators[0]).post(f"/invigilation/{day.sitting_id}/close")
    assert answer.status_code == 409
    assert "Candidates still working" in answer.text
    with day.look() as reading:
        assert queries.open_attempts(reading, day.sitting_id) > 0


def test_checking_in_takes_a_look_at_the_person_and_happens_once(as_, day):
    about = f"/invigilation/{day.sitting_id}/candidates/{day.candidates[0].registration_id}"
    untold = as_(day.invigilators[0]).post(f"{about}/check-in")
    assert (untold.status_code, "then confirm it here" in untold.text) == (422, True)
    answer = as_(day.invigilators[0]).post(f"{about}/check-in", data={"compared": "yes"})
    assert (answer.status_code, "checked in already" in answer.text) == (409, True)
