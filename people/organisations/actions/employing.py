"""New lines of a staff list. Parts of deeds, no deeds themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert

from kernel.ids import new_id
from kernel.locks import hold
from kernel.work import Work
from people.organisations.events import EmploymentBegan
from people.organisations.queries import Post
from people.organisations.rules.employments import EmploymentId
from people.organisations.rules.staff_lists import StaffLine
from people.organisations.tables import EmploymentRecord


@dataclass(frozen=True, slots=True)
class Hire:
    """Somebody to employ at a post, as a line says."""

    person_id: UUID
    post: Post
    line: StaffLine


def one_list_at_a_time(work: Work, organisation_id: UUID) -> None:
    """Two lists of one enterprise wait for each other; those of others go on.

    Whom two enterprises name at once is one person still: the identity document decides it, see `register_people`.
    """
    hold(work.session, f"people.staff:{organisation_id}")


def employ(work: Work, organisation_id: UUID, hires: Sequence[Hire]) -> list[EmploymentId]:
    """Open a line for each, all in one statement."""
    ids = [EmploymentId(new_id()) for _ in hires]
    if not hires:
        return ids
    rows = [_row(work, organisation_id, each, hire) for each, hire in zip(ids, hires, strict=True)]
    work.session.execute(insert(EmploymentRecord), rows)
    for each, hire in zip(ids, hires, strict=True):
        work.announce(
            EmploymentBegan(
                employment_id=each,
                person_id=hire.person_id,
                organisation_id=organisation_id,
                post_id=hire.post.id,
                post_kind=hire.post.kind,
                hired_on=hire.line.hired_on,
            )
        )
    return ids


def _row(work: Work, organisation_id: UUID, employment_id: EmploymentId, hire: Hire) -> dict[str, object]:
    return {
        "id": employment_id,
        "person_id": hire.person_id,
        "organisation_id": organisation_id,
        "post_id": hire.post.id,
        "post_since": hire.line.hired_on,
        "hired_on": hire.line.hired_on,
        "migrant_worker": hire.line.migrant_worker,
        "injury_insurance": hire.line.injury_insurance,
        "created_at": work.now,
    }
