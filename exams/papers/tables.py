"""Rows of secrets, draws and papers; what stands plain here gives nothing away.

Secrets, papers and candidates' documents are kept sealed (`kernel.sealed`): the `secret` of a sitting, the `paper` and
the `document` (JSON, gzip-compressed) of a paper.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import ExamsBase


class SecretRecord(ExamsBase):
    """The promise of a sitting, and after the sitting the secret that keeps it (hexadecimal)."""

    __tablename__ = "sitting_secrets"

    sitting_id: Mapped[UUID] = mapped_column(primary_key=True)
    commitment: Mapped[str]
    committed_at: Mapped[datetime]
    revealed_secret: Mapped[str | None]
    revealed_at: Mapped[datetime | None]


class DrawRecord(ExamsBase):
    """What papers were drawn from, and by which method.

    `papers` maps admission number to the digests of paper and document.
    """

    __tablename__ = "paper_draws"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("exams.sitting_secrets.sitting_id"))
    method: Mapped[int]
    bank: Mapped[str]
    blueprint: Mapped[dict[str, Any]]
    blueprint_digest: Mapped[str]
    pool: Mapped[dict[str, Any]]
    pool_digest: Mapped[str]
    papers: Mapped[dict[str, Any]]
    drawn_at: Mapped[datetime]


class PaperRecord(ExamsBase):
    """One candidate's paper, by its outside."""

    __tablename__ = "papers"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID]
    draw_id: Mapped[UUID] = mapped_column(ForeignKey("exams.paper_draws.id"))
    admission_number: Mapped[str]
    person_id: Mapped[UUID]
    blueprint_code: Mapped[str]
    shape: Mapped[list[Any]]
