"""Who somebody is: persons, their documents and accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Date, TableValuedAlias, Text, Uuid, bindparam, func, literal, select
from sqlalchemy.dialects.postgresql import insert

from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts import queries
from people.accounts.actions.passwords import hashed
from people.accounts.errors import AlreadyKnown, NoSuchPerson, PasswordTooShort, UserNameTaken
from people.accounts.events import AccountOpened, PersonRegistered
from people.accounts.rules import PASSWORD_AT_LEAST, DocumentKind, PersonId, Sex, password_length
from people.accounts.rules.id_numbers import normalised
from people.accounts.tables import AccountRecord, IdentityDocumentRecord, PersonRecord


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is by an identity document."""

    name: str
    document_kind: DocumentKind
    document_number: str
    sex: Sex | None
    birth_date: date | None
    phone: str | None


@action(needs=Permission.REGISTER_PEOPLE)
def register_person(
    work: Work,
    *,
    name: str,
    document_kind: DocumentKind,
    document_number: str,
    sex: Sex | None,
    birth_date: date | None,
    phone: str | None,
) -> PersonId:
    """The person with this document, registered if new: however a number is written, it makes one person only.

    Raises AlreadyKnown when the document is registered under another name.
    """
    number = normalised(document_number)
    known = queries.person_with_document(work, document_kind, number)
    if known is None:
        register_people(work, [Identity(name, document_kind, number, sex, birth_date, phone)])
        known = queries.person_with_document(work, document_kind, number)
    if known is None or known.name != name:
        raise AlreadyKnown
    return known.id


def register_people(work: Work, wanted: Sequence[Identity]) -> None:
    """Register those whose documents nobody holds yet, in one statement. Part of deeds, not one itself.

    Somebody else may be registering the same people now: then the document that comes first wins and the other is left
    out, its person too, so that no person stays behind without one. In the order of the numbers, so that two lists that
    name the same people in another order wait for each other and never both.
    """
    people = _in_rows(wanted)
    documents = (
        insert(IdentityDocumentRecord)
        .from_select(
            ["person_id", "kind", "number"],
            select(people.c.id, people.c.kind, people.c.number).order_by(people.c.kind, people.c.number),
        )
        .on_conflict_do_nothing()
        .returning(IdentityDocumentRecord.person_id)
        .cte("documents")
    )
    named = (people.c.id, people.c.name, people.c.sex, people.c.birth_date, people.c.phone, literal(work.now))
    persons = insert(PersonRecord).from_select(
        ["id", "name", "sex", "birth_date", "phone", "created_at"],
        select(*named).where(people.c.id.in_(select(documents.c.person_id))),
    )
    for person_id in work.session.scalars(persons.returning(PersonRecord.id)).all():
        work.announce(PersonRegistered(person_id=PersonId(person_id)))


def _in_rows(wanted: Sequence[Identity]) -> TableValuedAlias:
    """These people as rows to select from, each with an id. Arrays: a list of thousands is still seven parameters."""
    arrays = (
        bindparam("ids", [new_id() for _ in wanted], ARRAY(Uuid)),
        bindparam("names", [each.name for each in wanted], ARRAY(Text)),
        bindparam("sexes", [each.sex for each in wanted], ARRAY(Text)),
        bindparam("birth_dates", [each.birth_date for each in wanted], ARRAY(Date)),
        bindparam("phones", [each.phone for each in wanted], ARRAY(Text)),
        bindparam("kinds", [each.document_kind for each in wanted], ARRAY(Text)),
        bindparam("numbers", [each.document_number for each in wanted], ARRAY(Text)),
    )
    columns = ("id", "name", "sex", "birth_date", "phone", "kind", "number")
    return func.unnest(*arrays).table_valued(*columns, name="wanted").render_derived()


@action(needs=Permission.OPEN_ACCOUNTS)
def open_account(
    work: Work,
    *,
    person_id: PersonId,
    username: str,
    password: str,
    roles: list[str],
    organisation_id: UUID | None,
    region: str | None = None,
    is_demonstration: bool = False,
) -> None:
    """Let a person sign in with a password of their own. Raises UserNameTaken, PasswordTooShort."""
    if password_length(password) < PASSWORD_AT_LEAST:
        raise PasswordTooShort(length=PASSWORD_AT_LEAST)
    account = AccountRecord(
        id=new_id(),
        person_id=person_id,
        username=username,
        password_hash=hashed(password),
        roles=sorted(roles),
        organisation_id=organisation_id,
        region_code=region,
        is_demonstration=is_demonstration,
        opened_at=work.now,
    )
    put_account(work, account)


def put_account(work: Work, account: AccountRecord) -> None:
    """Add an account under a user name that is free. Part of deeds, not one itself. Raises UserNameTaken."""
    if queries.account_named(work, account.username) is not None:
        taken = UserNameTaken(username=account.username)
        raise UserNameTaken(fields={"username": taken}, username=account.username)
    work.session.add(account)
    work.session.flush()
    work.announce(AccountOpened(account_id=account.id, person_id=account.person_id, roles=tuple(account.roles)))


@action(needs=Permission.SEE_ID_NUMBER)
def show_id_number(work: Work, *, person_id: UUID, reason: str) -> str:
    """The whole number of a person's identity document, for a deed that needs it; every look is audited."""
    found = queries.documents(work, [person_id]).get(person_id)
    if found is None:
        raise NoSuchPerson
    work.note("people.id_number_shown", subject=person_id, reason=reason)
    return found[1]
