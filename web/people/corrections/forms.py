"""What is typed to correct somebody's particulars, turned into what a deed needs or into an Invalid by field."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, StringConstraints

from kernel.errors import Invalid, Problem
from people.accounts.rules import DocumentKind
from people.accounts.rules.id_numbers import parse_document_number
from people.organisations.rules.cells import parse_name, parse_phone
from people.organisations.rules.sheets import Cell

T = TypeVar("T")
Short = Annotated[str, StringConstraints(max_length=200)]
Reason = Annotated[str, StringConstraints(max_length=500)]


class TypedParticulars(BaseModel):
    name: Short = ""
    phone: Short = ""
    reason: Reason = ""

    def read(self, *, demonstration: bool) -> tuple[str, str | None]:
        """Name and mobile number. Raises Invalid with every field that cannot be used."""
        wrong: dict[str, Problem | str] = {}
        name = _read(wrong, "name", lambda: parse_name(Cell(self.name)))
        phone = _read(wrong, "phone", lambda: parse_phone(Cell(self.phone), demonstration=demonstration))
        if wrong or name is None:
            raise Invalid(wrong)
        return name, phone


class TypedNumber(BaseModel):
    document_number: Short = ""
    number_reason: Reason = ""

    def read(self, kind: DocumentKind, today: date, *, demonstration: bool) -> str:
        """The number in its normal form. Raises Invalid at its field."""
        try:
            return parse_document_number(kind, self.document_number, today=today, demonstration=demonstration)
        except Problem as problem:
            raise Invalid({"document_number": problem}) from problem


def _read(wrong: dict[str, Problem | str], field: str, reader: Callable[[], T]) -> T | None:
    try:
        return reader()
    except Problem as problem:
        wrong[field] = problem
        return None
