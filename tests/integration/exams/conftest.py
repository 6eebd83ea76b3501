"""An exam office with people of its own. These tests commit, because some steps must not share a transaction."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from exams.centres.actions import RoomPlan, StaffPlan, set_up_centre
from exams.centres.queries import pool, rooms
from exams.centres.rules import Duty, RoomKind
from exams.registrations.actions import accept_eligibility, apply, note_attendance
from exams.registrations.queries import seated
from exams.results.actions import record_result
from exams.sittings import actions as sittings
from exams.standards.rules import Part
from host.machine import Machine
from host.wiring import wiring
from kernel.actor import Actor, platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from kernel.ids import new_id
from kernel.work import Workplace
from people.access.rules import Role, permissions_of
from people.accounts.rules import Sex
from people.accounts.tables import PersonRecord
from people.regions.queries import knows_regions
from question_bank.exchange.actions import bank_folders, load_bank
from tests.cast.exam_day import APPROVER, AUTHOR, REVIEWER, Candidate, ExamDay, exam_day
from tests.cast.exam_room import Page, begun
from tests.cast.regions import HERE
from tests.cast.two_people import released

RUNNING = count(1)
AT_NINE = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="session")
def machine(copies) -> Iterator[Machine]:
    """A database of their own: these tests commit a bank, and others count what a bank adds."""
    with copies.migrated() as made:
        yield made


@pytest.fixture(scope="session")
def workplace(machine) -> Iterator[Workplace]:
    """The workplace on that database."""
    place = machine.workplace(wiring(machine.settings))
    yield place
    place.engines.dispose()


class ExamOffice:
    """One centre with a theory and a practical room, its pool, and a way to do deeds at any moment as anybody."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.provider_id, self.teacher_id = uuid4(), uuid4()
        self.now = AT_NINE
        self.officer, self.second = self.actor(Role.EXAM_OFFICER), self.actor(Role.EXAM_OFFICER)
        self.invigilators = [self.actor(Role.INVIGILATOR) for _ in range(3)]
        self.examiners = [self.actor(Role.EXAMINER) for _ in range(2)]
        self.spare_examiner = self.actor(Role.EXAMINER)
        code = f"C{next(RUNNING)}"
        self.centre_id = self.do(
            set_up_centre,
            code=code,
            names={"zh": "演示考点", "en": "Demonstration centre"},
            address="演示市",
            region=HERE if self.look(knows_regions) else None,
            rooms=[
                RoomPlan(code="T1", names={"zh": "理论", "en": "T"}, kind=RoomKind.THEORY, rows=2, columns=3),
                RoomPlan(code="P1", names={"zh": "实操", "en": "P"}, kind=RoomKind.PRACTICAL, rows=1, columns=4),
            ],
            staff=[StaffPlan(person_id=identity(it), duty=Duty.INVIGILATOR) for it in self.invigilators]
            + [
                StaffPlan(person_id=identity(it), duty=Duty.EXAMINER, qualifications=["low_voltage"])
                for it in (*self.examiners, self.spare_examiner)
            ],
        )
        self.rooms = {room.kind: room.id for room in self.look(rooms, self.centre_id)}
        self.staff = {row.person_id: row.id for row in self.look(pool, self.centre_id)}

    def do(self, deed: Callable[..., Any], *args: Any, actor: Actor | None = None, face: Face = Face.EXAMINATION, **kw):
        with self.workplace.transaction(actor or self.officer, face) as work:
            work.now = self.now
            return deed(work, *args, **kw)

    def look(
        self, query: Callable[..., Any], *args: Any, actor: Actor | None = None, face: Face = Face.EXAMINATION, **kw
    ):
        with self.workplace.reading(actor or self.officer, face) as reading:
            reading.now = self.now
            return query(reading, *args, **kw)

    def person(self, name: str, *, born: date | None = date(1990, 5, 6), sex: Sex | None = Sex.MALE) -> UUID:
        with self.workplace.transaction(platform("test"), Face.REGISTRY) as work:
            record = PersonRecord(id=new_id(), name=name, sex=sex, birth_date=born, phone=None, created_at=work.now)
            work.session.add(record)
        return record.id

    def actor(self, role: Role, name: str | None = None, **person: Any) -> Actor:
        said = name or f"{role.value}{next(RUNNING)}"
        return Actor(
            name=said,
            account_id=uuid4(),
            person_id=self.person(said, **person),
            permissions=permissions_of([role.value]),
        )

    def trained(self, name: str | None = None, *, qualification: str = "low_voltage", **person: Any) -> Actor:
        """A worker whose training has reached the exam body."""
        worker = self.actor(Role.WORKER, name or f"考生{next(RUNNING)}", **person)
        self.train(worker, qualification=qualification)
        return worker

    def train(
        self, worker: Actor, *, qualification: str = "low_voltage", teachers: tuple[UUID, ...] | None = None
    ) -> None:
        self.do(
            accept_eligibility,
            actor=platform("test"),
            face=Face.REGISTRY,
            person_id=worker.person_id,
            qualification=qualification,
            granted_on=shanghai_date(self.now),
            valid_until=None,
            provider_id=self.provider_id,
            provider_name="示范学校",
            teacher_ids=teachers or (self.teacher_id,),
            proof_number=f"PX{uuid4().hex[:10]}",
            demonstration=True,
        )

    def applied(self, worker: Actor, part: Part = Part.THEORY) -> Any:
        return self.do(apply, actor=worker, qualification="low_voltage", part=part)

    def planned(self, part: Part = Part.THEORY, *, in_days: int = 3, **kw: Any) -> Any:
        return self.do(
            sittings.plan_sitting,
            room_id=self.rooms[RoomKind(part.value)],
            qualification=kw.pop("qualification", "low_voltage"),
            part=part,
            starts_at=self.now + timedelta(days=in_days),
            **kw,
        )

    def assign(self, sitting_id: UUID, *people: Actor) -> None:
        for person in people:
            self.do(sittings.assign_staff, sitting_id, staff_id=self.staff[person.person_id])

    def confirmed(self, *workers: Actor, part: Part = Part.THEORY) -> Any:
        """A confirmed sitting in which these people, trained and admitted, have seats."""
        sitting_id = self.planned(part)
        self.do(sittings.seat_candidates, sitting_id, registration_ids=[self.applied(it, part) for it in workers])
        self.assign(sitting_id, *self.invigilators[:2], *(self.examiners if part is Part.PRACTICAL else []))
        self.do(sittings.confirm_sitting, sitting_id)
        return sitting_id

    def opened_but_for(self, *workers: Actor, part: Part = Part.THEORY) -> Any:
        """A sitting that only waits to be opened, everybody checked in; the clock stands at its start."""
        sitting_id = self.confirmed(*workers, part=part)
        self.now += MINUTE
        self.do(sittings.draw_sitting, sitting_id)
        self.now += timedelta(days=3) - MINUTE
        for person in (*self.invigilators[:2], *(self.examiners if part is Part.PRACTICAL else ())):
            self.do(sittings.take_up_duty, sitting_id, actor=person)
        for row in self.look(seated, sitting_id):
            self.do(note_attendance, registration_id=row.id, actor=self.invigilators[0])
        return sitting_id

    def opened(self, *workers: Actor, part: Part = Part.THEORY) -> Any:
        """A sitting that is under way."""
        sitting_id = self.opened_but_for(*workers, part=part)
        self.do(sittings.open_sitting, sitting_id, actor=self.invigilators[0])
        return sitting_id

    def run_with_only(self, sitting_id: UUID, registration_id: UUID) -> None:
        """Run a confirmed sitting to its end; only one of its candidates comes."""
        self.now += MINUTE
        self.do(sittings.draw_sitting, sitting_id)
        self.now += timedelta(days=3) - MINUTE
        for invigilator in self.invigilators[:2]:
            self.do(sittings.take_up_duty, sitting_id, actor=invigilator)
        self.do(note_attendance, registration_id=registration_id, actor=self.invigilators[0])
        self.do(sittings.open_sitting, sitting_id, actor=self.invigilators[0])
        self.do(sittings.close_sitting, sitting_id, actor=self.invigilators[0])

    def release(self, sitting_id: UUID) -> UUID:
        """Two officers release the results; the id of what was prepared."""
        return released(self.workplace, self.officer, self.second, sitting_id, at=self.now)

    def closed(self, *workers: Actor, part: Part = Part.THEORY, score: int = 90) -> Any:
        """A sitting that is over; everybody has `score` points."""
        sitting_id = self.opened(*workers, part=part)
        self.now += timedelta(hours=2)
        for row in self.look(seated, sitting_id):
            self.do(record_result, actor=platform("marking"), registration_id=row.id, **a_mark(score, self.now))
        self.do(sittings.close_sitting, sitting_id, actor=self.invigilators[0])
        return sitting_id


def identity(actor: Actor) -> UUID:
    assert actor.person_id is not None
    return actor.person_id


def a_mark(score: int, now: datetime) -> dict[str, Any]:
    return {
        "score": Decimal(score),
        "pass_mark": Decimal(80),
        "passed": score >= 80,
        "taken_on": shanghai_date(now),
    }


@pytest.fixture(scope="session")
def low_voltage_bank(workplace) -> frozenset[UUID]:
    """The sample bank, loaded as three people's work."""
    folder = next(folder for folder in bank_folders() if folder.name == "low_voltage")
    with workplace.transaction(platform("test"), Face.AUTHORING) as work:
        load_bank(work, folder, author=AUTHOR, reviewer=REVIEWER, approver=APPROVER)
    return frozenset({AUTHOR, REVIEWER, APPROVER})


@pytest.fixture
def office(workplace) -> ExamOffice:
    return ExamOffice(workplace)


@pytest.fixture
def intruder(machine: Any) -> Iterator[Connection]:
    """Somebody who has broken into the database server and switched the triggers off."""
    with machine.embedded.superuser(machine.database) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


# a room with candidates enough for a whole file of tests: each takes those it needs and leaves the others alone


@pytest.fixture
def rehearsal(machine, settings) -> Iterator[Workplace]:
    """A workplace whose clock may be set forward without anybody else noticing."""
    place = machine.workplace(wiring(settings))
    yield place
    place.engines.dispose()


@pytest.fixture(scope="module")
def room(workplace) -> ExamDay:
    """An open sitting with everybody checked in."""
    day = exam_day(workplace, candidates=30)
    day.open()
    return day


@pytest.fixture(scope="module")
def _waiting(room) -> Iterator[Candidate]:
    return iter(room.candidates)


@pytest.fixture
def candidate(_waiting: Iterator[Candidate]) -> Candidate:
    """Somebody nobody else uses."""
    return next(_waiting)


@pytest.fixture
def other(_waiting: Iterator[Candidate]) -> Candidate:
    """Somebody else."""
    return next(_waiting)


@pytest.fixture
def sheet(room, candidate) -> Page:
    """A candidate whose paper is open at one place."""
    return begun(room, candidate)
