"""In which region somebody belongs: what is theirs is looked after by the offices of that region."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from kernel.work import Reading
from people.accounts.tables import AccountRecord
from people.organisations.queries.registered import organisations
from people.organisations.tables import EmploymentRecord


def place_of_work(reading: Reading, person_id: UUID, *, otherwise: Sequence[UUID] = ()) -> str | None:
    """The region where somebody works now.

    By the newest employment; else by the organisation that opened their newest account; else that of the first of
    `otherwise`. None: none of these stands in one.
    """
    works = (
        select(EmploymentRecord.organisation_id)
        .where(EmploymentRecord.person_id == person_id, EmploymentRecord.left_on.is_(None))
        .order_by(EmploymentRecord.created_at.desc(), EmploymentRecord.id.desc())
    )
    acts = (
        select(AccountRecord.organisation_id)
        .where(AccountRecord.person_id == person_id, AccountRecord.closed_at.is_(None))
        .where(AccountRecord.organisation_id.is_not(None))
        .order_by(AccountRecord.opened_at.desc(), AccountRecord.id.desc())
    )
    places = [*reading.session.scalars(works), *reading.session.scalars(acts), *otherwise]
    known = organisations(reading, places)
    return next((known[each].region for each in places if each in known and known[each].region), None)
