"""Who works where. An enterprise's manager sees the own enterprise; `staff_of` serves those above who ask by id."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, cast, exists, func, or_, select

from kernel.db import among
from kernel.paging import Page, cut, nearest
from kernel.work import Reading
from people.accounts.rules import Sex
from people.accounts.rules.id_numbers import masked
from people.accounts.tables import IdentityDocumentRecord, PersonRecord
from people.organisations.errors import EmploymentUnknown, PostNotHere
from people.organisations.queries.imports import (
    STAFF_LIST,
    StaffImport,
    import_task,
    import_tasks,
    staff_import,
    staff_imports,
)
from people.organisations.queries.places import place_of_work
from people.organisations.queries.registered import (
    Organisation,
    all_organisations,
    organisation,
    organisation_in_scope,
    organisation_with_code,
    organisations,
    organisations_found,
    organisations_to_reach,
    own_organisation,
)
from people.organisations.rules.employments import EmploymentId, OrganisationId, PostId, Standing
from people.organisations.tables import EmploymentRecord, PostRecord

DIGITS_OF_AN_ID = 4  # a search for so many digits or more also looks at the end of ID numbers

__all__ = [
    "STAFF_LIST",
    "Organisation",
    "Post",
    "StaffFilter",
    "StaffImport",
    "StaffRow",
    "all_organisations",
    "all_staff",
    "employers_of",
    "employments_at",
    "employments_of",
    "holders_of_post",
    "import_task",
    "import_tasks",
    "masked_numbers",
    "organisation",
    "organisation_in_scope",
    "organisation_with_code",
    "organisations",
    "organisations_found",
    "organisations_to_reach",
    "own_employment",
    "own_organisation",
    "own_post",
    "own_staff_member",
    "own_staff_members",
    "place_of_work",
    "posts",
    "staff",
    "staff_import",
    "staff_imports",
    "staff_of",
]


@dataclass(frozen=True, slots=True)
class Post:
    """A post of one enterprise; `kind` is a code of `people.positions`, which says what it demands."""

    id: PostId
    organisation_id: OrganisationId
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One line of a staff list."""

    employment_id: EmploymentId
    organisation_id: OrganisationId
    person_id: UUID
    name: str
    sex: Sex | None
    phone: str | None
    post_id: PostId
    post_name: str
    post_kind: str
    post_since: date
    hired_on: date
    migrant_worker: bool
    injury_insurance: bool
    left_on: date | None


@dataclass(frozen=True, slots=True)
class StaffFilter:
    """What a staff list shows; every part may be left open."""

    search: str = ""
    post_id: UUID | None = None
    migrant_worker: bool | None = None
    injury_insurance: bool | None = None
    standing: Standing = Standing.CURRENT


def posts(reading: Reading, organisation_id: UUID) -> tuple[Post, ...]:
    """The posts of an enterprise, in the order in which they were added."""
    rows = select(PostRecord).where(PostRecord.organisation_id == organisation_id).order_by(PostRecord.id)
    return tuple(_post(row) for row in reading.session.scalars(rows))


def own_post(reading: Reading, post_id: UUID) -> Post:
    """A post of the actor's enterprise. Raises PostNotHere."""
    row = reading.session.scalar(
        select(PostRecord).where(PostRecord.id == post_id, PostRecord.organisation_id == reading.actor.organisation_id)
    )
    if row is None:
        raise PostNotHere
    return _post(row)


def staff(reading: Reading, wanted: StaffFilter, *, page: int = 1) -> Page[StaffRow]:
    """One page of the staff of the actor's enterprise; a page that does not exist is the nearest one that does."""
    statement = _own_staff(reading, wanted)
    total = reading.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    page = nearest(page, total)
    rows = reading.session.execute(cut(statement, page))
    return Page(tuple(StaffRow(*row) for row in rows), total, page)


def all_staff(reading: Reading, wanted: StaffFilter) -> tuple[StaffRow, ...]:
    """Everyone whom `staff` shows on all its pages together."""
    return tuple(StaffRow(*row) for row in reading.session.execute(_own_staff(reading, wanted)))


def staff_of(reading: Reading, organisation_id: UUID) -> tuple[StaffRow, ...]:
    """Everyone who works at an enterprise now, by name."""
    rows = _staff_rows().where(EmploymentRecord.organisation_id == organisation_id, EmploymentRecord.left_on.is_(None))
    return tuple(StaffRow(*row) for row in reading.session.execute(rows))


def employments_of(reading: Reading, person_id: UUID) -> tuple[StaffRow, ...]:
    """Everywhere a person works now, as the registry may know it."""
    rows = _staff_rows().where(EmploymentRecord.person_id == person_id, EmploymentRecord.left_on.is_(None))
    return tuple(StaffRow(*row) for row in reading.session.execute(rows))


def employers_of(
    reading: Reading, person_ids: Sequence[UUID], *, since: date, until: date
) -> dict[UUID, frozenset[UUID]]:
    """The organisations where each of these people worked on some day from `since` to `until`; nowhere: missing."""
    rows = reading.session.execute(
        select(EmploymentRecord.person_id, func.array_agg(EmploymentRecord.organisation_id))
        .where(
            among(EmploymentRecord.person_id, person_ids),
            EmploymentRecord.hired_on <= until,
            or_(EmploymentRecord.left_on.is_(None), EmploymentRecord.left_on >= since),
        )
        .group_by(EmploymentRecord.person_id)
    )
    return {person_id: frozenset(organisations) for person_id, organisations in rows}


def holders_of_post(reading: Reading, organisation_id: UUID, kind: str) -> dict[UUID, str]:
    """Names of those who hold a post of one kind at an organisation now, by person."""
    rows = reading.session.execute(
        select(PersonRecord.id, PersonRecord.name)
        .join(EmploymentRecord, EmploymentRecord.person_id == PersonRecord.id)
        .join(PostRecord, PostRecord.id == EmploymentRecord.post_id)
        .where(
            EmploymentRecord.organisation_id == organisation_id,
            EmploymentRecord.left_on.is_(None),
            PostRecord.kind == kind,
        )
    )
    return {row.id: row.name for row in rows}


def own_staff_member(reading: Reading, employment_id: UUID) -> StaffRow:
    """One line of the actor's enterprise. Raises EmploymentUnknown."""
    row = reading.session.execute(
        _staff_rows().where(
            EmploymentRecord.id == employment_id, EmploymentRecord.organisation_id == reading.actor.organisation_id
        )
    ).one_or_none()
    if row is None:
        raise EmploymentUnknown
    return StaffRow(*row)


def own_staff_members(reading: Reading, employment_ids: Collection[UUID]) -> tuple[StaffRow, ...]:
    """Several lines of the actor's enterprise. Raises EmploymentUnknown where one of them is not."""
    rows = reading.session.execute(
        _staff_rows().where(
            among(EmploymentRecord.id, employment_ids),
            EmploymentRecord.organisation_id == reading.actor.organisation_id,
        )
    ).all()
    if len(rows) != len(set(employment_ids)):
        raise EmploymentUnknown
    return tuple(StaffRow(*row) for row in rows)


def masked_numbers(reading: Reading, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """ID numbers as screens show them. Only faces that are granted identity documents may ask."""
    rows = reading.session.execute(
        select(IdentityDocumentRecord.person_id, IdentityDocumentRecord.number).where(
            among(IdentityDocumentRecord.person_id, person_ids)
        )
    )
    return {person_id: masked(number) for person_id, number in rows}


def own_employment(reading: Reading, employment_id: UUID) -> EmploymentRecord:
    """The row of one line of the actor's enterprise, locked for a change. Raises EmploymentUnknown."""
    row = reading.session.scalar(
        select(EmploymentRecord)
        .where(EmploymentRecord.id == employment_id, EmploymentRecord.organisation_id == reading.actor.organisation_id)
        .with_for_update()
    )
    if row is None:
        raise EmploymentUnknown
    return row


def employments_at(
    reading: Reading, organisation_id: UUID, people: Sequence[UUID]
) -> dict[UUID, list[tuple[EmploymentRecord, str]]]:
    """Every employment of these people at an enterprise, past ones included, with the post's name, by person."""
    rows = reading.session.execute(
        select(EmploymentRecord, PostRecord.name)
        .join(PostRecord, PostRecord.id == EmploymentRecord.post_id)
        .where(EmploymentRecord.organisation_id == organisation_id)
        .where(EmploymentRecord.person_id == func.any(cast(list(people), ARRAY(Uuid))))
    )
    found: dict[UUID, list[tuple[EmploymentRecord, str]]] = {}
    for record, post_name in rows:
        found.setdefault(record.person_id, []).append((record, post_name))
    return found


def _own_staff(reading: Reading, wanted: StaffFilter) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [EmploymentRecord.organisation_id == reading.actor.organisation_id]
    if wanted.standing is not Standing.ALL:
        has_left = EmploymentRecord.left_on.is_not(None)
        conditions.append(has_left if wanted.standing is Standing.LEFT else ~has_left)
    if wanted.post_id is not None:
        conditions.append(EmploymentRecord.post_id == wanted.post_id)
    if wanted.migrant_worker is not None:
        conditions.append(EmploymentRecord.migrant_worker.is_(wanted.migrant_worker))
    if wanted.injury_insurance is not None:
        conditions.append(EmploymentRecord.injury_insurance.is_(wanted.injury_insurance))
    if wanted.search.strip():
        conditions.append(_found_by(wanted.search.strip()))
    return _staff_rows().where(*conditions)


def _found_by(search: str) -> ColumnElement[bool]:
    places = [PersonRecord.name.contains(search, autoescape=True), PersonRecord.phone.contains(search, autoescape=True)]
    if len(search) >= DIGITS_OF_AN_ID and search.isalnum() and search.isascii():
        # Bound to the person: only the own staff's documents are read, not those of everybody on the platform.
        of_this_person = IdentityDocumentRecord.person_id == PersonRecord.id
        ends_so = IdentityDocumentRecord.number.endswith(search.upper(), autoescape=True)
        places.append(exists().where(of_this_person, ends_so))
    return or_(*places)


def _staff_rows() -> Select[Any]:
    return (
        select(*_STAFF_COLUMNS)
        .join(PersonRecord, PersonRecord.id == EmploymentRecord.person_id)
        .join(PostRecord, PostRecord.id == EmploymentRecord.post_id)
        .order_by(PostRecord.id, PersonRecord.name, EmploymentRecord.id)
    )


# In the order of StaffRow's fields.
_STAFF_COLUMNS: tuple[Any, ...] = (
    EmploymentRecord.id,
    EmploymentRecord.organisation_id,
    EmploymentRecord.person_id,
    PersonRecord.name,
    PersonRecord.sex,
    PersonRecord.phone,
    PostRecord.id,
    PostRecord.name,
    PostRecord.kind,
    EmploymentRecord.post_since,
    EmploymentRecord.hired_on,
    EmploymentRecord.migrant_worker,
    EmploymentRecord.injury_insurance,
    EmploymentRecord.left_on,
)


def _post(row: PostRecord) -> Post:
    return Post(PostId(row.id), OrganisationId(row.organisation_id), row.name, row.kind)
