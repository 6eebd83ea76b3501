"""An exam centre in the middle of its week: a room at work with every kind of trouble, one released, one being planned.

Brought about by the deeds of those who bring it about, answers over HTTP as the exam room's page sends them.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from uuid import UUID

import httpx

from exams.centres.queries import pool
from exams.invigilation.actions.admitting import check_in
from exams.invigilation.actions.supervising import (
    close_room,
    confirm_breach,
    give_time,
    move,
    note_incident,
    open_room,
    propose_breach,
)
from exams.results.actions import ask_recheck
from exams.results.queries import own_results
from exams.sittings import queries as sittings
from exams.sittings.actions import assign_staff, plan_sitting, seat_candidates
from exams.standards.rules import Part
from kernel.actor import platform
from kernel.faces import Face
from people.access.rules import Role
from people.accounts.actions import keep_photo
from tests.cast.exam_day import QUALIFICATION, Candidate, ExamDay, Someone, applied, exam_day, somebody, train
from tests.cast.portraits import photo_of
from tests.cast.site import Site
from web.frame.work import SESSION_COOKIE

SILENCE = timedelta(seconds=60)  # longer than a machine may be silent
APPLICANTS = ("欧阳建国", "买买提江·吐尔逊", "马𬱖", "陈雅琴", "刘国栋", "冯静怡", "沈志远", "罗志刚", "田宇")
JSON = {"Accept": "application/json"}


@dataclass
class ExamWeek:
    """`held` is at work, `past` is released, `planned` waits for its staff; the last `applicants` for a seat."""

    site: Site
    held: ExamDay
    past: ExamDay
    planned: UUID
    applicants: list[Someone]

    @property
    def officer(self) -> Someone:
        return self.held.officer


class Paper:
    """A candidate whose paper is open at one place."""

    def __init__(self, site: Site, who: Candidate) -> None:
        self.client = httpx.Client(base_url=site.url, headers={"Origin": site.url}, timeout=30)
        self.client.cookies.set(SESSION_COOKIE, who.token)
        started = self.client.post(f"/exam-room/registrations/{who.registration_id}/start")
        assert started.status_code == httpx.codes.SEE_OTHER, started.text
        self.path = started.headers["location"]
        self.attempt = self.path.rsplit("/", 1)[1]
        self.desk = secrets.token_hex(32)
        given = self.client.post(f"{self.path}/desk", json={"desk": self.desk}, headers=JSON)
        self.questions = json.loads(given.content)["paper"]["questions"]
        self.numbers = count(1)

    def answer(self, questions: int, *, right: dict[str, set[str]] | None = None) -> None:
        """Answer the first `questions`: rightly where `right` says how, else with the first letter."""
        steps = [self._step(question, right or {}) for question in self.questions[:questions]]
        body = {"attempt": self.attempt, "desk": self.desk, "steps": steps}
        assert self.client.put("/exam-room/answers", json=body, headers=JSON).is_success

    def _step(self, question: dict, right: dict[str, set[str]]) -> dict[str, object]:  # type: ignore[type-arg]
        options = question["shown"].get("options", [])
        known = right.get(question["stem"], {options[0]["text"] if options else "正确"})
        letters = [option["letter"] for option in options if option["text"] in known]
        return {
            "sequence": next(self.numbers),
            "question": question["number"],
            "act": "answer",
            "answer": letters[0] if letters else "正确" in known,
            "flagged": question["number"] % 9 == 0,
            "page_ms": 0,
        }

    def hand_in(self) -> None:
        body = {"desk": self.desk}
        assert self.client.post(f"{self.path}/hand-in", json=body, headers=JSON).is_success


def exam_week(site: Site) -> ExamWeek:
    """Everything of the week, up to the middle of the exam that is being held."""
    past = exam_day(site.workplace, candidates=5, by_day=True)
    held = exam_day(site.workplace, candidates=30, by_day=True)
    for candidate in (*held.candidates, *past.candidates):
        _photographed(site, candidate)
    _held_and_released(site, past)
    applicants = _applicants(site)
    planned = _planned(held, list(applicants)[:6])
    _at_work(site, held)
    return ExamWeek(site, held, past, planned, list(applicants.values()))


def _photographed(site: Site, who: Candidate) -> None:
    photo = photo_of(who.admission_number)
    with site.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        keep_photo(work, person_id=who.person_id, photo=photo)


def _held_and_released(site: Site, past: ExamDay) -> None:
    """One hands in, one is sent out, one never begins, one does not come; then closed, released, doubted."""
    busy, breaker, idle = past.candidates[:3]
    first, second = past.invigilators
    for candidate in (busy, breaker, idle):
        past.do(first, check_in, registration_id=candidate.registration_id)
    past.do(first, open_room, sitting_id=past.sitting_id)
    paper = Paper(site, busy)
    paper.answer(100)
    paper.hand_in()
    Paper(site, breaker)
    _caught(past, breaker, confirmed=True)
    past.do(first, note_incident, sitting_id=past.sitting_id, text="9:40 停电约一分钟，备用电源接上，考试未中断。")
    past.do(second, close_room, sitting_id=past.sitting_id)
    for candidate in (busy, breaker, idle):
        past.result_of(candidate)
    past.release()
    with past.look(busy) as reading:
        result = own_results(reading)[0]
    past.do(busy, ask_recheck, result_id=result.id, reason="请核对第 71 题以后的得分。")


def _caught(day: ExamDay, who: Candidate, *, confirmed: bool) -> None:
    day.do(day.invigilators[0], propose_breach, registration_id=who.registration_id, reason="查看夹带的纸条。")
    if confirmed:
        day.do(day.invigilators[1], confirm_breach, registration_id=who.registration_id)


def _applicants(site: Site) -> dict[UUID, Someone]:
    """By registration."""
    people = [somebody(site.workplace, name, Role.WORKER) for name in APPLICANTS]
    train(site.workplace, people)
    return {applied(site.workplace, person): person for person in people}


def _planned(held: ExamDay, wanted: list[UUID]) -> UUID:
    """Tomorrow in the same room: some seats given, one invigilator missing."""
    tomorrow = held.workplace.clock.now() + timedelta(days=1)
    planned: UUID = held.do(
        held.officer,
        plan_sitting,
        starts_at=tomorrow,
        room_id=held.room_id,
        qualification=QUALIFICATION,
        part=Part.THEORY,
    )
    with held.look(held.officer) as reading:
        centre = sittings.sitting(reading, planned).room.centre.id
        staff = pool(reading, centre)
    held.do(held.officer, seat_candidates, sitting_id=planned, registration_ids=wanted)
    held.do(held.officer, assign_staff, sitting_id=planned, staff_id=staff[0].id)
    return planned


def _at_work(site: Site, held: ExamDay) -> None:
    """Three not here yet, two idle, one silent, one breach, one moved without a place, three finished, many at it."""
    first, second = held.invigilators
    for candidate in held.candidates[:27]:
        held.do(first, check_in, registration_id=candidate.registration_id)
    held.do(first, open_room, sitting_id=held.sitting_id)
    silent, *others = held.candidates[:25]
    Paper(site, silent).answer(13)
    site.workplace.clock.skip(SILENCE)
    papers = [Paper(site, candidate) for candidate in others]
    for number, paper in enumerate(papers):
        paper.answer(20 + 3 * number)
    for paper in papers[-3:]:
        paper.hand_in()
    _caught(held, others[0], confirmed=False)
    _caught(held, others[1], confirmed=True)
    moved = others[2].registration_id
    held.do(second, move, registration_id=moved, seat=36, reason="显示器闪烁，换到备用机位。")
    extra = UUID(papers[3].attempt)
    held.do(second, give_time, attempt_id=extra, minutes=5, reason="键盘失灵，更换用时五分钟。")
