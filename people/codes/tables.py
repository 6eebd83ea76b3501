"""Rows of codes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import PeopleBase
from people.codes.rules import Use


class CodeRecord(PeopleBase):
    """A code that was asked for. `digest`: of the code, once one was drawn; `of`: the organisation it speaks for.

    `client`, `device`, `secret` are those of a stranger's browser, as digests: who asked, and who may type it.
    """

    __tablename__ = "codes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    use: Mapped[Use]
    phone: Mapped[str]
    of: Mapped[UUID | None]
    said: Mapped[str]
    asked_at: Mapped[datetime]
    digest: Mapped[bytes | None]
    good_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    proven_at: Mapped[datetime | None]
    spent_at: Mapped[datetime | None]
    client: Mapped[bytes | None]
    device: Mapped[bytes | None]
    secret: Mapped[bytes | None]
