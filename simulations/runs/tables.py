"""Runs, their operations, their scores. Rows are only ever added; row policies keep practice and examination apart."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Base
from simulations.runs.rules import Mode


class RunRecord(Base):
    """`content` is the scenario as it was when the run began, so that a run can be replayed whatever became of it."""

    __tablename__ = "runs"
    __table_args__ = {"schema": "simulations"}  # noqa: RUF012

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


class OperationRecord(Base):
    __tablename__ = "operations"
    __table_args__ = {"schema": "simulations"}  # noqa: RUF012

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    mode: Mapped[Mode]
    content: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]


class ScoreRecord(Base):
    __tablename__ = "scores"
    __table_args__ = {"schema": "simulations"}  # noqa: RUF012

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    mode: Mapped[Mode]
    total: Mapped[Decimal]
    is_vetoed: Mapped[bool]
    content: Mapped[dict[str, Any]]
    scored_at: Mapped[datetime]
