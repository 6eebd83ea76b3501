"""Facts about people and their accounts."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistered(Event):
    NAME: ClassVar[str] = "people.person_registered"

    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Event):
    NAME: ClassVar[str] = "people.account_opened"

    account_id: UUID
    person_id: UUID
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Event):
    NAME: ClassVar[str] = "people.password_changed"

    account_id: UUID
    was_one_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    NAME: ClassVar[str] = "people.signed_in"

    account_id: UUID
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Event):
    NAME: ClassVar[str] = "people.signed_out"

    account_id: UUID
