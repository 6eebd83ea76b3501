"""A practical as a view: what stands now, folded from rows that are only added."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from exams.practicals.errors import NoSuchPractical
from exams.practicals.queries.dated import standard_of
from exams.practicals.rules import EXAMINERS, DrawnItem, Ending, Item, Sheet, Signer, Standard, fold, step_from_json
from exams.practicals.tables import (
    PracticalEndingRecord,
    PracticalExaminerRecord,
    PracticalItemRecord,
    PracticalOutcomeRecord,
    PracticalRecord,
    PracticalRunRecord,
    PracticalSignatureRecord,
    PracticalStepRecord,
)
from kernel.db import among
from kernel.work import Reading

Row = TypeVar(
    "Row",
    PracticalEndingRecord,
    PracticalExaminerRecord,
    PracticalItemRecord,
    PracticalOutcomeRecord,
    PracticalRunRecord,
    PracticalSignatureRecord,
    PracticalStepRecord,
)
Rows = dict[UUID, list[Row]]  # by practical


@dataclass(frozen=True, slots=True)
class Examiner:
    person_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Signed:
    """`digest` is of what was signed; a refusal carries its reason."""

    name: str
    at: datetime
    is_refusal: bool
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class DrawnState:
    """One drawn item: its sheets by place, its run where it is simulated, who has signed."""

    drawn: DrawnItem
    item: Item
    sheets: Mapping[int, Sheet]
    run_id: UUID | None
    signatures: Mapping[Signer, Signed]

    @property
    def is_simulated(self) -> bool:
        return bool(self.item.apparatus)

    @property
    def is_signed(self) -> bool:
        return set(self.signatures) == set(Signer)


@dataclass(frozen=True, slots=True)
class Outcome:
    total: Decimal
    pass_mark: Decimal
    is_vetoed: bool
    is_passed: bool
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """The exam office ended the practical before the last signature: how, why, by whom."""

    ending: Ending
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Practical:
    """One candidate's practical as it stands. `items` is empty until they are drawn; `examined_by`: also formerly."""

    id: UUID
    registration_id: UUID
    sitting_id: UUID
    person_id: UUID
    name: str
    admission_number: str
    attempt: int
    held_on: date
    commitment: str
    opened_at: datetime
    standard: Standard
    examiners: Mapping[int, Examiner]
    examined_by: frozenset[UUID]
    items: Mapping[str, DrawnState]
    outcome: Outcome | None
    ended: Ended | None

    @property
    def is_over(self) -> bool:
        """Signed to the end, or ended by the exam office: nothing of it changes any more."""
        return self.outcome is not None or self.ended is not None

    @property
    def signed_items(self) -> int:
        """How many items all three have signed."""
        return sum(state.is_signed for state in self.items.values())

    def place_of(self, person_id: UUID | None) -> int | None:
        """1 or 2 for its examiners, None for everybody else."""
        return next((place for place, one in self.examiners.items() if one.person_id == person_id), None)

    def state_of(self, subject: str) -> DrawnState:
        """Raises NoSuchPractical where the subject has no drawn item."""
        if subject not in self.items:
            raise NoSuchPractical
        return self.items[subject]


def views(reading: Reading, records: Sequence[PracticalRecord]) -> list[Practical]:
    """Practicals from their rows. A handful of statements, however many practicals there are."""
    ids = [record.id for record in records]
    examiners = rows_by_practical(reading, PracticalExaminerRecord, ids, PracticalExaminerRecord.turn)
    drawn = rows_by_practical(reading, PracticalItemRecord, ids, PracticalItemRecord.subject)
    runs = rows_by_practical(reading, PracticalRunRecord, ids, PracticalRunRecord.subject)
    steps = rows_by_practical(reading, PracticalStepRecord, ids, PracticalStepRecord.number)
    signatures = rows_by_practical(reading, PracticalSignatureRecord, ids, PracticalSignatureRecord.subject)
    outcomes = rows_by_practical(reading, PracticalOutcomeRecord, ids, PracticalOutcomeRecord.practical_id)
    endings = rows_by_practical(reading, PracticalEndingRecord, ids, PracticalEndingRecord.practical_id)
    found = []
    for record in records:
        turns = sorted(examiners[record.id], key=lambda one: (one.place, one.turn))  # the last of a place examines
        there = {one.place: Examiner(one.person_id, one.name) for one in turns}
        names = {one.person_id: one.name for one in turns} | {record.person_id: record.name}
        # A sheet is one person's judgement: whoever takes a place begins it anew.
        written = [step for step in steps[record.id] if step.examiner_id == there[step.place].person_id]
        standard = standard_of(record.qualification, record.standard_version)
        assert standard is not None
        states = {
            one.subject: _state(
                drawn_item(one),
                standard.item(one.item),
                [step for step in written if step.subject == one.subject],
                next((run.run_id for run in runs[record.id] if run.subject == one.subject), None),
                {row.signer: _signed(row, names) for row in signatures[record.id] if row.subject == one.subject},
            )
            for one in drawn[record.id]
        }
        found.append(
            _as_practical(
                record,
                standard=standard,
                examiners=there,
                examined_by=frozenset(one.person_id for one in turns),
                items=states,
                outcome=next((_outcome(row) for row in outcomes[record.id]), None),
                ended=next((_ended(row) for row in endings[record.id]), None),
            )
        )
    return found


def rows_by_practical(
    reading: Reading, table: type[Row], ids: Sequence[UUID], order: InstrumentedAttribute[Any]
) -> Rows[Row]:
    found: Rows[Row] = defaultdict(list)
    for row in reading.session.scalars(select(table).where(among(table.practical_id, ids)).order_by(order)):
        found[row.practical_id].append(row)
    return found


def _as_practical(record: PracticalRecord, **folded: Any) -> Practical:
    return Practical(
        id=record.id,
        registration_id=record.registration_id,
        sitting_id=record.sitting_id,
        person_id=record.person_id,
        name=record.name,
        admission_number=record.admission_number,
        attempt=record.attempt,
        held_on=record.held_on,
        commitment=record.commitment,
        opened_at=record.opened_at,
        **folded,
    )


def drawn_item(row: PracticalItemRecord) -> DrawnItem:
    return DrawnItem(row.subject, row.item, None if row.scene_seed is None else int(row.scene_seed))


def _state(
    drawn: DrawnItem,
    item: Item,
    steps: Sequence[PracticalStepRecord],
    run_id: UUID | None,
    signatures: Mapping[Signer, Signed],
) -> DrawnState:
    taken = {place: [step_from_json(step.content) for step in steps if step.place == place] for place in EXAMINERS}
    sheets = {place: fold(item, its_steps) for place, its_steps in taken.items()}
    return DrawnState(drawn, item, sheets, run_id, signatures)


def _signed(row: PracticalSignatureRecord, names: Mapping[UUID, str]) -> Signed:
    return Signed(names[row.person_id], row.at, row.is_refusal, row.reason, row.digest)


def _outcome(row: PracticalOutcomeRecord) -> Outcome:
    return Outcome(row.total, row.pass_mark, row.is_vetoed, row.is_passed, row.finished_at)


def _ended(row: PracticalEndingRecord) -> Ended:
    return Ended(row.ending, row.reason, row.ended_by_name, row.ended_at)
