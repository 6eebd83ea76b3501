"""Every correction: by the administrator, and of the own staff by the enterprise where nobody else relies on it."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from kernel.because import because
from kernel.errors import Invalid
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts.errors import DemonstrationAccount, NoSuchPerson
from people.accounts.queries import hold_person, person_with_document
from people.accounts.rules import DocumentKind
from people.accounts.rules.id_numbers import IdNumber, masked
from people.accounts.tables import IdentityDocumentRecord, PersonRecord
from people.appointments.queries import is_known_elsewhere
from people.corrections import queries
from people.corrections.errors import (
    SAY_WHAT_WAS_WRONG,
    NothingIsDifferent,
    NotOursToCorrect,
    NumberIsReliedOn,
    NumberOfAnother,
)
from people.corrections.events import IdNumberCorrected, ParticularsCorrected
from people.organisations.queries import own_staff_member
from people.organisations.rules.employments import Employment


@action(needs=Permission.CORRECT_PEOPLE)
def correct_particulars(work: Work, *, person_id: UUID, name: str, phone: str | None, reason: str) -> None:
    """Correct anybody's name and mobile number.

    Raises NoSuchPerson, DemonstrationAccount, ReasonMissing, NothingIsDifferent.
    """
    hold_person(work, person_id)
    _correct(work, person_id, name, phone, reason)


@action(needs=Permission.KEEP_STAFF)
def correct_staff_particulars(work: Work, *, employment_id: UUID, name: str, phone: str | None, reason: str) -> None:
    """Correct name and mobile number of one of the own staff whom nobody else employs or has opened an account for.

    Raises EmploymentUnknown, HasLeft, NotOursToCorrect, and as `correct_particulars`.
    """
    row = own_staff_member(work, employment_id)
    Employment(row.hired_on, row.left_on).require_current()
    hold_person(work, row.person_id)
    if is_known_elsewhere(work, row):
        raise NotOursToCorrect(name=row.name)
    _correct(work, row.person_id, name, phone, reason)


@action(needs=Permission.CORRECT_PEOPLE)
def correct_id_number(work: Work, *, person_id: UUID, number: str, reason: str) -> None:
    """Correct the number of somebody's identity document, before anything rests on it.

    `number` is in its normal form and fits its kind. With a resident's number sex and birth date change too.

    Raises NoSuchPerson, DemonstrationAccount, ReasonMissing, NothingIsDifferent, NumberIsReliedOn, and
    NumberOfAnother at `document_number`.
    """
    hold_person(work, person_id)
    before = _open_to_correction(work, person_id, reason)
    if before.document_kind is None or before.document_number is None:
        raise NoSuchPerson
    if before.document_number == number:
        raise NothingIsDifferent
    if queries.has_ever_signed_in(work, person_id):
        raise NumberIsReliedOn(name=before.name)
    if person_with_document(work, before.document_kind, number) is not None:
        raise Invalid({"document_number": NumberOfAnother()})
    _write_number(work, person_id, before.document_kind, number)
    facts = {"before": masked(before.document_number), "after": masked(number)}
    work.announce(IdNumberCorrected(person_id=person_id, reason=reason.strip(), **facts))


def _write_number(work: Work, person_id: UUID, kind: DocumentKind, number: str) -> None:
    of_person = IdentityDocumentRecord.person_id == person_id
    try:
        work.session.execute(update(IdentityDocumentRecord).where(of_person).values(number=number))
    except IntegrityError as taken:  # registered by somebody else in this moment
        raise Invalid({"document_number": NumberOfAnother()}) from taken
    if kind is DocumentKind.RESIDENT_ID:
        card = IdNumber(number)
        values = {"sex": card.sex, "birth_date": card.birth_date}
        work.session.execute(update(PersonRecord).where(PersonRecord.id == person_id).values(values))


def _correct(work: Work, person_id: UUID, name: str, phone: str | None, reason: str) -> None:
    before = _open_to_correction(work, person_id, reason)
    if (before.name, before.phone) == (name, phone):
        raise NothingIsDifferent
    work.session.execute(update(PersonRecord).where(PersonRecord.id == person_id).values(name=name, phone=phone))
    work.announce(
        ParticularsCorrected(
            person_id=person_id,
            name_before=before.name,
            name=name,
            phone_before=masked(before.phone or ""),
            phone=masked(phone or ""),
            reason=reason.strip(),
        )
    )


def _open_to_correction(work: Work, person_id: UUID, reason: str) -> queries.OnRecord:
    before = queries.on_record(work, person_id)
    if queries.is_of_the_cast(work, person_id):
        raise DemonstrationAccount
    because(reason, SAY_WHAT_WAS_WRONG)
    return before
