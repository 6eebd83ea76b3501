"""Runs as values. Who may see one is decided here: its person, or a caller that holds the run by its own right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from kernel.names import Names
from kernel.work import Reading
from simulations.engine.rules import operation_from_json
from simulations.runs.errors import NoSuchRun
from simulations.runs.rules import Memory, Run, RunId, mode_of
from simulations.runs.tables import OperationRecord, RunRecord, ScoreRecord
from simulations.scenarios.rules import scored_to_json

MEMORY = Memory()  # of this process


def own_run(reading: Reading, run_id: RunId) -> Run:
    """A run of the signed-in person, in the mode of this face. Raises NoSuchRun."""
    run = run_of(reading, run_id)
    if run.person_id != reading.actor.person_id:
        raise NoSuchRun
    return run


def run_of(reading: Reading, run_id: UUID) -> Run:
    """Any run of this face's mode; for rooms that hold its id by right, as a practical does. Raises NoSuchRun."""
    record = reading.session.get(RunRecord, run_id)
    if record is None or record.mode != mode_of(reading.face):
        raise NoSuchRun
    stored = reading.session.scalars(
        select(OperationRecord.content).where(OperationRecord.run_id == run_id).order_by(OperationRecord.number)
    )
    return Run(
        id=RunId(record.id),
        person_id=record.person_id,
        mode=record.mode,
        scenario=record.scenario,
        content=record.content,
        seed=int(record.seed),
        started_at=record.started_at,
        operations=tuple(operation_from_json(content) for content in stored),
        memory=MEMORY,
    )


@dataclass(frozen=True, slots=True)
class StoredScore:
    """A score as it was written down when the run ended; `content` as `scored_to_json` makes it."""

    total: Decimal
    is_vetoed: bool
    content: Mapping[str, Any]
    scored_at: datetime


def stored_score(reading: Reading, run_id: UUID) -> StoredScore | None:
    """The score of a run; None while it runs."""
    row = reading.session.get(ScoreRecord, run_id)
    return None if row is None else StoredScore(row.total, row.is_vetoed, row.content, row.scored_at)


def is_score_repeated(reading: Reading, run_id: UUID) -> bool:
    """Whether the operations, replayed now, give the score that was written down.

    Raises NoSuchRun; OperationsOutOfOrder, OperationUnreadable, FormatUnknown where the evidence is damaged;
    ModelUnknown where the model of the run is not among those of this program.
    """
    stored = stored_score(reading, run_id)
    if stored is None:
        return False
    again = run_of(reading, run_id).scored(stored.scored_at)
    kept = (stored.total, stored.is_vetoed, stored.content)
    return (again.total, bool(again.vetoes), scored_to_json(again)) == kept


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """A line in the list of what a person has done."""

    id: RunId
    title: Names
    started_at: datetime
    total: Decimal
    is_vetoed: bool


def own_finished(reading: Reading, apparatus: str, limit: int = 10) -> list[FinishedRun]:
    """The signed-in person's finished runs of an apparatus in the mode of this face, newest first."""
    rows = reading.session.execute(
        select(
            RunRecord.id,
            RunRecord.content["title"],
            RunRecord.started_at,
            ScoreRecord.total,
            ScoreRecord.is_vetoed,
        )
        .join(ScoreRecord, ScoreRecord.run_id == RunRecord.id)
        .where(
            RunRecord.person_id == reading.actor.person_id,
            RunRecord.mode == mode_of(reading.face),
            RunRecord.apparatus == apparatus,
        )
        .order_by(RunRecord.started_at.desc())
        .limit(limit)
    )
    return [FinishedRun(RunId(row[0]), *row[1:]) for row in rows]
