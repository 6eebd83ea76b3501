"""The facts on which conflicts are judged, and the findings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select

from exams.integrity.rules import Conflict, Examinee, Ground, StaffPerson, conflicts, knowing_candidates, may_conflict
from exams.integrity.tables import FindingRecord
from exams.papers import queries as papers
from exams.registrations import queries as registrations
from exams.standards import queries as standards
from exams.standards.rules import plus_months
from kernel.clock import SHANGHAI
from kernel.work import Reading
from people.accounts import queries as accounts
from people.organisations import queries as organisations
from question_bank.pools import queries as pools


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A conflict that was found later; the candidate's side is empty where questions are concerned."""

    sitting_id: UUID
    sitting_code: str
    name: str
    duty: str
    ground: Ground
    candidate: str
    provider: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class SittingGround:
    """What a sitting puts before the rules: its id, its day, and the blueprint of its papers, if any."""

    sitting_id: UUID
    exam_on: date
    blueprint: str | None


def conflicts_in(
    reading: Reading,
    sitting: SittingGround,
    staff: Mapping[UUID, str],
    candidates: Mapping[UUID, str] | None = None,
) -> tuple[Conflict, ...]:
    """Every conflict between `staff` and the candidates of a sitting, both as person -> name.

    `candidates` None means all who have a seat. The people behind the questions are those of the pool that the papers
    were drawn from, or, before the draw, of the pool that they will be drawn from.
    """
    if candidates is None:
        candidates = _seated(reading, sitting.sitting_id)
    return conflicts(
        staff_people(reading, staff, sitting.exam_on),
        _examinees(reading, candidates),
        question_people(reading, sitting),
    )


def candidates_behind_questions(
    reading: Reading, sitting: SittingGround, candidates: Mapping[UUID, str] | None = None
) -> tuple[Conflict, ...]:
    """Of those who have a seat, or of `candidates`, who stands behind questions of the sitting (see `conflicts_in`)."""
    if candidates is None:
        candidates = _seated(reading, sitting.sitting_id)
    return knowing_candidates(candidates, question_people(reading, sitting))


def suspects(reading: Reading, days: Mapping[UUID, date], staff: Collection[tuple[UUID, UUID]]) -> list[UUID]:
    """The sittings in which there may be a conflict, found with as many statements for a thousand as for one.

    Too many rather than too few: an organisation counts that somebody left before the day, and every question.

    Args:
        reading: of whoever checks.
        days: sitting -> its day.
        staff: person and sitting.
    """
    seated = registrations.seated_people(reading, days)
    on_duty, sitting_there = _by_sitting(staff), _by_sitting(seated)
    works_for = _organisations(reading, {person for person, _ in staff}, days.values())
    trained = registrations.trainers(reading, {person for person, _ in seated})
    authors = pools.everybody_behind(reading)
    return [
        sitting
        for sitting in days
        if may_conflict(on_duty.get(sitting, set()), sitting_there.get(sitting, set()), works_for, trained, authors)
    ]


def _by_sitting(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for person, sitting in pairs:
        found.setdefault(sitting, set()).add(person)
    return found


def _organisations(reading: Reading, people: Collection[UUID], days: Collection[date]) -> dict[UUID, frozenset[UUID]]:
    """Every organisation of these people that counts on one of the days."""
    if not days:
        return {}
    since = plus_months(min(days), -standards.conflict_rules()["provider_looked_back_months"].value)
    acting = accounts.acting_for(reading, people, since=datetime.combine(since, time(), SHANGHAI))
    employed = organisations.employers_of(reading, list(people), since=since, until=max(days))
    nobody = frozenset[UUID]()
    return {person: acting.get(person, nobody) | employed.get(person, nobody) for person in people}


def _seated(reading: Reading, sitting_id: UUID) -> dict[UUID, str]:
    return {row.person_id: row.name for row in registrations.seated(reading, sitting_id)}


def staff_people(reading: Reading, staff: Mapping[UUID, str], exam_on: date) -> list[StaffPerson]:
    """Staff with every organisation that they act for or work at, or did within the months that the rules look back.

    When a candidate's training began is not known here; whoever gave up a post there the day before is no stranger.
    """
    works_for = _organisations(reading, staff, [exam_on])
    return [StaffPerson(person_id, name, works_for[person_id]) for person_id, name in staff.items()]


def question_people(reading: Reading, sitting: SittingGround) -> frozenset[UUID]:
    """Persons behind the questions of a sitting; nobody for a practical."""
    drawn = papers.people_behind_pools(reading, sitting.sitting_id)
    if drawn or sitting.blueprint is None:
        return drawn
    pool = pools.pool(reading, papers.blueprint(sitting.blueprint).bank)
    behind = pools.people_behind(reading, [member.version_id for member in pool.members])
    return frozenset[UUID]().union(*behind.values())


def findings(reading: Reading, sitting_id: UUID) -> list[FindingRow]:
    """What was found about the staff of one sitting, the newest first."""
    statement = (
        select(FindingRecord)
        .where(FindingRecord.sitting_id == sitting_id)
        .order_by(FindingRecord.found_at.desc(), FindingRecord.id)
    )
    return [
        FindingRow(
            record.sitting_id,
            record.sitting_code,
            record.name,
            record.duty,
            record.ground,
            record.candidate,
            record.provider,
            record.found_at,
        )
        for record in reading.session.scalars(statement)
    ]


def _examinees(reading: Reading, candidates: Mapping[UUID, str]) -> Sequence[Examinee]:
    trainers = registrations.trainers(reading, list(candidates))
    return [
        Examinee(person_id, name, trainers[person_id].providers, trainers[person_id].teachers)
        for person_id, name in candidates.items()
    ]
