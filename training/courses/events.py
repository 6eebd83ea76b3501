"""Facts about courses."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePublished(Event):
    NAME: ClassVar[str] = "training.course_published"

    course_id: UUID
    code: str
    version: int
    digest: str
