"""Runs, their operations, their scores. Rows are only ever added; row policies keep practice and examination apart."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import SimulationsBase
from simulations.runs.rules import Mode


class RunRecord(SimulationsBase):
    """`content` is the scenario as it was when the run began, so that a run can be replayed whatever became of it."""

    __tablename__ = "runs"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    mode: Mapped[Mode]
    person_id: Mapped[UUID]
    apparatus: Mapped[str]
    scenario: Mapped[str]
    scenario_version: Mapped[int]
    digest: Mapped[str]
    content: Mapped[dict[str, Any]]
    seed: Mapped[Decimal]
    started_at: Mapped[datetime]


class OperationRecord(SimulationsBase):
    __tablename__ = "operations"

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    mode: Mapped[Mode]
    content: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]


class ScoreRecord(SimulationsBase):
    __tablename__ = "scores"

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    mode: Mapped[Mode]
    total: Mapped[Decimal]
    is_vetoed: Mapped[bool]
    content: Mapped[dict[str, Any]]
    scored_at: Mapped[datetime]
