"""${message}."""

from alembic import op

revision = "${up_revision}"
down_revision = "${down_revision}"
STAGE = "${config.attributes["stage"]}"


def upgrade() -> None:
    op.execute("")
