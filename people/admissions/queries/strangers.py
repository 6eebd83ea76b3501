"""What a stranger sees: the regions to choose from, and the own application with a proven telephone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Text, column, func, select
from sqlalchemy.dialects.postgresql import JSONB

from kernel.work import Reading
from people.admissions.rules.applications import PROOF_HOLDS, ApplicationState


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """An application as whoever handed it in sees it."""

    reference: str
    name: str
    state: ApplicationState
    reason: str | None
    handed_in_at: datetime
    decided_at: datetime | None


def own_application(reading: Reading, code_id: UUID, mark: bytes, reference: str) -> OwnApplication | None:
    """That with this reference, if the telephone proven in this browser is its own; else None, whatever there is."""
    shown = func.people.application_of(code_id, mark, reading.now - PROOF_HOLDS, reference).table_valued(
        column("reference", Text),
        column("name", Text),
        column("state", Text),
        column("reason", Text),
        column("handed_in_at", DateTime(timezone=True)),
        column("decided_at", DateTime(timezone=True)),
    )
    row = reading.session.execute(select(shown)).first()
    if row is None:
        return None
    return OwnApplication(
        row.reference, row.name, ApplicationState(row.state), row.reason, row.handed_in_at, row.decided_at
    )


def counties(reading: Reading) -> dict[str, Mapping[str, Any]]:
    """The names of provinces, cities and counties by code, each behind the one in which it lies."""
    shown = func.people.counties().table_valued(column("code", Text), column("names", JSONB))
    return {row.code: row.names for row in reading.session.execute(select(shown))}


def county_codes(reading: Reading) -> frozenset[str]:
    """The codes that an application may name."""
    return frozenset(counties(reading))
