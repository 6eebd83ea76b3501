"""People: regions, persons, documents, photos, accounts, sign-ins, organisations, posts, employments, messages."""

from alembic import op

from migrations.first.people import accounts, admissions, applications, codes, messages, organisations, persons, regions
from migrations.first.roles import EVERY_FACE
from migrations.guards import sealed

revision = "2026_11_30_0002"
down_revision = "2026_11_30_0001"
STAGE = "expand"


def upgrade() -> None:
    op.execute("CREATE SCHEMA people")
    op.execute(f"GRANT USAGE ON SCHEMA people TO {EVERY_FACE}")
    sealed("people", "anpei_registry")
    regions.create()
    persons.create()
    accounts.create()
    organisations.create()
    codes.create()
    messages.create()
    admissions.create()
    applications.create()
