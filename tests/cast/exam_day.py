"""A sitting with its candidates and invigilators, brought about by the deeds of those who bring it about in life.

Only sign-ins are written straight into the tables: a password's hash takes longer than everything else together.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from exams.centres.actions import RoomPlan, StaffPlan, set_up_centre
from exams.centres.queries import pool, rooms
from exams.centres.rules import Duty, RoomKind
from exams.invigilation.actions.admitting import check_in
from exams.invigilation.actions.supervising import open_room
from exams.papers.actions import Admission, draw_papers
from exams.papers.rules import Blueprint
from exams.registrations import queries as registrations
from exams.registrations.actions import accept_eligibility, apply
from exams.results.queries import ResultRow, result_of_registration
from exams.sittings.actions import (
    assign_staff,
    confirm_sitting,
    draw_sitting,
    plan_sitting,
    seat_candidates,
    take_up_duty,
)
from exams.sittings.queries.records import as_rules, sitting_record
from exams.standards.rules import Part
from kernel.actor import Actor, platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from kernel.ids import new_id
from kernel.work import Reading, Work, Workplace
from people.access.rules import Role, permissions_of
from people.accounts.actions import register_person
from people.accounts.queries import token_digest
from people.accounts.rules import DocumentKind, Sex
from people.accounts.tables import AccountRecord, SessionRecord
from people.regions.queries import knows_regions
from question_bank.exchange.actions import DATA, load_bank
from question_bank.pools import queries as pools
from tests.cast.clocks import away_from_midnight
from tests.cast.regions import HERE
from tests.cast.two_people import released
from tests.cast.waiting import until

QUALIFICATION = "low_voltage"
# The same in every file of tests: whichever loads the bank first says whose work it is.
AUTHOR, REVIEWER, APPROVER = (uuid5(NAMESPACE_URL, f"anpei:{who}") for who in ("author", "reviewer", "approver"))
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静强磊军洋勇艳杰娟涛明超霞平刚英"


@dataclass(frozen=True)
class Someone:
    """A person who is signed in: `token` is the session's."""

    person_id: UUID
    actor: Actor
    token: str


@dataclass(frozen=True)
class Candidate(Someone):
    registration_id: UUID
    admission_number: str
    seat: int


@dataclass
class ExamDay:
    """One sitting, drawn and staffed. What is done here is committed, as in life."""

    workplace: Workplace
    sitting_id: UUID
    room_id: UUID
    candidates: list[Candidate]
    invigilators: list[Someone]
    officer: Someone
    second: Someone  # another officer of the same office

    @contextmanager
    def work(self, who: Someone, at: datetime | None = None) -> Iterator[Work]:
        """A deed's transaction; `at` lets it happen at another moment than now."""
        with self.workplace.transaction(who.actor, Face.EXAMINATION) as work:
            work.now = at or work.now
            yield work

    @contextmanager
    def look(self, who: Someone | None = None) -> Iterator[Reading]:
        actor = who.actor if who else platform("test")
        with self.workplace.reading(actor, Face.EXAMINATION) as reading:
            yield reading

    def do(self, who: Someone, deed, *, at: datetime | None = None, **kwargs):
        """A deed of one transaction; what it returns."""
        with self.work(who, at) as work:
            return deed(work, **kwargs)

    def result_of(self, who: Candidate) -> ResultRow:
        """Marking is the worker's own deed, and takes a moment."""

        def look() -> ResultRow | None:
            with self.look() as reading:
                return result_of_registration(reading, who.registration_id)

        return until(look, "nobody marked the paper")

    def open(self) -> None:
        """Everybody is checked in, both invigilators are there, the sitting is opened."""
        for candidate in self.candidates:
            self.do(self.invigilators[0], check_in, registration_id=candidate.registration_id)
        self.do(self.invigilators[0], open_room, sitting_id=self.sitting_id)

    def release(self, *, at: datetime | None = None) -> UUID:
        """Two officers release the results; the id of what was prepared."""
        return released(self.workplace, self.officer.actor, self.second.actor, self.sitting_id, at=at)


def somebody(workplace: Workplace, name: str, role: Role) -> Someone:
    """A registered person with an account and an open session."""
    now = workplace.clock.now()
    born = date(1985, 1, 1) + timedelta(days=secrets.randbelow(5_000))
    token = secrets.token_urlsafe(32)
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        person_id = register_person(
            work,
            name=name,
            document_kind=DocumentKind.PASSPORT,
            document_number=f"E{uuid4().hex[:12].upper()}",
            sex=Sex.MALE,
            birth_date=born,
            phone=None,
        )
        account = AccountRecord(
            id=new_id(),
            person_id=person_id,
            username=f"{role.value}_{uuid4().hex[:12]}",
            password_hash="no password opens this account",
            roles=[role.value],
            organisation_id=None,
            is_demonstration=True,
            opened_at=now,
            closed_at=None,
        )
        work.session.add(account)
        work.session.flush()
        work.session.add(
            SessionRecord(
                token_digest=token_digest(token), account_id=account.id, opened_at=now, seen_at=now, address="test"
            )
        )
    actor = Actor(
        name=name,
        account_id=account.id,
        person_id=person_id,
        permissions=permissions_of([role.value]),
        roles=frozenset({role.value}),
    )
    return Someone(person_id, actor, token)


def bank_is_there(workplace: Workplace) -> None:
    """Load the low-voltage bank, once a database."""
    with workplace.reading(platform("test"), Face.EXAMINATION) as reading:
        is_loaded = bool(pools.pool(reading, QUALIFICATION).members)
    if not is_loaded:
        with workplace.transaction(platform("test"), Face.AUTHORING) as work:
            load_bank(work, DATA / QUALIFICATION, author=AUTHOR, reviewer=REVIEWER, approver=APPROVER)


def exam_day(
    workplace: Workplace,
    *,
    candidates: int = 2,
    starts_in: timedelta = timedelta(minutes=5),
    blueprint: Blueprint | None = None,
    by_day: bool = False,
) -> ExamDay:
    """A theory sitting of the low-voltage trade, drawn, with two invigilators who have taken up their duty.

    `blueprint`: papers of another shape than the trade's standard asks for. `by_day`: for screens, which show an exam
    on its day; the clock is this workplace's, so nobody else may share it.
    """
    if by_day:
        away_from_midnight(workplace.clock)
    bank_is_there(workplace)
    officer, second = (somebody(workplace, name, Role.EXAM_OFFICER) for name in ("赵考务", "曾考务"))
    staff = [somebody(workplace, name, Role.INVIGILATOR) for name in ("钱监考", "孙监考")]
    people = [somebody(workplace, _name(number), Role.WORKER) for number in range(candidates)]
    train(workplace, people)
    with workplace.transaction(officer.actor, Face.EXAMINATION) as work:
        code = f"T{uuid4().hex[:8]}"
        centre_id = set_up_centre(
            work,
            code=code,
            names={"zh": "考试点", "en": "Exam centre"},
            address="-",
            region=HERE if knows_regions(work) else None,
            rooms=[RoomPlan(code="A1", names={"zh": "A1", "en": "A1"}, kind=RoomKind.THEORY, rows=6, columns=6)],
            staff=[StaffPlan(person_id=one.person_id, duty=Duty.INVIGILATOR) for one in staff],
        )
        room_id = rooms(work, centre_id)[0].id
    registered = [applied(workplace, person) for person in people]
    starts_at: datetime = workplace.clock.now() + starts_in
    with workplace.transaction(officer.actor, Face.EXAMINATION) as work:
        sitting_id = plan_sitting(
            work, room_id=room_id, qualification=QUALIFICATION, part=Part.THEORY, starts_at=starts_at
        )
        seat_candidates(work, sitting_id, registration_ids=registered)
        for member in pool(work, centre_id):
            assign_staff(work, sitting_id, staff_id=member.id)
        confirm_sitting(work, sitting_id)
    with workplace.transaction(officer.actor, Face.EXAMINATION) as work:
        draw_sitting(work, sitting_id) if blueprint is None else _draw_otherwise(work, sitting_id, blueprint)
    for one in staff:
        with workplace.transaction(one.actor, Face.EXAMINATION) as work:
            take_up_duty(work, sitting_id)
    seated = _seated(workplace, sitting_id, people)
    return ExamDay(workplace, sitting_id, room_id, seated, staff, officer, second)


def _draw_otherwise(work: Work, sitting_id: UUID, blueprint: Blueprint) -> None:
    """As `draw_sitting` does it, but for where the blueprint is from: the platform has none beside its own files."""
    record = sitting_record(work, sitting_id)
    record.state = as_rules(record).draw()
    rows = registrations.seated(work, sitting_id)
    admissions = [Admission(row.admission_number, row.person_id) for row in rows if row.admission_number]
    draw_papers(work, sitting_id, blueprint=blueprint, admissions=admissions)
    record.drawn_at = work.now


def _name(number: int) -> str:
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % len(GIVEN)]


def train(workplace: Workplace, people: list[Someone]) -> None:
    today = shanghai_date(workplace.clock.now())
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        for person in people:
            accept_eligibility(
                work,
                person_id=person.person_id,
                qualification=QUALIFICATION,
                granted_on=today - timedelta(days=10),
                valid_until=None,
                provider_id=UUID(int=1),
                provider_name="培训机构",
                teacher_ids=(),
                proof_number=f"P{uuid4().hex}",
                demonstration=True,
            )


def applied(workplace: Workplace, person: Someone) -> UUID:
    with workplace.transaction(person.actor, Face.EXAMINATION) as work:
        return apply(work, qualification=QUALIFICATION, part=Part.THEORY)


def _seated(workplace: Workplace, sitting_id: UUID, people: list[Someone]) -> list[Candidate]:
    by_person = {person.person_id: person for person in people}
    with workplace.reading(platform("test"), Face.EXAMINATION) as reading:
        rows = registrations.seated(reading, sitting_id)
    found = []
    for row in rows:
        someone = by_person[row.person_id]
        assert row.admission_number is not None
        assert row.seat is not None
        found.append(Candidate(someone.person_id, someone.actor, someone.token, row.id, row.admission_number, row.seat))
    return sorted(found, key=lambda one: one.seat)
