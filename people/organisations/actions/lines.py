"""Every write about organisations and who works for them. Managers act for their own enterprise only."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.locks import hold
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts.actions import register_person
from people.accounts.queries import people_with_documents
from people.accounts.rules import DocumentKind
from people.organisations import queries
from people.organisations.errors import (
    AlreadyOnStaff,
    CreditCodeTaken,
    HireDateBeforeWorkingAge,
    PostAlreadyThere,
    PostNotHere,
)
from people.organisations.events import (
    EmploymentBegan,
    EmploymentEnded,
    InsuranceRecorded,
    MigrantStatusRecorded,
    OrganisationRegistered,
    PostAdded,
    PostChanged,
    StaffImported,
)
from people.organisations.rules.credit_codes import parse_credit_code
from people.organisations.rules.employments import (
    Employment,
    EmploymentId,
    OrganisationId,
    OrganisationKind,
    PostId,
    organisation_name,
    post_name,
)
from people.organisations.rules.import_reports import as_json, from_json
from people.organisations.rules.reconciliation import Known, Recorded, Verdict, judge
from people.organisations.rules.staff_lists import (
    WORKING_AGE,
    BadRow,
    Expectations,
    StaffLine,
    StaffList,
    birthday,
    read_staff_list,
)
from people.organisations.rules.workbooks import read_rows
from people.organisations.tables import EmploymentRecord, OrganisationRecord, PostRecord, StaffImportRecord
from people.positions.queries import vocabulary

MOST_FILE_NAME = 200


@dataclass(frozen=True, slots=True)
class Judged:
    """The lines of a list after comparison with the record."""

    new: tuple[StaffLine, ...]
    unchanged: int
    bad_rows: tuple[BadRow, ...]


@action(needs=Permission.REGISTER_ORGANISATIONS)
def register_organisation(
    work: Work, *, kind: OrganisationKind, name: str, credit_code: str, is_demonstration: bool = False
) -> OrganisationId:
    """A new organisation. Raises OrganisationNameLength, CreditCodeUnusable, CreditCodeTaken."""
    name = organisation_name(name)
    code = parse_credit_code(credit_code, demonstration=is_demonstration)
    known = queries.organisation_with_code(work, code.text)
    if known is not None:
        raise CreditCodeTaken(name=known.name)
    organisation_id = OrganisationId(new_id())
    work.session.add(
        OrganisationRecord(
            id=organisation_id,
            kind=kind,
            name=name,
            credit_code=code.text,
            is_demonstration=is_demonstration,
            created_at=work.now,
        )
    )
    work.session.flush()
    work.announce(OrganisationRegistered(organisation_id=organisation_id, kind=kind.value, name=name))
    return organisation_id


@action(needs=Permission.KEEP_STAFF)
def add_post(work: Work, *, name: str, kind: str) -> PostId:
    """A post of the own enterprise. Raises PostNameLength, PostAlreadyThere, PostKindUnknown."""
    own = queries.own_organisation(work)
    name = post_name(name)
    vocabulary().post_kind(kind)
    if any(post.name == name for post in queries.posts(work, own.id)):
        raise PostAlreadyThere(post=name)
    post_id = PostId(new_id())
    work.session.add(PostRecord(id=post_id, organisation_id=own.id, name=name, kind=kind))
    work.session.flush()
    work.announce(PostAdded(post_id=post_id, organisation_id=own.id, name=name, kind=kind))
    return post_id


@action(needs=Permission.KEEP_STAFF)
def import_staff(work: Work, *, content: bytes, file_name: str) -> UUID:
    """Employ everyone whom an Excel list names and who is not employed yet; the rows not taken are kept with reasons.

    Importing the same list again changes nothing. Returns the id of the import, for its report.

    Raises:
        StaffListUnusable: the file as a whole cannot be read; nothing was taken.
    """
    own = queries.own_organisation(work)
    rows = read_rows(content)
    _one_at_a_time(work)
    posts = {post.name: post for post in queries.posts(work, own.id)}
    expected = Expectations(
        today=shanghai_date(work.now),
        posts=tuple(posts),
        aliases=post_aliases(tuple(posts.values())),
        demonstration=own.is_demonstration,
    )
    read = read_staff_list(rows, expected)
    judged = _judge(work, own.id, read)
    for line in judged.new:
        _employ(work, own.id, posts[line.post], line)
    return _write_report(work, own.id, content, file_name, judged)


@action(needs=Permission.KEEP_STAFF)
def add_employment(work: Work, *, line: StaffLine) -> EmploymentId:
    """Employ one person whose particulars were typed on a screen (`line.post` names a post of the own enterprise).

    Raises:
        AlreadyOnStaff: they work here already.
        AlreadyKnown: the ID number is recorded with another name.
        HireDateBeforeWorkingAge: they were younger than 16.
    """
    own = queries.own_organisation(work)
    if line.hired_on < birthday(line.id_number.birth_date, WORKING_AGE):
        raise HireDateBeforeWorkingAge
    _one_at_a_time(work)
    known = people_with_documents(work, DocumentKind.RESIDENT_ID, [line.id_number.text])
    for person in known.values():
        if any(row.organisation_id == own.id for row in queries.employments_of(work, person.id)):
            raise AlreadyOnStaff
    post = next((each for each in queries.posts(work, own.id) if each.name == line.post), None)
    if post is None:
        raise PostNotHere
    return _employ(work, own.id, post, line)


@action(needs=Permission.KEEP_STAFF)
def change_post(work: Work, *, employment_id: UUID, post_id: UUID, changed_on: date) -> None:
    """Move somebody to another post of the own enterprise; the same post changes nothing. Raises HasLeft."""
    record = queries.own_employment(work, employment_id)
    _employment(record).require_current()
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


def post_aliases(posts: Sequence[queries.Post]) -> Mapping[str, str]:
    """Other usual names of these posts, each with the enterprise's own name for it."""
    known = vocabulary()
    return {alias: post.name for post in posts for alias in known.post_kind(post.kind).aliases}


def _one_at_a_time(work: Work) -> None:
    """Two lists that name the same new person must not both register them; lists are short, so the second waits."""
    hold(work.session, "people.staff")


def _judge(work: Work, organisation_id: UUID, read: StaffList) -> Judged:
    numbers = [line.id_number.text for line in read.lines]
    holders = people_with_documents(work, DocumentKind.RESIDENT_ID, numbers)
    recorded = queries.employments_at(work, organisation_id)
    new: list[StaffLine] = []
    bad = list(read.bad_rows)
    for line in read.lines:
        person = holders.get(line.id_number.text)
        here = recorded.get(person.id, []) if person else []
        known = Known(person.name, tuple(_recorded(*each) for each in here)) if person else None
        verdict = judge(line, known)
        if isinstance(verdict, BadRow):
            bad.append(verdict)
        elif verdict is Verdict.NEW:
            new.append(line)
    unchanged = len(read.lines) - len(new) - (len(bad) - len(read.bad_rows))
    return Judged(tuple(new), unchanged, tuple(sorted(bad, key=lambda each: each.row)))


def _employ(work: Work, organisation_id: UUID, post: queries.Post, line: StaffLine) -> EmploymentId:
    person_id = register_person(
        work,
        name=line.name,
        document_kind=DocumentKind.RESIDENT_ID,
        document_number=line.id_number.text,
        sex=line.id_number.sex,
        birth_date=line.id_number.birth_date,
        phone=line.phone,
    )
    employment_id = EmploymentId(new_id())
    work.session.add(
        EmploymentRecord(
            id=employment_id,
            person_id=person_id,
            organisation_id=organisation_id,
            post_id=post.id,
            post_since=line.hired_on,
            hired_on=line.hired_on,
            migrant_worker=line.migrant_worker,
            injury_insurance=line.injury_insurance,
            created_at=work.now,
        )
    )
    work.session.flush()
    work.announce(
        EmploymentBegan(
            employment_id=employment_id,
            person_id=person_id,
            organisation_id=organisation_id,
            post_id=post.id,
            post_kind=post.kind,
            hired_on=line.hired_on,
        )
    )
    return employment_id


def _write_report(work: Work, organisation_id: UUID, content: bytes, file_name: str, judged: Judged) -> UUID:
    import_id = new_id()
    work.session.add(
        StaffImportRecord(
            id=import_id,
            organisation_id=organisation_id,
            imported_by=work.actor.person_id,
            imported_at=work.now,
            file_name="".join(character for character in file_name if character.isprintable())[:MOST_FILE_NAME],
            file_digest=hashlib.sha256(content).digest(),
            taken=len(judged.new),
            unchanged=judged.unchanged,
            refused=len(judged.bad_rows),
            bad_rows=as_json(judged.bad_rows, import_id, work.keys.rows.seal),
        )
    )
    work.announce(
        StaffImported(
            import_id=import_id,
            organisation_id=organisation_id,
            taken=len(judged.new),
            unchanged=judged.unchanged,
            refused=len(judged.bad_rows),
        )
    )
    return import_id


@action(needs=Permission.KEEP_STAFF)
def rows_to_mend(work: Work, import_id: UUID) -> tuple[BadRow, ...]:
    """The rows of an own import that were not taken, whole as they were typed; every look is audited.

    Raises ImportUnknown, and SealBroken where rows were altered or sealed with another host's key.
    """
    found = queries.staff_import(work, import_id)
    work.note("people.id_numbers_shown", subject=import_id, rows=found.refused, reason="rows to mend")
    return from_json(found.bad_rows, import_id, work.keys.rows.unseal)


def _employment(record: EmploymentRecord) -> Employment:
    return Employment(record.hired_on, record.left_on)


def _recorded(record: EmploymentRecord, post: str) -> Recorded:
    return Recorded(post, record.hired_on, record.migrant_worker, record.injury_insurance, record.left_on)
