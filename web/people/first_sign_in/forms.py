"""What somebody types who comes in for the first time, with a code from their telephone."""

from datetime import date

from pydantic import BaseModel

from people.accounts.actions import Chosen, Identity
from people.accounts.rules import DocumentKind
from people.accounts.rules.id_numbers import IdNumber, parse_document_number
from people.appointments.rules import user_name
from people.organisations.rules.cells import parse_name
from people.organisations.rules.sheets import Cell
from web.typed import Fields, a_line, one_of


class TypedFirstSignIn(BaseModel):
    code: str = ""
    name: str = ""
    document_kind: str = DocumentKind.RESIDENT_ID.value
    document_number: str = ""
    username: str = ""
    new: str = ""
    again: str = ""

    def meant(self, today: date, *, demonstration: bool) -> tuple[str, Identity, Chosen]:
        """The code, who they are, and what they will sign in with. Raises Invalid with every field that is wrong."""
        with Fields(self) as read:
            code = read("code", a_line)
            name = read("name", lambda text: parse_name(Cell(text)))
            kind = read("document_kind", one_of(DocumentKind))
            number = read(
                "document_number",
                lambda text: parse_document_number(
                    kind or DocumentKind.RESIDENT_ID, text, today=today, demonstration=demonstration
                ),
            )
            username = read("username", user_name)
        card = IdNumber(number) if kind is DocumentKind.RESIDENT_ID else None
        who = Identity(name, kind, number, card.sex if card else None, card.birth_date if card else None, None)
        return code, who, Chosen(username, self.new[:500], self.again[:500])
