"""The seconds between the end of the time and the taking in: the candidate is told so and goes in no circle."""

from datetime import timedelta

import httpx
import pytest

from exams.attempts.actions.finishing import close_overdue
from exams.attempts.rules import GRACE
from kernel.events import Periodic
from kernel.faces import Face
from kernel.jobs import run_periodic
from tests.cast.exam_day import exam_day
from tests.cast.site import running
from tests.integration.web.exams.test_exam_day import JSON, PART, Sitting
from web.app import create_app
from web.frame.work import SESSION_COOKIE


@pytest.fixture
def site(own_workplace):
    """The pages without the worker that takes the papers in."""
    app = create_app(own_workplace, (Face.EXAMINATION,))
    with running(app, own_workplace) as served:
        yield served


def test_a_paper_whose_time_is_over_is_being_taken_in_and_then_shows_its_receipt(site, own_workplace):
    day = exam_day(own_workplace, candidates=1, by_day=True)
    day.open()
    with httpx.Client(base_url=site.url, headers={"Origin": site.url}) as client:
        client.cookies.set(SESSION_COOKIE, day.candidates[0].token)
        client.cookies.set("anpei_lang", "en")
        sitting = Sitting(client, day.candidates[0])
        done = f"{sitting.path}/handed-in"
        assert client.get(done).headers["location"] == sitting.path
        own_workplace.clock.skip(timedelta(minutes=120) + GRACE + timedelta(seconds=1))
        refused = client.post(f"{sitting.path}/desk", json={"desk": "3" * 64}, headers=JSON)
        assert refused.json()["kind"] == "AttemptIsOver"
        waiting = client.get(done)
        assert (waiting.status_code, "Your paper is being taken in" in waiting.text) == (200, True)
        assert f'hx-get="{done}" hx-trigger="every 2s"' in waiting.text
        run_periodic(own_workplace, Periodic(2.0, close_overdue, Face.EXAMINATION, "exams.attempts/close_overdue"))
        taken_in = client.get(done, headers=PART)
        assert "The centre has handed in for you" in taken_in.text
        assert taken_in.text.lstrip().startswith('<div id="handed_in"')
        assert "hx-get" not in taken_in.text
