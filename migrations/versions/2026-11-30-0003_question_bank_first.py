"""The question bank: outlines, questions and their sealed versions, review steps, and what testing may read."""

from alembic import op

from migrations.first.question_bank import outlines, review, versions
from migrations.guards import sealed

revision = "2026_11_30_0003"
down_revision = "2026_11_30_0002"
STAGE = "expand"


def upgrade() -> None:
    op.execute("CREATE SCHEMA question_bank")
    op.execute("GRANT USAGE ON SCHEMA question_bank TO anpei_authoring, anpei_testing")
    sealed("question_bank", "anpei_authoring")
    outlines.create()
    versions.create()
    review.create()
