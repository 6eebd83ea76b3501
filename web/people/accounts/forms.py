"""What is typed on the account screens, turned into what a deed needs or into an Invalid that names the fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from kernel.errors import N_, Invalid, Problem
from people.access.rules import ROLE_NAMES, Role
from people.accounts.rules import DocumentKind, Sex
from people.accounts.rules.id_numbers import IdNumber, parse_document_number
from people.appointments.queries import AccountFilter, AccountRow
from people.appointments.rules import AccountState
from people.organisations.rules.cells import parse_name, parse_phone
from people.organisations.rules.sheets import Cell
from web import words

T = TypeVar("T")
Short = Annotated[str, StringConstraints(max_length=200)]
HEADINGS = (N_("Name"), N_("User name"), N_("Roles"), N_("Organisation"), N_("State"), N_("Account opened"))

STATE_NAMES = {
    AccountState.OPEN: N_("In use"),
    AccountState.ONE_TIME: N_("Waits for the first sign-in"),
    AccountState.CLOSED: N_("Account closed"),
}
DOCUMENT_NAMES = {
    DocumentKind.RESIDENT_ID: N_("Resident ID card"),
    DocumentKind.HONG_KONG_MACAO_PERMIT: N_("Mainland travel permit, Hong Kong and Macao"),
    DocumentKind.TAIWAN_PERMIT: N_("Mainland travel permit, Taiwan"),
    DocumentKind.FOREIGN_PERMANENT_RESIDENCE: N_("Foreigner's permanent residence card"),
    DocumentKind.PASSPORT: N_("Passport"),
}


class NotInTheList(Problem):
    sentence = N_("Choose one of the list.")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as read from the form."""

    name: str
    document_kind: DocumentKind
    document_number: str
    sex: Sex | None
    birth_date: date | None
    phone: str | None


class TypedRoles(BaseModel):
    roles: list[Short] = []
    organisation_id: Short = ""

    def chosen_roles(self) -> list[Role]:
        """Raises Invalid."""
        known = {role.value: role for role in Role}
        if not set(self.roles) <= set(known):
            raise Invalid({"roles": NotInTheList()})
        return [known[role] for role in sorted(set(self.roles))]

    def organisation(self) -> UUID | None:
        """None where none was chosen. Raises Invalid."""
        if not self.organisation_id:
            return None
        try:
            return UUID(self.organisation_id)
        except ValueError:
            raise Invalid({"organisation_id": NotInTheList()}) from None


class TypedAccount(TypedRoles):
    """A new account, for somebody new or known."""

    name: Short = ""
    document_kind: Short = DocumentKind.RESIDENT_ID.value
    document_number: Short = ""
    phone: Short = ""
    username: Short = ""

    def identity(self, today: date, *, demonstration: bool) -> Identity:
        """Raises Invalid with every field that cannot be used."""
        wrong: dict[str, Problem | str] = {}
        kind = {each.value: each for each in DocumentKind}.get(self.document_kind)
        if kind is None:
            raise Invalid({"document_kind": NotInTheList()})
        name = _read(wrong, "name", lambda: parse_name(Cell(self.name)))
        phone = _read(wrong, "phone", lambda: parse_phone(Cell(self.phone), demonstration=demonstration))
        number = _read(
            wrong,
            "document_number",
            lambda: parse_document_number(kind, self.document_number, today=today, demonstration=demonstration),
        )
        if wrong or name is None or number is None:
            raise Invalid(wrong)
        card = IdNumber(number) if kind is DocumentKind.RESIDENT_ID else None
        return Identity(name, kind, number, card.sex if card else None, card.birth_date if card else None, phone)


def _read(wrong: dict[str, Problem | str], field: str, reader: Callable[[], T]) -> T | None:
    """What `reader` reads, or None with its problem noted at `field`."""
    try:
        return reader()
    except Problem as problem:
        wrong[field] = problem
        return None


def filter_from(query: Mapping[str, str]) -> AccountFilter:
    """The filter in an address. What cannot be read filters nothing, so that an old link still shows a list."""
    roles = {role.value: role for role in Role}
    states = {state.value: state for state in AccountState}
    return AccountFilter(
        search=query.get("q", "")[:100].replace("\0", ""),
        role=roles.get(query.get("role", "")),
        state=states.get(query.get("state", "")),
    )


def page_from(query: Mapping[str, str]) -> int:
    """The page number in an address; 1 where there is none."""
    typed = query.get("page", "1")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1  # noqa: PLR2004 - a million


def excel_row(row: AccountRow, say: Callable[[str], str], language: str) -> list[str]:
    """One account as the downloaded list has it, in the order of HEADINGS."""
    return [
        row.name,
        row.username,
        say(N_(", ")).join(words.named(ROLE_NAMES[role], language) for role in row.roles),
        row.organisation or "",
        say(STATE_NAMES[row.state]),
        words.instant(row.opened_at),
    ]
