"""Learning through HTTP: who may not, what a page never shows, and credit that no forged request can hurry."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.cast.enrolling import JSON, beat, enrol, start
from tests.cast.site import Site
from training.courses.queries import course_package

COURSE = course_package("low_voltage")
REQUIRED = ("LV-L01", "LV-L04", "LV-L13")
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(scope="module")
def enrolment(site: Site) -> str:
    """Zhang's course, as the training manager enters it on the screen."""
    answer = enrol(site, site.client("zhao"), "zhang")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rsplit("/", 1)[1]


@pytest.fixture
def zhang(site: Site) -> httpx.Client:
    return site.client("zhang")


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
