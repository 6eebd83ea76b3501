"""Who is who."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select, true

from kernel import files
from kernel.actor import Actor
from kernel.db import among
from kernel.files import OpenFile
from kernel.locks import hold
from kernel.store import PHOTOS
from kernel.work import Reading
from people.access.rules import permissions_of
from people.accounts.errors import NoSuchPerson
from people.accounts.rules import (
    AT_HOME_FOR,
    GUESSING_WINDOW,
    SEEN_IS_NOTED_EVERY,
    DocumentKind,
    PersonId,
    Sex,
    is_guessing,
    is_session_alive,
)
from people.accounts.tables import (
    AccountRecord,
    GuessRecord,
    IdentityDocumentRecord,
    PersonRecord,
    SessionRecord,
)
from people.regions.rules import beginning_of

MARK_BYTES = 4


@dataclass(frozen=True, slots=True)
class Person:
    """A person as every face may know them."""

    id: PersonId
    name: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """What exam rules and certificates need to know of a person besides."""

    name: str
    sex: Sex | None
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class DemonstrationPerson:
    """One who can sign in on the demonstration's sign-in page."""

    name: str
    username: str
    roles: tuple[str, ...]


def token_digest(token: str) -> bytes:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who signed in; `is_to_be_noted` when it is time to note that they are still there.

    `must_choose_password`: they came with a password of the office's, and do nothing else before they have their own.
    """

    actor: Actor
    is_to_be_noted: bool
    must_choose_password: bool


def sign_in_of(reading: Reading, token: str, *, demonstration: bool = False) -> SignIn | None:
    """The sign-in of this token, or None when it is over or never was; that of a demonstration person only in one."""
    row = reading.session.execute(
        select(SessionRecord, AccountRecord, PersonRecord.name)
        .join(AccountRecord, AccountRecord.id == SessionRecord.account_id)
        .join(PersonRecord, PersonRecord.id == AccountRecord.person_id)
        .where(SessionRecord.token_digest == token_digest(token), AccountRecord.closed_at.is_(None))
        .where(true() if demonstration else AccountRecord.is_demonstration.is_(False))
    ).first()
    if row is None:
        return None
    session, account, name = row
    alive = is_session_alive(
        opened_at=session.opened_at, seen_at=session.seen_at, ended_at=session.ended_at, now=reading.now
    )
    if not alive:
        return None
    is_to_be_noted = reading.now - session.seen_at >= SEEN_IS_NOTED_EVERY
    return SignIn(_actor(account, name), is_to_be_noted, account.one_time_until is not None)


def _actor(account: AccountRecord, name: str) -> Actor:
    return Actor(
        name=name,
        account_id=account.id,
        person_id=account.person_id,
        organisation_id=account.organisation_id,
        region=beginning_of(account.region_code),
        permissions=permissions_of(account.roles, account.region_code),
        roles=frozenset(account.roles),
    )


def actor_of_account(reading: Reading, username: str) -> Actor | None:
    """The actor behind a user name, for commands of the administrator and for tests."""
    row = reading.session.execute(
        select(AccountRecord, PersonRecord.name)
        .join(PersonRecord, PersonRecord.id == AccountRecord.person_id)
        .where(AccountRecord.username == username)
    ).first()
    return None if row is None else _actor(row[0], row[1])


def account_named(reading: Reading, username: str) -> AccountRecord | None:
    """The account with this user name, for this room's own actions."""
    return reading.session.scalars(select(AccountRecord).where(AccountRecord.username == username)).first()


def is_open_account(reading: Reading, username: str) -> bool:
    """Whether somebody may come in under this user name."""
    account = account_named(reading, username)
    return account is not None and account.closed_at is None


def password_hash(reading: Reading, username: str) -> str | None:
    """The hash behind a user name, where this face signs its holder in; None also where it does not."""
    return reading.session.scalar(select(func.people.password_hash_of(username)))


def name_mark(username: str) -> bytes:
    """What is kept of a name at which was guessed: enough to count, too little to find a mistyped password by."""
    return hashlib.sha256(username.encode()).digest()[:MARK_BYTES]


def own_account(reading: Reading) -> AccountRecord:
    """The actor's own account. Raises NoSuchPerson for the platform and for visitors."""
    record = reading.session.get(AccountRecord, reading.actor.account_id) if reading.actor.account_id else None
    if record is None:
        raise NoSuchPerson
    return record


def is_guessed_at(reading: Reading, username: str, address: str) -> bool:
    """Whether sign-ins to this name failed too often lately, or those to too many names from this address."""
    of_name, of_address = GuessRecord.name_mark == name_mark(username), GuessRecord.address == address
    counts = reading.session.execute(
        select(
            func.count().filter(of_name),
            func.count(GuessRecord.name_mark.distinct()).filter(of_address),
            func.count().filter(of_name, of_address),
        ).where(GuessRecord.at > reading.now - GUESSING_WINDOW)
    ).one()
    return is_guessing(
        of_name=counts[0],
        names_from_address=counts[1],
        of_both=counts[2],
        is_at_home=_has_signed_in_from(reading, username, address),
    )


def _has_signed_in_from(reading: Reading, username: str, address: str) -> bool:
    found = (
        select(SessionRecord.account_id)
        .join(AccountRecord, AccountRecord.id == SessionRecord.account_id)
        .where(
            AccountRecord.username == username,
            SessionRecord.address == address,
            SessionRecord.opened_at > reading.now - AT_HOME_FOR,
        )
    )
    return bool(reading.session.scalar(select(found.exists())))


def hold_person(reading: Reading, person_id: UUID) -> None:
    """Until this transaction ends nobody else changes what one person may hold: for deeds that look before they write.

    Taken before any row of the person is locked, in every deed alike, so that no two wait for each other.
    """
    hold(reading.session, f"people.person:{person_id}")


def person(reading: Reading, person_id: UUID) -> Person | None:
    """A person by id."""
    return people(reading, [person_id]).get(person_id)


def people(reading: Reading, ids: list[UUID]) -> dict[UUID, Person]:
    """Persons by id; those that do not exist are missing."""
    found = reading.session.scalars(select(PersonRecord).where(among(PersonRecord.id, ids)))
    return {row.id: _person(row) for row in found}


def _person(row: PersonRecord) -> Person:
    return Person(PersonId(row.id), row.name)


def particulars(reading: Reading, person_id: UUID) -> Particulars | None:
    """A person's sex and birth date. Only faces that are granted them may ask."""
    row = reading.session.execute(
        select(PersonRecord.name, PersonRecord.sex, PersonRecord.birth_date).where(PersonRecord.id == person_id)
    ).first()
    return None if row is None else Particulars(*row)


def telephone(reading: Reading, person_id: UUID) -> str | None:
    """A person's mobile number, where one is known; for the registry, which is granted it."""
    return reading.session.scalar(select(PersonRecord.phone).where(PersonRecord.id == person_id))


def masked_phones(reading: Reading, ids: Collection[UUID]) -> dict[UUID, str]:
    """Phone numbers as screens show them, to tell namesakes apart; persons without one are missing."""
    rows = reading.session.execute(
        select(PersonRecord.id, PersonRecord.masked_phone).where(
            among(PersonRecord.id, ids), PersonRecord.masked_phone.is_not(None)
        )
    )
    return {each: phone for each, phone in rows if phone is not None}


def acting_for(reading: Reading, ids: Collection[UUID], *, since: datetime) -> dict[UUID, frozenset[UUID]]:
    """The organisations that persons act for through their accounts, or did at some time after `since`.

    Persons without one are missing.
    """
    rows = reading.session.execute(
        select(AccountRecord.person_id, AccountRecord.organisation_id).where(
            among(AccountRecord.person_id, ids),
            or_(AccountRecord.closed_at.is_(None), AccountRecord.closed_at >= since),
        )
    )
    found: dict[UUID, set[UUID]] = {}
    for person_id, organisation_id in rows:
        if organisation_id is not None:
            found.setdefault(person_id, set()).add(organisation_id)
    return {person_id: frozenset(organisations) for person_id, organisations in found.items()}


def organisations_acted_for(roles: Collection[str]) -> Select[UUID | None]:
    """The organisations at which somebody holds one of these roles: a subquery for those that look for the others."""
    holds = or_(*(AccountRecord.roles.contains([role]) for role in sorted(roles)))
    here = (AccountRecord.organisation_id.is_not(None), AccountRecord.closed_at.is_(None), holds)
    return select(AccountRecord.organisation_id).where(*here)


def organisations_with(reading: Reading, roles: Collection[str], ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these organisations at which somebody holds one of these roles."""
    found = reading.session.scalars(organisations_acted_for(roles).where(among(AccountRecord.organisation_id, ids)))
    return frozenset(each for each in found if each is not None)


def people_named(reading: Reading, name: str) -> list[Person]:
    """Everybody of exactly this name, oldest entry first. A part of a name finds nobody: this is no directory."""
    found = reading.session.scalars(select(PersonRecord).where(PersonRecord.name == name).order_by(PersonRecord.id))
    return [_person(row) for row in found]


def holders_at(reading: Reading, organisation_id: UUID, role: str) -> list[Person]:
    """Those who have an account with this role at an organisation, by name."""
    found = reading.session.scalars(
        select(PersonRecord)
        .join(AccountRecord, AccountRecord.person_id == PersonRecord.id)
        .where(
            AccountRecord.organisation_id == organisation_id,
            AccountRecord.closed_at.is_(None),
            AccountRecord.roles.contains([role]),
        )
        .order_by(PersonRecord.name)
    )
    return [_person(row) for row in found]


def person_with_document(reading: Reading, kind: DocumentKind, number: str) -> Person | None:
    """The person who holds this identity document. Only faces that are granted documents may ask."""
    row = reading.session.scalars(
        select(PersonRecord)
        .join(IdentityDocumentRecord, IdentityDocumentRecord.person_id == PersonRecord.id)
        .where(IdentityDocumentRecord.kind == kind, IdentityDocumentRecord.number == number)
    ).first()
    return None if row is None else _person(row)


def people_with_documents(reading: Reading, kind: DocumentKind, numbers: list[str]) -> dict[str, Person]:
    """The holders of these identity documents by number; numbers that nobody holds are missing."""
    rows = reading.session.execute(
        select(IdentityDocumentRecord.number, PersonRecord)
        .join(PersonRecord, PersonRecord.id == IdentityDocumentRecord.person_id)
        .where(IdentityDocumentRecord.kind == kind, among(IdentityDocumentRecord.number, numbers))
    )
    return {number: _person(row) for number, row in rows}


def documents(reading: Reading, ids: list[UUID]) -> dict[UUID, tuple[DocumentKind, str]]:
    """Identity documents by person, whole: for official papers. Screens show `masked`; see `show_id_number`."""
    found = reading.session.scalars(select(IdentityDocumentRecord).where(among(IdentityDocumentRecord.person_id, ids)))
    return {row.person_id: (row.kind, row.number) for row in found}


def roles_by_person(reading: Reading) -> dict[UUID, frozenset[str]]:
    """Every role that a person holds in any open account, for those who look for conflicts."""
    rows = reading.session.execute(
        select(AccountRecord.person_id, AccountRecord.roles).where(AccountRecord.closed_at.is_(None))
    )
    found: dict[UUID, frozenset[str]] = {}
    for person_id, roles in rows:
        found[person_id] = found.get(person_id, frozenset()) | frozenset(roles)
    return found


def has_photo(reading: Reading, person_id: UUID) -> bool:
    """Whether there is a photo of a person, without fetching it."""
    return files.is_there(reading, PHOTOS, person_id)


def photo(reading: Reading, person_id: UUID) -> bytes | None:
    """A person's photo as JPEG, where there is one: for what is printed. A page shows `photo_file`."""
    found = photo_file(reading, person_id)
    return b"".join(found.read()) if found else None


def photo_file(reading: Reading, person_id: UUID) -> OpenFile | None:
    """A person's photo, to be served, where there is one."""
    found = files.find(reading, PHOTOS, person_id)
    return files.opened(reading, found) if found else None


def demonstration_people(reading: Reading) -> list[DemonstrationPerson]:
    """Everyone who can sign in on the demonstration's sign-in page."""
    rows = reading.session.execute(
        select(PersonRecord.name, AccountRecord.username, AccountRecord.roles)
        .join(PersonRecord, PersonRecord.id == AccountRecord.person_id)
        .where(AccountRecord.is_demonstration, AccountRecord.closed_at.is_(None))
        .order_by(AccountRecord.opened_at, AccountRecord.id)
    )
    return [DemonstrationPerson(name, username, tuple(roles)) for name, username, roles in rows]
