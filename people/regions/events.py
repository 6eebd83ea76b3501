"""Facts about regions."""

from dataclasses import dataclass
from typing import ClassVar

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsLoaded(Event):
    """A list was taken: so many places are new, were named anew, or stand in it no longer."""

    NAME: ClassVar[str] = "people.regions_loaded"

    digest: str
    added: int
    renamed: int
    gone: int
