"""What stands on record of somebody, and whether anything rests on it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from kernel.work import Reading
from people.accounts.errors import NoSuchPerson
from people.accounts.rules import DocumentKind
from people.accounts.tables import AccountRecord, IdentityDocumentRecord, PersonRecord, SessionRecord


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Who somebody is until now."""

    person_id: UUID
    name: str
    phone: str | None
    document_kind: DocumentKind | None
    document_number: str | None


def on_record(reading: Reading, person_id: UUID) -> OnRecord:
    """Raises NoSuchPerson."""
    row = reading.session.execute(
        select(
            PersonRecord.id,
            PersonRecord.name,
            PersonRecord.phone,
            IdentityDocumentRecord.kind,
            IdentityDocumentRecord.number,
        )
        .outerjoin(IdentityDocumentRecord, IdentityDocumentRecord.person_id == PersonRecord.id)
        .where(PersonRecord.id == person_id)
    ).first()
    if row is None:
        raise NoSuchPerson
    return OnRecord(*row)


def has_ever_signed_in(reading: Reading, person_id: UUID) -> bool:
    """Whether somebody has come in with any of their accounts.

    Who never has cannot have learned here, sat an exam or asked for a certificate. The first sign-in is always the
    registry's (there a password of one's own is chosen), so that the registry sees it.
    """
    found = (
        select(SessionRecord.account_id)
        .join(AccountRecord, AccountRecord.id == SessionRecord.account_id)
        .where(AccountRecord.person_id == person_id)
    )
    return bool(reading.session.scalar(select(found.exists())))


def is_of_the_cast(reading: Reading, person_id: UUID) -> bool:
    """Whether this is one of the demonstration's people, who stay as they are."""
    found = select(AccountRecord.id).where(AccountRecord.person_id == person_id, AccountRecord.is_demonstration)
    return bool(reading.session.scalar(select(found.exists())))
