"""One line of a staff list: opened by hand, changed, closed."""

from datetime import date
from uuid import UUID

from kernel.clock import shanghai_date
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts.actions import register_people
from people.accounts.errors import AlreadyKnown
from people.accounts.queries import people_with_documents
from people.accounts.rules import DocumentKind
from people.organisations import queries
from people.organisations.actions.employing import Hire, employ, one_list_at_a_time
from people.organisations.actions.importing import identity
from people.organisations.errors import AlreadyOnStaff, HireDateBeforeWorkingAge, PostNotHere
from people.organisations.events import EmploymentEnded, InsuranceRecorded, MigrantStatusRecorded, PostChanged
from people.organisations.rules.employments import Employment, EmploymentId, require_hire_day
from people.organisations.rules.staff_lists import WORKING_AGE, StaffLine, birthday
from people.organisations.tables import EmploymentRecord


@action(needs=Permission.KEEP_STAFF)
def add_employment(work: Work, *, line: StaffLine) -> EmploymentId:
    """Employ one person whose particulars were typed on a screen (`line.post` names a post of the own enterprise).

    Raises:
        AlreadyOnStaff: they work here already.
        AlreadyKnown: the ID number is recorded with another name.
        HireDateBeforeWorkingAge, HireDateTooFarAhead: they were younger than 16; the day is too far off.
    """
    own = queries.own_organisation(work)
    require_hire_day(line.hired_on, today=shanghai_date(work.now))
    if line.hired_on < birthday(line.id_number.birth_date, WORKING_AGE):
        raise HireDateBeforeWorkingAge
    post = next((each for each in queries.posts(work, own.id) if each.name == line.post), None)
    if post is None:
        raise PostNotHere
    one_list_at_a_time(work, own.id)
    person_id = _person(work, line)
    if any(row.organisation_id == own.id for row in queries.employments_of(work, person_id)):
        raise AlreadyOnStaff
    return employ(work, own.id, [Hire(person_id, post, line)])[0]


def _person(work: Work, line: StaffLine) -> UUID:
    who = identity(line)
    register_people(work, [who])
    holder = people_with_documents(work, DocumentKind.RESIDENT_ID, [who.document_number])[who.document_number]
    if holder.name != who.name:
        raise AlreadyKnown
    return holder.id


@action(needs=Permission.KEEP_STAFF)
def change_post(work: Work, *, employment_id: UUID, post_id: UUID, changed_on: date) -> None:
    """Move somebody to another post of the own enterprise; the same post changes nothing.

    Raises:
        HasLeft.
        PostDayBeforeHired, PostDayBeforeThisPost, PostDayTooFarAhead: Invalid at `changed_on`. From this day on the
            time for the assessment runs, so that a day far ahead would put it off.
    """
    record = queries.own_employment(work, employment_id)
    today = shanghai_date(work.now)
    _employment(record).require_post_day(changed_on, post_since=record.post_since, today=today)
    post = queries.own_post(work, post_id)
    if record.post_id == post.id:
        return
    work.announce(
        PostChanged(
            employment_id=record.id,
            person_id=record.person_id,
            organisation_id=record.organisation_id,
            from_post_id=record.post_id,
            post_id=post.id,
            post_kind=post.kind,
            changed_on=changed_on,
        )
    )
    record.post_id, record.post_since = post.id, changed_on


@action(needs=Permission.KEEP_STAFF)
def record_insurance(work: Work, *, employment_id: UUID, injury_insurance: bool) -> None:
    """Record whether somebody has work-injury insurance. Raises HasLeft."""
    record = queries.own_employment(work, employment_id)
    _employment(record).require_current()
    if record.injury_insurance == injury_insurance:
        return
    record.injury_insurance = injury_insurance
    work.announce(
        InsuranceRecorded(
            employment_id=record.id,
            person_id=record.person_id,
            organisation_id=record.organisation_id,
            injury_insurance=injury_insurance,
        )
    )


@action(needs=Permission.KEEP_STAFF)
def record_migrant_status(work: Work, *, employment_id: UUID, migrant_worker: bool) -> None:
    """Record whether somebody is a migrant worker (农民工). Raises HasLeft."""
    record = queries.own_employment(work, employment_id)
    _employment(record).require_current()
    if record.migrant_worker == migrant_worker:
        return
    record.migrant_worker = migrant_worker
    work.announce(
        MigrantStatusRecorded(
            employment_id=record.id,
            person_id=record.person_id,
            organisation_id=record.organisation_id,
            migrant_worker=migrant_worker,
        )
    )


@action(needs=Permission.KEEP_STAFF)
def end_employment(work: Work, *, employment_id: UUID, left_on: date) -> None:
    """Close somebody's line with their last day. Raises HasLeft, LeftBeforeHired, LeftInFuture."""
    record = queries.own_employment(work, employment_id)
    record.left_on = _employment(record).end(left_on, today=shanghai_date(work.now)).left_on
    work.announce(
        EmploymentEnded(
            employment_id=record.id,
            person_id=record.person_id,
            organisation_id=record.organisation_id,
            left_on=left_on,
        )
    )


def _employment(record: EmploymentRecord) -> Employment:
    return Employment(record.hired_on, record.left_on)
