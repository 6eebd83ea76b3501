"""Practicals as views: for the exam office, for the two examiners, for the candidate; and the dated standards."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import yaml
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from exams.centres.rules import Duty
from exams.practicals.errors import NoStandard, NoSuchPractical
from exams.practicals.rules import (
    EXAMINERS,
    DrawnItem,
    Item,
    Sheet,
    Signer,
    Standard,
    fold,
    read_standard,
    step_from_json,
)
from exams.practicals.tables import (
    PracticalDrawRecord,
    PracticalExaminerRecord,
    PracticalItemRecord,
    PracticalOutcomeRecord,
    PracticalRecord,
    PracticalRunRecord,
    PracticalSignatureRecord,
    PracticalStepRecord,
)
from exams.sittings import queries as sittings
from exams.sittings.queries import SittingRow
from exams.sittings.rules import State
from exams.standards.rules import Part
from kernel.work import Reading
from people.access.rules import Permission

STANDARDS = Path(__file__).parent.parent / "data" / "practicals"

Row = TypeVar(
    "Row",
    PracticalExaminerRecord,
    PracticalItemRecord,
    PracticalOutcomeRecord,
    PracticalRunRecord,
    PracticalSignatureRecord,
    PracticalStepRecord,
)
Rows = dict[UUID, list[Row]]  # by practical


@cache
def standards() -> tuple[Standard, ...]:
    """Every practical standard; the same values for the life of the process."""
    files = sorted(STANDARDS.glob("*.yaml"))
    return tuple(read_standard(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files)


def standard_for(qualification: str, on: date) -> Standard:
    """The standard in force for `qualification` on a day; the newest version where several are. Raises NoStandard."""
    fitting = [one for one in standards() if one.qualification == qualification and one.is_in_force(on)]
    if not fitting:
        raise NoStandard(qualification=qualification)
    return max(fitting, key=lambda one: one.version)


def standard_of(qualification: str, version: int) -> Standard | None:
    """One version of a standard, where its file is still there."""
    return next((one for one in standards() if (one.qualification, one.version) == (qualification, version)), None)


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
class Practical:
    """One candidate's practical as it stands. `items` is empty until they are drawn."""

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
    items: Mapping[str, DrawnState]
    outcome: Outcome | None

    def place_of(self, person_id: UUID | None) -> int | None:
        """1 or 2 for its examiners, None for everybody else."""
        return next((place for place, one in self.examiners.items() if one.person_id == person_id), None)

    def state_of(self, subject: str) -> DrawnState:
        """Raises NoSuchPractical where the subject has no drawn item."""
        if subject not in self.items:
            raise NoSuchPractical
        return self.items[subject]


def practicals(reading: Reading, *, on: date | None = None, limit: int = 100) -> list[Practical]:
    """The practicals that the person may see: the exam office all, an examiner those they examine; newest first."""
    wanted = select(PracticalRecord).order_by(PracticalRecord.held_on.desc(), PracticalRecord.admission_number)
    if on is not None:
        wanted = wanted.where(PracticalRecord.held_on == on)
    is_office = reading.actor.may(Permission.ARRANGE_PRACTICAL)
    if not is_office:
        own = PracticalExaminerRecord.person_id == reading.actor.person_id
        wanted = wanted.where(PracticalRecord.id.in_(select(PracticalExaminerRecord.practical_id).where(own)))
    found = _practicals(reading, reading.session.scalars(wanted.limit(limit)).all())
    return [one for one in found if is_office or one.place_of(reading.actor.person_id)]


def open_sittings(reading: Reading) -> list[SittingRow]:
    """The practical sittings that are under way, for the exam office."""
    return sittings.all_sittings(reading, sittings.Filters(part=Part.PRACTICAL, state=State.OPEN))


def own_practicals(reading: Reading) -> list[Practical]:
    """The practicals of the signed-in candidate, newest first."""
    wanted = (
        select(PracticalRecord)
        .where(PracticalRecord.person_id == reading.actor.person_id)
        .order_by(PracticalRecord.held_on.desc())
    )
    return _practicals(reading, reading.session.scalars(wanted).all())


def own_practical(reading: Reading, practical_id: UUID) -> Practical:
    """A practical of the signed-in candidate. Raises NoSuchPractical."""
    found = _practical(reading, practical_id)
    if found.person_id != reading.actor.person_id:
        raise NoSuchPractical
    return found


def examined_practical(reading: Reading, practical_id: UUID) -> tuple[Practical, int]:
    """A practical that the signed-in person examines, and their place.

    Raises:
        NoSuchPractical: also for an examiner who was relieved of the sitting, most of all when that was for a conflict.
    """
    found = _practical(reading, practical_id)
    place = found.place_of(reading.actor.person_id)
    if place is None or sittings.is_relieved(reading, found.sitting_id, reading.actor.person_id):
        raise NoSuchPractical
    return found, place


def practical(reading: Reading, practical_id: UUID) -> Practical:
    """For the exam office, and for the examiners of this practical. Raises NoSuchPractical."""
    if reading.actor.may(Permission.ARRANGE_PRACTICAL):
        return _practical(reading, practical_id)
    return examined_practical(reading, practical_id)[0]


def substitutes(reading: Reading, practical: Practical) -> list[Examiner]:
    """Examiners on duty in the sitting who have never examined this candidate."""
    past = _rows(reading, PracticalExaminerRecord, [practical.id], PracticalExaminerRecord.turn)
    known = {one.person_id for one in past[practical.id]}
    on_duty = (one for one in sittings.duties(reading, practical.sitting_id) if one.duty is Duty.EXAMINER)
    return [Examiner(one.person_id, one.name) for one in on_duty if one.person_id not in known]


def drawn_in(reading: Reading, sitting_id: UUID) -> list[tuple[PracticalRecord, PracticalDrawRecord, str | None]]:
    """Each drawn practical of a sitting with its draw and, once it is finished, its secret; for this room's actions."""
    found = reading.session.execute(
        select(PracticalRecord, PracticalDrawRecord, PracticalOutcomeRecord.secret)
        .join(PracticalDrawRecord, PracticalDrawRecord.practical_id == PracticalRecord.id)
        .outerjoin(PracticalOutcomeRecord, PracticalOutcomeRecord.practical_id == PracticalRecord.id)
        .where(PracticalRecord.sitting_id == sitting_id)
        .order_by(PracticalRecord.admission_number)
    )
    return [(practical, draw, secret) for practical, draw, secret in found]


def drawn_items(reading: Reading, practical_id: UUID) -> tuple[DrawnItem, ...]:
    """The drawn items of a practical, by subject."""
    rows = reading.session.scalars(
        select(PracticalItemRecord)
        .where(PracticalItemRecord.practical_id == practical_id)
        .order_by(PracticalItemRecord.subject)
    )
    return tuple(_drawn(row) for row in rows)


def runs_in(reading: Reading, practical_id: UUID) -> dict[str, UUID]:
    """Subject -> the simulation run that is its evidence."""
    rows = reading.session.scalars(select(PracticalRunRecord).where(PracticalRunRecord.practical_id == practical_id))
    return {one.subject: one.run_id for one in rows}


def sealed_secret(reading: Reading, practical_id: UUID) -> bytes:
    """The sealed secret of a practical; only who holds the papers' key can open it."""
    record = reading.session.get(PracticalRecord, practical_id)
    if record is None:
        raise NoSuchPractical
    return record.secret


def _practical(reading: Reading, practical_id: UUID) -> Practical:
    record = reading.session.get(PracticalRecord, practical_id)
    if record is None:
        raise NoSuchPractical
    return _practicals(reading, [record])[0]


def _practicals(reading: Reading, records: Sequence[PracticalRecord]) -> list[Practical]:
    """Practicals from their rows. A handful of statements, however many practicals there are."""
    ids = [record.id for record in records]
    examiners = _rows(reading, PracticalExaminerRecord, ids, PracticalExaminerRecord.turn)
    drawn = _rows(reading, PracticalItemRecord, ids, PracticalItemRecord.subject)
    runs = _rows(reading, PracticalRunRecord, ids, PracticalRunRecord.subject)
    steps = _rows(reading, PracticalStepRecord, ids, PracticalStepRecord.number)
    signatures = _rows(reading, PracticalSignatureRecord, ids, PracticalSignatureRecord.subject)
    outcomes = _rows(reading, PracticalOutcomeRecord, ids, PracticalOutcomeRecord.practical_id)
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
                _drawn(one),
                standard.item(one.item),
                [step for step in written if step.subject == one.subject],
                next((run.run_id for run in runs[record.id] if run.subject == one.subject), None),
                {row.signer: _signed(row, names) for row in signatures[record.id] if row.subject == one.subject},
            )
            for one in drawn[record.id]
        }
        outcome = next((_outcome(row) for row in outcomes[record.id]), None)
        found.append(_as_practical(record, standard, there, states, outcome))
    return found


def _rows(reading: Reading, table: type[Row], ids: Sequence[UUID], order: InstrumentedAttribute[Any]) -> Rows[Row]:
    found: Rows[Row] = defaultdict(list)
    for row in reading.session.scalars(select(table).where(table.practical_id.in_(ids)).order_by(order)):
        found[row.practical_id].append(row)
    return found


def _as_practical(
    record: PracticalRecord,
    standard: Standard,
    examiners: Mapping[int, Examiner],
    items: Mapping[str, DrawnState],
    outcome: Outcome | None,
) -> Practical:
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
        standard=standard,
        examiners=examiners,
        items=items,
        outcome=outcome,
    )


def _drawn(row: PracticalItemRecord) -> DrawnItem:
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
