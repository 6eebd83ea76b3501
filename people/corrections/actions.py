"""Every correction: by the administrator, and of the own staff by the enterprise where nobody else relies on it."""

from uuid import UUID

from kernel.because import because
from kernel.errors import Invalid
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts.actions.correcting import write_number, write_particulars
from people.accounts.errors import DemonstrationAccount, NoSuchPerson, NumberOfAnother
from people.accounts.queries import hold_person, person_with_document
from people.accounts.queries.records import OnRecord, has_ever_signed_in, is_of_the_cast, on_record
from people.accounts.rules.id_numbers import masked
from people.appointments.queries import is_known_elsewhere, require_holder_in_scope
from people.corrections.errors import (
    SAY_WHAT_WAS_WRONG,
    NothingIsDifferent,
    NotOursToCorrect,
    NumberIsReliedOn,
)
from people.corrections.events import IdNumberCorrected, ParticularsCorrected
from people.organisations.queries import own_staff_member
from people.organisations.rules.employments import Employment


@action(needs=Permission.CORRECT_PEOPLE)
def correct_particulars(work: Work, *, person_id: UUID, name: str, phone: str | None, reason: str) -> None:
    """Correct anybody's name and mobile number.

    Raises NoSuchPerson, DemonstrationAccount, ReasonMissing, NothingIsDifferent.
    """
    require_holder_in_scope(work, person_id)
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
    require_holder_in_scope(work, person_id)
    hold_person(work, person_id)
    before = _open_to_correction(work, person_id, reason)
    if before.document_kind is None or before.document_number is None:
        raise NoSuchPerson
    if before.document_number == number:
        raise NothingIsDifferent
    if has_ever_signed_in(work, person_id):
        raise NumberIsReliedOn(name=before.name)
    if person_with_document(work, before.document_kind, number) is not None:
        raise Invalid({"document_number": NumberOfAnother()})
    write_number(work, person_id, before.document_kind, number)
    facts = {"before": masked(before.document_number), "after": masked(number)}
    work.announce(IdNumberCorrected(person_id=person_id, reason=reason.strip(), **facts))


def _correct(work: Work, person_id: UUID, name: str, phone: str | None, reason: str) -> None:
    before = _open_to_correction(work, person_id, reason)
    if (before.name, before.phone) == (name, phone):
        raise NothingIsDifferent
    write_particulars(work, person_id, name, phone)
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


def _open_to_correction(work: Work, person_id: UUID, reason: str) -> OnRecord:
    before = on_record(work, person_id)
    if is_of_the_cast(work, person_id):
        raise DemonstrationAccount
    because(reason, SAY_WHAT_WAS_WRONG)
    return before
