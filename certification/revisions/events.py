"""Facts about revised results."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedPartRevised(Event):
    """A part that certification had taken as passed was revised; `still_passed`: whether it is passed now."""

    NAME: ClassVar[str] = "certification.passed_part_revised"

    result_id: UUID
    supersedes: UUID
    person_id: UUID
    still_passed: bool
