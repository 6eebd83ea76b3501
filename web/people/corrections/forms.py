"""What is typed to correct somebody's particulars, turned into what a deed needs or into an Invalid by field."""

from datetime import date
from typing import Any

from pydantic import BaseModel

from people.accounts.rules import DocumentKind
from people.accounts.rules.id_numbers import parse_document_number
from people.organisations.rules.cells import parse_name, parse_phone
from people.organisations.rules.sheets import Cell
from web.typed import Fields, a_remark


class TypedParticulars(BaseModel):
    name: str = ""
    phone: str = ""
    reason: str = ""

    def meant(self, *, demonstration: bool) -> dict[str, Any]:
        """Name, mobile number and why. Raises Invalid with every field that cannot be used."""
        with Fields(self) as read:
            name = read("name", lambda text: parse_name(Cell(text)))
            phone = read("phone", lambda text: parse_phone(Cell(text), demonstration=demonstration))
            reason = read("reason", a_remark)
        return {"name": name, "phone": phone, "reason": reason}


class TypedNumber(BaseModel):
    document_number: str = ""
    number_reason: str = ""

    def read(self, kind: DocumentKind, today: date, *, demonstration: bool) -> tuple[str, str]:
        """The number in its normal form, and why. Raises Invalid by field."""
        with Fields(self) as read:
            number = read(
                "document_number",
                lambda text: parse_document_number(kind, text, today=today, demonstration=demonstration),
            )
            reason = read("number_reason", a_remark)
        return number, reason
