"""A result on the candidate's phone: nothing before the release, then score and weak points, then a re-check."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from exams.centres.queries import pool, rooms
from exams.centres.rules import Duty, RoomKind
from exams.registrations.actions import accept_eligibility, apply, note_attendance
from exams.results.actions import record_result
from exams.results.rules import WeakPoint
from exams.sittings import actions as sittings
from exams.standards.rules import Part
from kernel.actor import Actor, platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from people.accounts import queries as accounts
from tests.cast.site import Site
from tests.cast.two_people import released


class Day:
    """Zhang's theory exam from seat to hand-in, its deeds at the moments at which they would be done."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.now = site.workplace.clock.now()
        self.start = self.now + timedelta(days=1)
        self.zhang, self.officer, self.second = self.who("zhang"), self.who("he"), self.who("zeng")

    def who(self, username: str) -> Actor:
        with self.site.workplace.reading(platform("test"), Face.EXAMINATION) as reading:
            actor = accounts.actor_of_account(reading, username)
        assert actor is not None
        return actor

    def do(
        self, actor: Actor, deed: Callable[..., Any], *args: Any, face: Face = Face.EXAMINATION, **kwargs: Any
    ) -> Any:
        with self.site.workplace.transaction(actor, face) as work:
            work.now = self.now
            return deed(work, *args, **kwargs)

    def sit(self) -> tuple[Any, Any]:
        """A closed sitting, and the registration of the one who came."""
        self.do(platform("test"), accept_eligibility, face=Face.REGISTRY, **self.training())
        registration_id = self.do(self.zhang, apply, qualification="low_voltage", part=Part.THEORY)
        room = next(each for each in self.do(self.officer, rooms) if each.kind is RoomKind.THEORY)
        sitting_id = self.do(
            self.officer,
            sittings.plan_sitting,
            room_id=room.id,
            qualification="low_voltage",
            part=Part.THEORY,
            starts_at=self.start,
        )
        self.do(self.officer, sittings.seat_candidates, sitting_id, registration_ids=[registration_id])
        for staff in self.do(self.officer, pool, room.centre.id, Duty.INVIGILATOR)[:2]:
            self.do(self.officer, sittings.assign_staff, sitting_id, staff_id=staff.id)
        self.do(self.officer, sittings.confirm_sitting, sitting_id)
        self.now += timedelta(minutes=1)
        self.do(self.officer, sittings.draw_sitting, sitting_id)
        self.now = self.start
        for username in ("xu", "cao"):
            self.do(self.who(username), sittings.take_up_duty, sitting_id)
        self.do(self.who("xu"), note_attendance, registration_id=registration_id)
        self.do(self.who("xu"), sittings.open_sitting, sitting_id)
        self.do(self.who("xu"), sittings.close_sitting, sitting_id)
        return sitting_id, registration_id

    def mark(self, registration_id: Any, score: int) -> None:
        self.do(
            platform("marking"),
            record_result,
            registration_id=registration_id,
            score=Decimal(score),
            pass_mark=Decimal(80),
            passed=score >= 80,
            weak_points=[WeakPoint("LV03", Decimal("0.5"))],
            taken_on=shanghai_date(self.now),
        )

    def release(self, sitting_id: UUID) -> None:
        released(self.site.workplace, self.officer, self.second, sitting_id, at=self.now)

    def training(self) -> dict[str, Any]:
        return {
            "person_id": self.zhang.person_id,
            "qualification": "low_voltage",
            "granted_on": shanghai_date(self.now),
            "valid_until": None,
            "provider_id": uuid4(),
            "provider_name": "另一培训机构",
            "teacher_ids": (),
            "proof_number": f"PX{uuid4().hex}",
            "demonstration": True,
        }


@pytest.fixture(scope="module")
def day(site: Site) -> Day:
    return Day(site)


def test_a_result_from_its_waiting_to_the_answer_of_a_doubt(site: Site, day: Day):
    zhang, office = site.client("zhang"), site.client("he")
    sitting_id, registration_id = day.sit()
    assert "0 of 1 are marked" in office.get(f"/exam-office/sittings/{sitting_id}").text
    day.mark(registration_id, 78)
    assert "No result yet" in zhang.get("/results").text
    waiting = office.get(f"/exam-office/sittings/{sitting_id}").text
    assert "1 results of 1 who came" in waiting
    assert "are marked" not in waiting
    day.now = site.workplace.clock.now()
    day.release(sitting_id)

    address = zhang.get("/results").text.split('href="/results/')[1].split('"')[0]
    page = zhang.get(f"/results/{address}").text
    assert "78 points" in page
    assert "Electric shock" in page
    assert "50%" in page
    assert site.client("tursun").get(f"/results/{address}").status_code == 404

    too_short = zhang.post(f"/results/{address}/recheck", data={"reason": " ?"})
    assert too_short.status_code == 422
    assert "Say in a sentence what should be looked at." in too_short.text
    too_long = zhang.post(f"/results/{address}/recheck", data={"reason": "疑" * 501})
    assert too_long.status_code == 422
    assert "This is too long: at most 500 characters." in too_long.text
    assert f">{'疑' * 501}</textarea>" in too_long.text
    assert zhang.post(f"/results/{address}/recheck", data={"reason": "第3题有疑问"}).status_code == 303
    assert zhang.post(f"/results/{address}/recheck", data={"reason": "第4题有疑问"}).status_code == 409

    asked = office.get("/exam-office/rechecks").text
    assert "第3题有疑问" in asked
    recheck = asked.split('action="/exam-office/rechecks/')[1].split('"')[0]
    assert office.post(f"/exam-office/rechecks/{recheck}", data={"note": ""}).status_code == 422
    too_long = office.post(f"/exam-office/rechecks/{recheck}", data={"note": "查" * 1_001})
    assert (too_long.status_code, f">{'查' * 1_001}</textarea>" in too_long.text) == (422, True)
    both = office.post(f"/exam-office/rechecks/{recheck}/revision", data={"numbers": "1 " * 101, "note": "查" * 1_001})
    assert re.findall(r'href="#field-(\w+)"', both.text) == ["numbers", "note"]
    assert f">{'查' * 1_001}</textarea>" in both.text
    assert office.post(f"/exam-office/rechecks/{recheck}", data={"note": "逐题复核，得分无误。"}).status_code == 303
    assert "逐题复核，得分无误。" in zhang.get(f"/results/{address}").text
    assert "第3题有疑问" in office.get("/exam-office/rechecks").text
