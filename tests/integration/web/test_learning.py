"""Learning through HTTP: who may not, what a page never shows, and credit that no forged request can hurry."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from kernel.actor import ANYONE
from kernel.clock import shanghai_date
from kernel.faces import Face
from people.accounts.queries import actor_of_account
from tests.cast.site import Site
from tests.cast.waiting import until
from training.courses.queries import course_package

COURSE = course_package("low_voltage")
REQUIRED = ("LV-L01", "LV-L04", "LV-L13")
JSON = {"Accept": "application/json"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def person(site: Site, username: str) -> str:
    with site.workplace.reading(ANYONE, Face.REGISTRY) as reading:
        actor = actor_of_account(reading, username)
        assert actor is not None
        return str(actor.person_id)


def enrol(site: Site, client: httpx.Client, who: str, **changes: object) -> httpx.Response:
    typed = {
        "person": person(site, who),
        "course": "low_voltage",
        "kind": "initial",
        "teachers": [person(site, "wu")],
        "demonstration": "yes",
    }
    return client.post("/enrolment/new", params={"q": "张伟强"}, data=typed | changes)


@pytest.fixture(scope="module")
def enrolment(site: Site) -> str:
    """Zhang's course, as the training manager enters it on the screen."""
    answer = enrol(site, site.client("zhao"), "zhang")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rsplit("/", 1)[1]


@pytest.fixture
def zhang(site: Site) -> httpx.Client:
    return site.client("zhang")


def start(client: httpx.Client, enrolment: str, code: str = "LV-L01") -> dict[str, Any]:
    answer = client.post(f"/lesson/{enrolment}/{code}/sessions", headers=JSON)
    assert answer.status_code == 200, answer.text
    opened: dict[str, Any] = answer.json()
    return opened


def beat(client: httpx.Client, session: str, sequence: int, **more: object) -> httpx.Response:
    return client.post("/lesson/beats", json={"session": session, "sequence": sequence} | more, headers=JSON)


@pytest.mark.parametrize(
    ("path", "who", "status"),
    [
        ("/my-learning", None, 303),
        ("/my-learning", "zhao", 403),
        ("/enrolment", None, 303),
        ("/enrolment", "zhang", 403),
        ("/enrolment/new", "wu", 403),
        ("/enrolment/classes/new", "zhang", 403),
        ("/enrolment", "wu", 200),
        ("/enrolment/new", "zhao", 200),
        ("/enrolment/classes/new", "wu", 200),
        ("/my-learning", "zhang", 200),
    ],
)
def test_who_may_open_which_screen(site, enrolment, path, who, status):
    assert site.client(who).get(path).status_code == status


def test_a_refused_enrolment_keeps_what_was_typed_and_says_why(site, enrolment):
    answer = enrol(site, site.client("zhao"), "zhang", teachers=[])
    assert answer.status_code == 409
    assert "Name at least one teacher" in answer.text
    assert re.search(r'value="low_voltage"\s+selected', answer.text)


def test_an_enrolment_that_cannot_be_read_names_the_field(site, enrolment):
    answer = enrol(site, site.client("zhao"), "zhang", person="nobody", kind="sideways")
    assert answer.status_code == 422
    assert 'href="#field-person"' in answer.text
    assert 'href="#field-kind"' in answer.text


def test_nobody_is_enrolled_twice(site, enrolment):
    answer = enrol(site, site.client("zhao"), "zhang")
    assert answer.status_code == 409
    assert "already enrolled" in answer.text


def test_a_worker_cannot_enrol_by_sending_the_form(site, enrolment, zhang):
    assert enrol(site, zhang, "zhang").status_code == 403


def test_the_learner_sees_the_course_and_the_provider_the_learner(site, enrolment, zhang):
    page = zhang.get("/my-learning").text
    assert "Low-voltage electrical work" in page
    assert f"/lesson/{enrolment}/LV-L01" in page
    assert "张伟强" in site.client("zhao").get("/enrolment").text
    assert site.client("zhao").get(f"/enrolment/{enrolment}").status_code == 200


def test_a_lesson_of_somebody_else_is_not_there(site, enrolment):
    other = site.client("li")
    for path in ("", "/completion", "/media/certificate-check.svg"):
        assert other.get(f"/lesson/{enrolment}/LV-L01{path}").status_code == 404
    assert other.post(f"/lesson/{enrolment}/LV-L01/sessions", headers=JSON).status_code == 404


def test_a_lesson_page_holds_no_key_and_no_reason(enrolment, zhang):
    page = zhang.get(f"/lesson/{enrolment}/LV-L01").text
    checks = COURSE.lessons[0].checks
    assert all(check.stem in page for check in checks)
    assert not any(check.reason in page for check in checks)


def test_a_video_comes_in_ranges_and_only_media_are_served(site, enrolment, zhang):
    video = f"/lesson/{enrolment}/LV-L13/media/isolation.mp4"
    part = zhang.get(video, headers={"Range": "bytes=100-199"})
    assert (part.status_code, len(part.content), part.headers["content-type"]) == (206, 100, "video/mp4")
    whole = zhang.get(video)
    size = len(whole.content)
    assert (part.content, part.headers["content-range"]) == (whole.content[100:200], f"bytes 100-199/{size}")
    last = zhang.get(video, headers={"Range": "bytes=-5"})
    assert (last.status_code, last.content) == (206, whole.content[-5:])
    beyond = zhang.get(video, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    assert zhang.get(video, headers={"If-None-Match": whole.headers["etag"]}).status_code == 304
    other = zhang.get(video, headers={"Range": "bytes=0-9", "If-Range": '"another film"'})
    assert (other.status_code, len(other.content)) == (200, size)
    for several in ("bytes=0-1,5-6", "bytes=9-3", "bytes=-", "lines=1-2"):
        assert zhang.get(video, headers={"Range": several}).status_code == 200
    captions = zhang.get(f"/lesson/{enrolment}/LV-L13/media/isolation.zh.vtt")
    assert captions.headers["content-type"].startswith("text/vtt")
    assert site.client().get(video).status_code == 303
    for name in ("lesson.yaml", "lesson.md", "..%2Fcourse.yaml", "%2e%2e%2f%2e%2e%2foutlines.yaml", "nothing.svg"):
        assert zhang.get(f"/lesson/{enrolment}/LV-L13/media/{name}").status_code == 404


def test_a_wrong_answer_is_told_why_without_the_key_and_the_right_one_stays(enrolment, zhang):
    check = COURSE.lessons[0].checks[0]
    address = f"/lesson/{enrolment}/LV-L01/checks/{check.id}"
    wrong = "true" if check.key == "false" else "false"
    part = zhang.post(address, data={"answer": wrong}, headers=PART)
    assert part.status_code == 200
    assert "<html" not in part.text
    assert check.reason in part.text
    assert "check-wrong" in part.text
    whole = zhang.post(address, data={"answer": check.key})
    assert "<html" in whole.text
    assert "check-right" in whole.text
    assert "Answered correctly before" in zhang.get(f"/lesson/{enrolment}/LV-L01").text
    assert zhang.post(address, data={}, headers=PART).status_code == 422
    assert zhang.post(f"/lesson/{enrolment}/LV-L01/checks/none", data={"answer": "true"}).status_code == 404


def test_beats_of_nobody_of_others_and_without_sense_are_refused(site, enrolment, zhang):
    session = start(zhang, enrolment)["session"]
    assert beat(site.client(), session, 1).status_code == 401
    assert beat(site.client("li"), session, 1).status_code == 404
    assert beat(zhang, str(uuid4()), 1).status_code == 404
    for nonsense in ({"sequence": 0}, {"sequence": 2**63}, {"played": [-1, 5]}, {"place": 5_000}, {"session": "x"}):
        sent = {"session": session, "sequence": 1} | nonsense
        assert zhang.post("/lesson/beats", json=sent, headers=JSON).status_code == 422


def test_many_forged_beats_at_once_credit_no_more_than_the_clock_shows(site, enrolment, zhang):
    begun = monotonic()
    opened = start(zhang, enrolment, "LV-L02")
    site.workplace.clock.skip(timedelta(seconds=20))
    with ThreadPoolExecutor(12) as together:
        answers = list(together.map(lambda number: beat(zhang, opened["session"], number), range(1, 61)))
    assert {answer.status_code for answer in answers} == {200}
    credited = max(answer.json()["credited_ms"] for answer in answers) - opened["credited_ms"]
    assert 20_000 <= credited <= (20 + monotonic() - begun) * 1_000


def test_a_second_tab_ends_the_first_which_is_told(site, enrolment, zhang):
    first = start(zhang, enrolment, "LV-L02")["session"]
    start(site.client("zhang"), enrolment, "LV-L03")
    site.workplace.clock.skip(timedelta(seconds=10))
    assert beat(zhang, first, 1).json()["ended"] == "elsewhere"


def test_a_presence_check_comes_and_silence_takes_the_minutes_back(site, enrolment, zhang):
    opened = start(zhang, enrolment, "LV-L05")
    told: dict[str, Any] = {"answer_within": None}
    sequence = 0
    while told["answer_within"] is None:
        site.workplace.clock.skip(timedelta(seconds=10))
        sequence += 1
        told = beat(zhang, opened["session"], sequence).json()
        assert sequence < 10
    assert 0 < told["answer_within"] <= 60
    answered = zhang.post("/lesson/presence", json={"session": opened["session"]}, headers=JSON).json()
    assert (answered["ended"], answered["credited_ms"]) == (None, told["credited_ms"])
    kept = told["credited_ms"]
    told = {"answer_within": None}
    while told["answer_within"] is None:
        site.workplace.clock.skip(timedelta(seconds=10))
        sequence += 1
        told = beat(zhang, opened["session"], sequence).json()
        assert sequence < 20
    site.workplace.clock.skip(timedelta(seconds=90))
    missed = beat(zhang, opened["session"], sequence + 1).json()
    assert (missed["ended"], missed["credited_ms"]) == ("absent", kept)


def learn(site: Site, client: httpx.Client, enrolment: str, code: str) -> httpx.Response:
    """Study a lesson as its page does, with the clock set forward."""
    lesson = next(each for each in COURSE.lessons if each.code == code)
    session = start(client, enrolment, code)["session"]
    seconds = max(lesson.minutes * 8, (lesson.video.length_ms // 1_000 if lesson.video else 0)) + 10
    for sequence, second in enumerate(range(0, seconds, 10), start=1):
        site.workplace.clock.skip(timedelta(seconds=10))
        told = beat(client, session, sequence, played=[second * 1_000, second * 1_000 + 10_000]).json()
        if told["answer_within"] is not None:
            client.post("/lesson/presence", json={"session": session}, headers=JSON)
    for check in lesson.checks:
        client.post(f"/lesson/{enrolment}/{code}/checks/{check.id}", data={"answer": check.key}, headers=PART)
    return client.post(f"/lesson/{enrolment}/{code}/complete")


def test_a_lesson_is_not_finished_by_asking_and_the_course_ends_in_one_fact(site, enrolment, zhang):
    refused = zhang.post(f"/lesson/{enrolment}/LV-L04/complete")
    assert refused.status_code == 409
    assert "of study" in refused.text
    early = zhang.post(f"/my-learning/{enrolment}/hand-over")
    assert early.status_code == 409
    answers = [learn(site, zhang, enrolment, code) for code in REQUIRED]
    assert [answer.headers["location"] for answer in answers] == [
        f"/lesson/{enrolment}/LV-L04",
        f"/lesson/{enrolment}/LV-L13",
        "/my-learning",
    ]
    page = zhang.get("/my-learning").text
    assert "have been handed over" in page
    assert 'href="/registration"' in page
    assert zhang.post(f"/my-learning/{enrolment}/hand-over").status_code == 409
    assert zhang.post(f"/lesson/{enrolment}/LV-L01/sessions", headers=JSON).status_code == 409
    assert zhang.get(f"/lesson/{enrolment}/LV-L01").status_code == 200


@pytest.fixture(scope="module")
def learner(site: Site) -> str:
    """Li's course without the shortened outline."""
    made = enrol(site, site.client("zhao"), "li", demonstration="")
    assert made.status_code == 303
    return made.headers["location"].rsplit("/", 1)[1]


def a_class(site: Site, learner: str, **changes: object) -> dict[str, object]:
    return {
        "qualification": "low_voltage",
        "part": "practical",
        "subject": "Wiring",
        "place": "Workshop",
        "begins": "00:00",
        "hours": "4",
        "teacher": person(site, "wu"),
        "learners": [learner],
    } | changes


def credited(site: Site, enrolment: str) -> Decimal:
    """What an enterprise and the authority see of the hours."""
    with site.workplace.reading(ANYONE, Face.REGISTRY) as reading:
        summary = text("SELECT hours_credited FROM training.progress_summary WHERE enrolment_id = :id")
        hours = reading.session.scalar(summary, {"id": enrolment})
        assert isinstance(hours, Decimal)
        return hours


def test_a_class_is_refused_with_its_fields_and_kept_when_right(site, learner):
    manager = site.client("zhao")
    typed = a_class(site, learner)
    wrong = manager.post(
        "/enrolment/classes/new", data=typed | {"held_on": "someday", "begins": "dawn", "hours": "many"}
    )
    assert wrong.status_code == 422
    for field in ("held_on", "begins", "hours"):
        assert f'href="#field-{field}"' in wrong.text
    assert 'value="Workshop"' in wrong.text
    too_early = manager.post("/enrolment/classes/new", data=typed | {"held_on": "2020-01-01"})
    assert too_early.status_code == 409
    assert "not enrolled yet on 2020-01-01" in too_early.text


def test_a_class_counts_once_and_a_wrong_one_is_struck_out_on_its_page(site, learner):
    held_on = shanghai_date(site.workplace.clock.now()).isoformat()
    site.workplace.clock.skip(timedelta(hours=24))
    manager = site.client("zhao")
    typed = a_class(site, learner, held_on=held_on)
    kept = manager.post("/enrolment/classes/new", data=typed)
    assert kept.status_code == 303, kept.text
    assert "4 of 60" in manager.get(f"/enrolment/{learner}").text
    again = manager.post("/enrolment/classes/new", data=typed)
    assert again.status_code == 409
    assert "at the same time as this one" in again.text
    assert credited(site, learner) == Decimal(4)

    address = kept.headers["location"]
    assert "Wiring" in manager.get("/enrolment/classes").text
    assert site.client("zhang").get(address).status_code == 403
    unsaid = manager.post(f"{address}/strikes", data={"learners": [learner], "reason": ""})
    assert unsaid.status_code == 422
    assert 'href="#field-reason"' in unsaid.text
    assert manager.post(f"{address}/strikes", data={"learners": [learner], "reason": "Ill"}).status_code == 303
    assert "Ill" in manager.get(address).text
    assert "0 of 60" in manager.get(f"/enrolment/{learner}").text
    assert credited(site, learner) == 0


def test_a_learner_leaves_a_course_and_the_provider_sees_it(site, learner):
    li, manager = site.client("li"), site.client("zhao")
    assert f"/my-learning/{learner}/leaving" in li.get("/my-learning").text
    assert site.client("zhang").post(f"/my-learning/{learner}/leaving").status_code == 404
    assert li.post(f"/my-learning/{learner}/leaving").status_code == 303
    assert f"/my-learning/{learner}/leaving" not in li.get("/my-learning").text
    assert "left the course by themselves" in manager.get(f"/enrolment/{learner}").text


def test_a_provider_withdraws_a_learner_with_a_reason_and_a_lesson_that_is_open_stops(site):
    manager, li = site.client("zhao"), site.client("li")
    made = enrol(site, manager, "li", demonstration="").headers["location"].rsplit("/", 1)[1]
    session = start(li, made)["session"]
    assert "Withdraw this learner" in manager.get(f"/enrolment/{made}").text
    assert "Withdraw this learner" not in site.client("wu").get(f"/enrolment/{made}").text
    assert site.client("wu").post(f"/enrolment/{made}/withdrawal", data={"reason": "x"}).status_code == 403
    unsaid = manager.post(f"/enrolment/{made}/withdrawal", data={"reason": " "})
    assert unsaid.status_code == 422
    assert 'href="#field-reason"' in unsaid.text
    assert manager.post(f"/enrolment/{made}/withdrawal", data={"reason": "Moved to Nanjing"}).status_code == 303
    assert "Moved to Nanjing" in manager.get(f"/enrolment/{made}").text
    sequence = iter(range(1, 1_000))
    until(
        lambda: beat(li, session, next(sequence)).json()["ended"] == "withdrawn",
        "the lesson went on after its learner was withdrawn",
    )
