"""Who is acting: a signed-in person, or the platform itself."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The doer of a deed, with the permissions held at this moment.

    The platform itself acts without an account; its deeds carry `name` in the audit.
    """

    name: str
    account_id: UUID | None = None
    person_id: UUID | None = None
    organisation_id: UUID | None = None
    permissions: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    is_platform: bool = False

    def may(self, permission: str) -> bool:
        """Whether this actor holds `permission`; the platform's own jobs hold all."""
        return self.is_platform or permission in self.permissions


ANYONE = Actor(name="anyone")


def platform(job: str) -> Actor:
    """The platform acting by itself, under the name of the job that it does."""
    return Actor(name=f"platform: {job}", is_platform=True)
