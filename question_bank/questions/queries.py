"""Questions as lists show them (without content) and as they are opened (with it; see `actions.show_version`)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from kernel import sealed
from kernel.keys import QUESTIONS
from kernel.paging import PAGE_ROWS
from kernel.work import Reading
from people.accounts import queries as accounts
from question_bank.questions.errors import NoSuchQuestion
from question_bank.questions.rules import Depth, Question, VersionId
from question_bank.questions.tables import QuestionRecord, ReviewStepRecord, VersionRecord
from question_bank.review.rules import Review, State, Step

VERSION, REMARK = "version", "remark"  # what is sealed of a version, and of a step of its review
FIRST_STEP = "drafted"  # a version without it came from the file of a bank


class Waiting(StrEnum):
    """What is waiting for the person who looks."""

    REVIEW = "review"
    APPROVAL = "approval"
    MINE = "mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list is narrowed to; None leaves a side open. `search` is the start of a reference."""

    bank: str | None = None
    point: str | None = None
    kind: str | None = None
    state: State | None = None
    waiting: Waiting | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in a list. There is no content here: opening a question is a deed of its own."""

    id: VersionId
    reference: str
    bank: str
    number: int
    kind: str
    point: str
    depth: Depth
    difficulty: Decimal
    state: State
    author: str
    reviewer: str
    approver: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a review."""

    deed: str
    person: str
    at: datetime
    remark: str


def versions(reading: Reading, filters: Filters, page: int = 1, on_a_page: int = PAGE_ROWS) -> list[VersionRow]:
    """One page of the newest-written versions that pass `filters`."""
    statement = (
        select(VersionRecord, QuestionRecord)
        .join(QuestionRecord, QuestionRecord.id == VersionRecord.question_id)
        .where(*_conditions(reading, filters))
        .order_by(QuestionRecord.bank, QuestionRecord.reference, VersionRecord.number.desc())
        .limit(on_a_page)
        .offset((page - 1) * on_a_page)
    )
    return _rows(reading, [(version, question) for version, question in reading.session.execute(statement)])


def count_versions(reading: Reading, filters: Filters) -> int:
    """How many versions pass `filters`."""
    statement = (
        select(func.count()).select_from(VersionRecord).join(QuestionRecord).where(*_conditions(reading, filters))
    )
    return reading.session.scalar(statement) or 0


def version_row(reading: Reading, version_id: UUID) -> VersionRow:
    """One version without its content. Raises NoSuchQuestion."""
    version = version_record(reading, version_id)
    question = reading.session.get_one(QuestionRecord, version.question_id)
    return _rows(reading, [(version, question)])[0]


def steps(reading: Reading, version_id: UUID) -> list[StepRow]:
    """The steps of a version's review, the first one first, with what was said. Raises SealBroken, KeyNotHeld."""
    records = reading.session.scalars(
        select(ReviewStepRecord).where(ReviewStepRecord.version_id == version_id).order_by(ReviewStepRecord.id)
    ).all()
    names = accounts.people(reading, [record.person_id for record in records])
    said = sealed.opened_each(reading, QUESTIONS, REMARK, [it.id for it in records])
    return [
        StepRow(it.deed, _name(names, it.person_id), it.at, said[it.id].decode() if it.id in said else it.remark)
        for it in records
    ]


def version_record(reading: Reading, version_id: UUID, *, lock: bool = False) -> VersionRecord:
    """The row of a version, for this room's own actions. Raises NoSuchQuestion."""
    record = reading.session.get(VersionRecord, version_id, with_for_update=lock)
    if record is None:
        raise NoSuchQuestion
    return record


def content(reading: Reading, record: VersionRecord) -> Question:
    """What a version says, for this room's own actions. Raises SealBroken, KeyNotHeld."""
    return Question.from_bytes(sealed.opened(reading, QUESTIONS, VERSION, record.id))


def approved_versions_of(reading: Reading, question_id: UUID) -> list[VersionRecord]:
    """The version of a question that is in use, if there is one, for this room's own actions."""
    statement = select(VersionRecord).where(
        VersionRecord.question_id == question_id, VersionRecord.state == State.APPROVED
    )
    return list(reading.session.scalars(statement.with_for_update()))


def versions_of_bank(reading: Reading, bank: str) -> dict[str, list[VersionRecord]]:
    """Reference -> all versions of that question, the first one first, for loading. What they say stays sealed."""
    rows = reading.session.execute(
        select(QuestionRecord.reference, VersionRecord)
        .join(VersionRecord, VersionRecord.question_id == QuestionRecord.id)
        .where(QuestionRecord.bank == bank)
        .order_by(VersionRecord.number)
        .with_for_update(of=VersionRecord)  # nobody suspends meanwhile what the load supersedes
    )
    found: dict[str, list[VersionRecord]] = {}
    for reference, version in rows:
        found.setdefault(reference, []).append(version)
    return found


def review_of(reading: Reading, record: VersionRecord) -> Review:
    """How far a version has come, and what the other versions of its question mean for it."""
    others = reading.session.execute(
        select(VersionRecord.number, VersionRecord.author_id, VersionRecord.state).where(
            VersionRecord.question_id == record.question_id, VersionRecord.id != record.id
        )
    ).all()
    return Review(
        record.author_id,
        record.state,
        record.reviewer_id,
        record.approver_id,
        wrote_earlier=frozenset(author for number, author, _ in others if number < record.number),
        newer_in_use=any(state is State.APPROVED for number, _, state in others if number > record.number),
    )


def open_steps(reading: Reading, version_id: UUID) -> frozenset[Step]:
    """The steps of a review that would not be refused to whoever looks, by the same rules as the steps themselves."""
    person = reading.actor.person_id
    return review_of(reading, version_record(reading, version_id)).open_to(person) if person else frozenset()


def newest_of(reading: Reading, version_id: UUID) -> tuple[VersionId, int]:
    """The newest version of the same question, and its number. Raises NoSuchQuestion."""
    record = version_record(reading, version_id)
    newest = reading.session.execute(
        select(VersionRecord.id, VersionRecord.number)
        .where(VersionRecord.question_id == record.question_id)
        .order_by(VersionRecord.number.desc())
        .limit(1)
    ).one()
    return VersionId(newest[0]), newest[1]


def references(reading: Reading, bank: str, beginning: str) -> list[str]:
    """The references of a bank that begin so."""
    statement = select(QuestionRecord.reference).where(
        QuestionRecord.bank == bank, QuestionRecord.reference.startswith(beginning, autoescape=True)
    )
    return list(reading.session.scalars(statement))


def _conditions(reading: Reading, filters: Filters) -> list[ColumnElement[bool]]:
    wanted = [
        (QuestionRecord.bank, filters.bank),
        (VersionRecord.point, filters.point),
        (VersionRecord.kind, filters.kind),
        (VersionRecord.state, filters.state),
    ]
    conditions = [column == value for column, value in wanted if value is not None]
    if filters.search:
        conditions.append(QuestionRecord.reference.istartswith(filters.search, autoescape=True))
    return conditions + _waiting(filters.waiting, reading.actor.person_id)


def _waiting(waiting: Waiting | None, person: UUID | None) -> list[ColumnElement[bool]]:
    """The same people as in the rules of review, so that nobody is shown work that would be refused."""
    if waiting is Waiting.REVIEW:
        return [VersionRecord.state == State.DRAFT, VersionRecord.author_id != person, *_may_be_judged_by(person)]
    if waiting is Waiting.APPROVAL:
        others = [VersionRecord.author_id != person, VersionRecord.reviewer_id != person]
        return [VersionRecord.state == State.REVIEWED, *others, *_may_be_judged_by(person)]
    if waiting is Waiting.MINE:
        return [VersionRecord.author_id == person]
    return []


def _may_be_judged_by(person: UUID | None) -> list[ColumnElement[bool]]:
    """Nothing earlier is this person's own, nothing later is in use."""
    other = aliased(VersionRecord)
    same_question = select(other.id).where(other.question_id == VersionRecord.question_id)
    return [
        ~same_question.where(other.number < VersionRecord.number, other.author_id == person).exists(),
        ~same_question.where(other.number > VersionRecord.number, other.state == State.APPROVED).exists(),
    ]


def _rows(reading: Reading, records: list[tuple[VersionRecord, QuestionRecord]]) -> list[VersionRow]:
    ids = {
        id_ for version, _ in records for id_ in (version.author_id, version.reviewer_id, version.approver_id) if id_
    }
    names = accounts.people(reading, list(ids))
    return [
        VersionRow(
            id=VersionId(version.id),
            reference=question.reference,
            bank=question.bank,
            number=version.number,
            kind=version.kind,
            point=version.point,
            depth=version.depth,
            difficulty=version.difficulty,
            state=version.state,
            author=_name(names, version.author_id),
            reviewer=_name(names, version.reviewer_id),
            approver=_name(names, version.approver_id),
            written_at=version.written_at,
        )
        for version, question in records
    ]


def _name(names: dict[UUID, accounts.Person], person_id: UUID | None) -> str:
    person = names.get(person_id) if person_id else None
    return person.name if person else ""
