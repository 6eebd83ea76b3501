"""Facts about outlines."""

from dataclasses import dataclass
from typing import ClassVar

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineKept(Event):
    """`digest` is `Outline.digest()`."""

    NAME: ClassVar[str] = "question_bank.outline_kept"

    bank: str
    version: int
    digest: str
