"""Asking the audit what was noted about something."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from kernel.tables import AuditRecord, ChainRecord


@dataclass(frozen=True, slots=True)
class Noted:
    """The facts and the name of one audit row, and where it stands in the chain; None while it is not sealed."""

    facts: dict[str, Any]
    position: int | None
    name: str


def noted_about(session: Session, subject: UUID, *names: str) -> list[Noted]:
    """Every row of these names about one subject, the oldest first. For faces that may read the audit."""
    return _noted(session, AuditRecord.subject == subject, AuditRecord.name.in_(names))


def noted_with(session: Session, name: str, **facts: UUID) -> list[Noted]:
    """Every row of one name with these ids among its facts, the oldest first. For faces that may read the audit."""
    wanted = (AuditRecord.facts[fact].astext == str(value) for fact, value in facts.items())
    return _noted(session, AuditRecord.name == name, *wanted)


def _noted(session: Session, *wanted: ColumnElement[bool]) -> list[Noted]:
    statement = (
        select(AuditRecord.facts, ChainRecord.position, AuditRecord.name)
        .outerjoin(ChainRecord, ChainRecord.audit_id == AuditRecord.id)
        .where(*wanted)
    )
    return [Noted(*row) for row in session.execute(statement.order_by(AuditRecord.written_at, AuditRecord.number))]
