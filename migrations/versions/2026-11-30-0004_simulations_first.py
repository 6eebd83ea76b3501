"""Simulations: runs, operations, scores; practice and examination kept apart by row policies."""

from alembic import op

from migrations.first import simulations

revision = "2026_11_30_0004"
down_revision = "2026_11_30_0003"
STAGE = "expand"


def upgrade() -> None:
    op.execute("CREATE SCHEMA simulations")
    op.execute(f"GRANT USAGE ON SCHEMA simulations TO {simulations.BOTH}")
    simulations.create()
