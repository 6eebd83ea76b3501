"""Facts about appointments."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesChanged(Event):
    NAME: ClassVar[str] = "people.roles_changed"

    account_id: UUID
    person_id: UUID
    before: tuple[str, ...]
    roles: tuple[str, ...]
    organisation_id: UUID | None
    region: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset(Event):
    NAME: ClassVar[str] = "people.password_reset"

    account_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded(Event):
    NAME: ClassVar[str] = "people.sessions_ended"

    account_id: UUID
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed(Event):
    NAME: ClassVar[str] = "people.account_closed"

    account_id: UUID
    person_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReopened(Event):
    NAME: ClassVar[str] = "people.account_reopened"

    account_id: UUID
    person_id: UUID
