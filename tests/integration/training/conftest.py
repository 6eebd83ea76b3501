"""A training provider with its people, a course, and a learner who can be moved through time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from host.machine import Machine
from kernel.actor import ANYONE, Actor, platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from kernel.work import Work, Workplace
from people.accounts import actions as accounts
from people.accounts import queries as people
from people.accounts.rules import IDLE_SESSION_ENDS_AFTER, SEEN_IS_NOTED_EVERY, SESSION_ENDS_AFTER, DocumentKind
from training.courses.actions import load_course
from training.courses.queries import course_package, lessons
from training.courses.rules import Lesson
from training.enrolments.actions import enrol
from training.enrolments.rules import EnrolmentId
from training.outlines.rules import TrainingKind
from training.study.actions import BEAT, open_session
from training.study.rules import BEAT_AT_MOST, StudySession

PASSWORD = "correct horse"
SCHOOL, OTHER_SCHOOL = uuid4(), uuid4()
MORNING = datetime(2026, 6, 10, 1, tzinfo=UTC)  # 09:00 in Shanghai, under order 19


@dataclass(frozen=True)
class School:
    """People of one provider, by part, and a manager of another one."""

    zhang: Actor  # learns
    liu: Actor  # learns
    teacher: Actor
    second_teacher: Actor
    manager: Actor
    stranger: Actor  # manager elsewhere
    other_teacher: Actor  # teaches elsewhere


ROLES = {
    "zhang": (["worker"], None),
    "liu": (["worker"], None),
    "teacher": (["teacher"], SCHOOL),
    "second_teacher": (["teacher"], SCHOOL),
    "manager": (["training_manager"], SCHOOL),
    "stranger": (["training_manager"], OTHER_SCHOOL),
    "other_teacher": (["teacher"], OTHER_SCHOOL),
}


@pytest.fixture(scope="package")
def school(workplace: Workplace, machine: Machine) -> Iterator[School]:
    """Written down for good, because people are registered through another face than they learn through."""
    made: list[UUID] = []
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        for part, (roles, organisation) in ROLES.items():
            person_id = accounts.register_person(
                work,
                name=f"{part} of the training tests",
                document_kind=DocumentKind.PASSPORT,
                document_number=f"TRAINING-{part}",
                sex=None,
                birth_date=None,
                phone=None,
            )
            made.append(person_id)
            accounts.open_account(
                work,
                person_id=person_id,
                username=f"training-{part}",
                password=PASSWORD,
                roles=roles,
                organisation_id=organisation,
            )
    with workplace.reading(ANYONE, Face.REGISTRY) as reading:
        actors = {part: people.actor_of_account(reading, f"training-{part}") for part in ROLES}
    yield School(**{part: actor for part, actor in actors.items() if actor})
    with machine.embedded.superuser(machine.database) as connection:
        connection.execute("SET session_replication_role = replica")
        for table in ("sessions", "accounts", "identity_documents", "persons"):
            key = {"sessions": "account_id", "persons": "id"}.get(table, "person_id")
            ids: Any = made
            if table == "sessions":
                rows = connection.execute("SELECT id FROM people.accounts WHERE person_id = ANY(%s)", [made])
                ids = [row[0] for row in rows]
            connection.execute(f"DELETE FROM people.{table} WHERE {key} = ANY(%s)".encode(), [ids])


class Classroom:
    """Zhang's enrolment in one transaction that is rolled back; `becomes` changes who acts in it."""

    def __init__(self, work: Work, school: School, enrolment: EnrolmentId, course_lessons: list[Lesson]) -> None:
        self.work = work
        self.school = school
        self.enrolment = enrolment
        self.lessons = course_lessons
        self.token = ""
        self.sequence = 0

    def becomes(self, actor: Actor) -> Work:
        self.work.actor = actor
        self.work.is_undone = False
        return self.work

    def later(self, seconds: float) -> None:
        self.work.now += timedelta(seconds=seconds)

    def sign_in(self) -> None:
        outcome = accounts.sign_in(
            self.work, username="training-zhang", password=PASSWORD, address="", demonstration=True
        )
        self.work.session.flush()
        assert outcome.token
        self.token = outcome.token

    def beat(
        self, session_id: UUID, *, sequence: int | None = None, played: tuple[int, int] = (0, 0), place: int = 0
    ) -> dict[str, Any] | None:
        """What the hot path runs, through this transaction's own connection."""
        if sequence is None:
            self.sequence += 1
            sequence = self.sequence
        now = self.work.now
        given = (
            people.token_digest(self.token),
            now,
            now - IDLE_SESSION_ENDS_AFTER,
            now - SESSION_ENDS_AFTER,
            session_id,
            sequence,
            shanghai_date(now),
            *played,
            place,
            BEAT_AT_MOST,
            now - SEEN_IS_NOTED_EVERY,
        )
        self.work.session.flush()
        driver = self.work.session.connection().connection.dbapi_connection
        assert driver is not None
        cursor = driver.cursor()
        statement = re.sub(r"\$(\d+)", r"%(p\1)s", BEAT)
        cursor.execute(statement, {f"p{number}": value for number, value in enumerate(given, start=1)})
        row = cursor.fetchone()
        self.work.session.expire_all()
        if row is None:
            return None
        return dict(zip([column[0] for column in cursor.description or ()], row, strict=True))

    def study(self, lesson: Lesson, seconds: int, *, watch: bool = True) -> StudySession:
        """Zhang studies for so long, beat by beat, answering every presence check."""
        from training.study.actions import answer_presence  # noqa: PLC0415 - it is what is being tested elsewhere

        work = self.becomes(self.school.zhang)
        session = open_session(work, enrolment_id=self.enrolment, lesson_code=lesson.code)
        for start in range(0, seconds, 10):
            self.later(min(10, seconds - start))
            played = (start * 1_000, (start + 10) * 1_000) if watch and lesson.video else (0, 0)
            row = self.beat(session.id, played=played)
            if row and row["asked_at"]:
                answer_presence(work, session_id=session.id)
        return session


@pytest.fixture
def classroom(work_as, school) -> Classroom:
    work: Work = work_as(platform("test"), Face.LEARNING)
    work.now = MORNING
    course_id = load_course(work, course_package("low_voltage"))
    enrolment = enrol(
        work,
        person_id=school.zhang.person_id,
        course="low_voltage",
        kind=TrainingKind.INITIAL,
        provider_id=SCHOOL,
        provider_name="Training school",
        teacher_ids=[school.teacher.person_id],
        demonstration=True,
    )
    room = Classroom(work, school, enrolment, lessons(work, course_id))
    room.sign_in()
    work.announced.clear()
    return room
