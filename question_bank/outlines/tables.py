"""Rows of outlines and their points; each version is added, none is changed."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import QuestionBankBase


class OutlineRecord(QuestionBankBase):
    __tablename__ = "outlines"

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    is_sample: Mapped[bool]
    digest: Mapped[str]
    kept_at: Mapped[datetime]


class PointRecord(QuestionBankBase):
    __tablename__ = "points"

    outline_code: Mapped[str] = mapped_column(primary_key=True)
    outline_version: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    name_zh: Mapped[str]
    name_en: Mapped[str]
