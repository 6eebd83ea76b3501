"""Facts about codes."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAsked(Event):
    """A code is to go to a telephone; `of` says about what."""

    NAME: ClassVar[str] = "people.code_asked"

    code_id: UUID
    use: str
    of: UUID
