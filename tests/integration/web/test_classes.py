"""Classes and leaving through HTTP: a class counts once, a wrong one is struck out, who leaves learns no more."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from kernel.actor import ANYONE
from kernel.clock import shanghai_date
from kernel.faces import Face
from tests.cast.enrolling import beat, enrol, person, start
from tests.cast.site import Site
from tests.cast.waiting import until
from training.courses.queries import course_package

COURSE = course_package("low_voltage")
REQUIRED = ("LV-L01", "LV-L04", "LV-L13")
JSON = {"Accept": "application/json"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


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
