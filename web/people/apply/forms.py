"""What somebody types who applies for their organisation."""

from pydantic import BaseModel

from people.admissions.errors import TelephoneOfContact
from people.admissions.rules.applications import KINDS, MOST_CONTACT, Particulars
from people.admissions.rules.cells import read_trade
from people.organisations.rules.cells import parse_phone
from people.organisations.rules.credit_codes import parse_credit_code
from people.organisations.rules.employments import OrganisationKind, organisation_name
from people.organisations.rules.sheets import Cell
from web.typed import Fields, NotInTheList, a_line, one_of, some_text


class TypedTelephone(BaseModel):
    phone: str = ""
    reference: str = ""

    def meant(self, *, demonstration: bool) -> tuple[str, str]:
        """The telephone, and the reference of an application that is there already. Raises Invalid by field."""
        with Fields(self) as read:
            phone = read("phone", lambda text: _a_phone(text, demonstration=demonstration))
            reference = read("reference", a_line)
        return phone, reference.lower()


class TypedDigits(BaseModel):
    digits: str = ""


class TypedApplication(BaseModel):
    kind: str = ""
    name: str = ""
    credit_code: str = ""
    region: str = ""
    trade: str = ""
    contact: str = ""

    def meant(self, *, demonstration: bool) -> Particulars:
        """Raises Invalid with every field that cannot be used."""
        with Fields(self) as read:
            kind = read("kind", _a_kind)
            name = read("name", organisation_name)
            code = read("credit_code", lambda text: parse_credit_code(text, demonstration=demonstration).text)
            region = read("region", some_text)
            trade = read("trade", lambda text: read_trade(Cell(text)))
            contact = read("contact", lambda text: some_text(text)[:MOST_CONTACT])
        return Particulars(kind=kind, name=name, credit_code=code, region=region, trade=trade, contact=contact)


def _a_kind(typed: str) -> OrganisationKind:
    kind = one_of(OrganisationKind)(typed)
    if kind not in KINDS:
        raise NotInTheList
    return kind


def _a_phone(typed: str, *, demonstration: bool) -> str:
    phone = parse_phone(Cell(typed), demonstration=demonstration)
    if phone is None:
        raise TelephoneOfContact
    return phone
