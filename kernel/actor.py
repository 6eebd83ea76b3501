"""Who is acting: a signed-in person, or the platform itself."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

EVERYWHERE: Final = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """For what somebody acts: places, and whom.

    `region`: how the codes of all places begin for which they act; a part is written so that it begins
    like its whole. Empty: the whole installation. What lies nowhere is only for those who act everywhere.
    """

    region: str = EVERYWHERE
    organisation_id: UUID | None = None

    @property
    def is_everywhere(self) -> bool:
        return self.region == EVERYWHERE

    def covers(self, code: str | None) -> bool:
        """Whether the place with this code lies within."""
        return self.is_everywhere or (code is not None and code.startswith(self.region))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The doer of a deed, with the permissions held at this moment.

    The platform itself acts without an account; its deeds carry `name` in the audit. `region`: see `Scope`.
    """

    name: str
    account_id: UUID | None = None
    person_id: UUID | None = None
    organisation_id: UUID | None = None
    region: str = EVERYWHERE
    permissions: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    is_platform: bool = False

    @property
    def scope(self) -> Scope:
        """For what this actor acts."""
        return Scope(self.region, self.organisation_id)

    def may(self, permission: str) -> bool:
        """Whether this actor holds `permission`; the platform's own jobs hold all."""
        return self.is_platform or permission in self.permissions


ANYONE = Actor(name="anyone")


def platform(job: str) -> Actor:
    """The platform acting by itself, under the name of the job that it does."""
    return Actor(name=f"platform: {job}", is_platform=True)
