"""Writing over who somebody is. Parts of deeds, no deeds themselves: why and by whom is for people/corrections."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from kernel.errors import Invalid
from kernel.work import Work
from people.accounts.errors import NumberOfAnother
from people.accounts.rules import DocumentKind
from people.accounts.rules.id_numbers import IdNumber
from people.accounts.tables import IdentityDocumentRecord, PersonRecord


def write_particulars(work: Work, person_id: UUID, name: str, phone: str | None) -> None:
    """Another name and mobile number."""
    work.session.execute(update(PersonRecord).where(PersonRecord.id == person_id).values(name=name, phone=phone))


def write_number(work: Work, person_id: UUID, kind: DocumentKind, number: str) -> None:
    """Another number of the identity document; with a resident's number sex and birth date change too.

    Raises:
        NumberOfAnother: Invalid at `document_number`, also where somebody else was registered with it in this moment.
    """
    of_person = IdentityDocumentRecord.person_id == person_id
    try:
        work.session.execute(update(IdentityDocumentRecord).where(of_person).values(number=number))
    except IntegrityError as taken:
        raise Invalid({"document_number": NumberOfAnother()}) from taken
    if kind is DocumentKind.RESIDENT_ID:
        card = IdNumber(number)
        values = {"sex": card.sex, "birth_date": card.birth_date}
        work.session.execute(update(PersonRecord).where(PersonRecord.id == person_id).values(values))
