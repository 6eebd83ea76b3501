"""Exams: centres, sittings, registrations, papers, the exam room, practicals, results."""

from alembic import op

from migrations.first.exams import (
    attempts,
    centres,
    eligibilities,
    invigilation,
    papers,
    practicals,
    registrations,
    results,
    sittings,
)
from migrations.guards import sealed

revision = "2026_11_30_0006"
down_revision = "2026_11_30_0005"
STAGE = "expand"


def upgrade() -> None:
    op.execute("CREATE SCHEMA exams")
    op.execute("GRANT USAGE ON SCHEMA exams TO anpei_testing, anpei_registry")
    sealed("exams", "anpei_testing")
    centres.create()
    eligibilities.create()
    sittings.create()
    registrations.create()
    papers.create()
    attempts.create()
    invigilation.create()
    practicals.create()
    results.create()
