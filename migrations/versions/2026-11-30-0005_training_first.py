"""Training: courses, enrolments, study, self-checks, classes, completions, and two summaries for the registry."""

from alembic import op

from migrations.first.training import classes, courses, enrolments, study, summaries

revision = "2026_11_30_0005"
down_revision = "2026_11_30_0004"
STAGE = "expand"


def upgrade() -> None:
    op.execute("CREATE SCHEMA training")
    op.execute("GRANT USAGE ON SCHEMA training TO anpei_teaching, anpei_registry")
    courses.create()
    enrolments.create()
    study.create()
    classes.create()
    summaries.create()
