"""What is typed on the account screens, turned into what a deed needs or into an Invalid that names the fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from kernel.errors import N_
from people.access.rules import ROLE_NAMES, Role
from people.accounts.rules import DocumentKind, Sex
from people.accounts.rules.id_numbers import IdNumber, parse_document_number
from people.appointments.queries import AccountFilter, AccountRow
from people.appointments.rules import AccountState
from people.organisations.rules.cells import parse_name, parse_phone
from people.organisations.rules.sheets import Cell
from web import words
from web.typed import Fields, a_line, an_id, chosen, if_any, one_of, sought

HEADINGS = (N_("Name"), N_("User name"), N_("Roles"), N_("Organisation"), N_("State"), N_("Account opened"))

STATE_NAMES = {
    AccountState.OPEN: N_("In use"),
    AccountState.ONE_TIME: N_("Waits for the first sign-in"),
    AccountState.CLOSED: N_("Account closed"),
}


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
    roles: list[str] = []
    organisation_id: str = ""
    region: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `change_roles` that are typed. Raises Invalid by field."""
        with Fields(self) as read:
            roles = read.each("roles", one_of(Role))
            organisation_id = read("organisation_id", if_any(an_id))
            region = read("region", if_any(a_line))
        return {"roles": sorted(set(roles)), "organisation_id": organisation_id, "region": region}


class TypedAccount(TypedRoles):
    """A new account, for somebody new or known."""

    name: str = ""
    document_kind: str = DocumentKind.RESIDENT_ID.value
    document_number: str = ""
    phone: str = ""
    username: str = ""

    def identity(self, today: date, *, demonstration: bool) -> Identity:
        """Raises Invalid with every field that cannot be used."""
        with Fields(self) as read:
            name = read("name", lambda text: parse_name(Cell(text)))
            phone = read("phone", lambda text: parse_phone(Cell(text), demonstration=demonstration))
            kind = read("document_kind", one_of(DocumentKind))
            number = read(
                "document_number",
                lambda text: parse_document_number(
                    kind or DocumentKind.RESIDENT_ID, text, today=today, demonstration=demonstration
                ),
            )
        card = IdNumber(number) if kind is DocumentKind.RESIDENT_ID else None
        return Identity(name, kind, number, card.sex if card else None, card.birth_date if card else None, phone)


def filter_from(query: Mapping[str, str]) -> AccountFilter:
    """The filter in an address."""
    return AccountFilter(
        search=sought(query), role=chosen(Role, query, "role"), state=chosen(AccountState, query, "state")
    )


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
