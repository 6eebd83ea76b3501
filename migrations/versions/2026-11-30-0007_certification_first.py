"""Certification: what was achieved, applications and decisions, certificates, their status log, look-ups."""

from alembic import op

from migrations.first.certification import achieved, applications, certificates, public, revisions

revision = "2026_11_30_0007"
down_revision = "2026_11_30_0006"
STAGE = "expand"


def upgrade() -> None:
    op.execute("CREATE SCHEMA certification")
    op.execute("GRANT USAGE ON SCHEMA certification TO anpei_registry, anpei_public")
    achieved.create()
    revisions.create()
    applications.create()
    certificates.create()
    public.create()
