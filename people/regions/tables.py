"""Rows of regions."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import PeopleBase


class RegionRecord(PeopleBase):
    """One place. What has stood in a list stays here, for certificates and organisations name it."""

    __tablename__ = "regions"

    code: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[dict[str, Any]]
    is_current: Mapped[bool]
    loaded_at: Mapped[datetime]
