"""Look-ups, kept to count them. Written only by the database function `certification.note_lookup`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import CertificationBase


class LookupRecord(CertificationBase):
    """One look-up; `client` is a keyed digest of the address it came from, `missed_name` of a name not found."""

    __tablename__ = "lookups"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    client: Mapped[bytes]
    kind: Mapped[str]
    missed_name: Mapped[bytes | None]
