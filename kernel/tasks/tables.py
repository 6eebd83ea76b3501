"""Rows of long tasks. A face sees only its own (row-level security)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import KernelBase
from kernel.tasks.rules import Outcome


class TaskRecord(KernelBase):
    """A task and how far it has come."""

    __tablename__ = "tasks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str]
    kind: Mapped[str]
    about: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]]
    noted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    actor: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    run_after: Mapped[datetime]
    stepped_at: Mapped[datetime | None]
    total: Mapped[int | None]
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    careful_until: Mapped[int] = mapped_column(default=0)
    worked_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    refusal: Mapped[dict[str, Any] | None]
    outcome: Mapped[Outcome | None]
    ended_at: Mapped[datetime | None]


class CancellationRecord(KernelBase):
    """Somebody wants a task to stop. A row of its own: the task's row is held while a step is done."""

    __tablename__ = "task_cancellations"

    task_id: Mapped[UUID] = mapped_column(ForeignKey("kernel.tasks.id"), primary_key=True)
    asked_at: Mapped[datetime]
