"""Staff lists from Excel: everything is read and judged before anybody has to wait."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kernel import sealed
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.keys import ROWS
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts.actions import Identity, register_people
from people.accounts.queries import Person, people_with_documents
from people.accounts.rules import DocumentKind
from people.organisations import queries
from people.organisations.actions.employing import Hire, employ, one_list_at_a_time
from people.organisations.actions.founding import post_aliases
from people.organisations.events import StaffImported
from people.organisations.rules.import_reports import as_json, from_json, typed_bytes
from people.organisations.rules.reconciliation import Known, Recorded, Verdict, judge
from people.organisations.rules.staff_lists import BadRow, Expectations, StaffLine, StaffList, read_staff_list
from people.organisations.rules.workbooks import read_rows
from people.organisations.tables import EmploymentRecord, StaffImportRecord

MOST_FILE_NAME = 200
TYPED_ROWS = "staff_import_rows"


@dataclass(frozen=True, slots=True)
class Judged:
    """The lines of a list after comparison with the record."""

    new: tuple[StaffLine, ...]
    unchanged: int
    bad_rows: tuple[BadRow, ...]


@action(needs=Permission.KEEP_STAFF)
def import_staff(work: Work, *, content: bytes, file_name: str) -> UUID:
    """Employ everyone whom an Excel list names and who is not employed yet; the rows not taken are kept with reasons.

    Importing the same list again changes nothing. Returns the id of the import, for its report.

    Raises:
        StaffListUnusable: the file as a whole cannot be read; nothing was taken.
    """
    own = queries.own_organisation(work)
    posts = {post.name: post for post in queries.posts(work, own.id)}
    expected = Expectations(
        today=shanghai_date(work.now),
        posts=tuple(posts),
        aliases=post_aliases(tuple(posts.values())),
        demonstration=own.is_demonstration,
    )
    read = read_staff_list(read_rows(content), expected)
    one_list_at_a_time(work, own.id)
    holders = _holders(work, read.lines)
    judged = _judge(work, own.id, read, holders)
    employ(work, own.id, [Hire(holders[each.id_number.text].id, posts[each.post], each) for each in judged.new])
    return _write_report(work, own.id, content, file_name, judged)


@action(needs=Permission.KEEP_STAFF)
def rows_to_mend(work: Work, import_id: UUID) -> tuple[BadRow, ...]:
    """The rows of an own import that were not taken, whole as they were typed; every look is audited.

    Raises ImportUnknown, and SealBroken where rows were altered or sealed with another host's key.
    """
    found = queries.staff_import(work, import_id)
    work.note("people.id_numbers_shown", subject=import_id, rows=found.refused, reason="rows to mend")
    typed = sealed.opened(work, ROWS, TYPED_ROWS, import_id) if found.refused else None
    return from_json(found.bad_rows, typed)


def _holders(work: Work, lines: Sequence[StaffLine]) -> dict[str, Person]:
    """Whose the numbers of these lines are. Those whom nobody has named before are registered."""
    numbers = [line.id_number.text for line in lines]
    known = people_with_documents(work, DocumentKind.RESIDENT_ID, numbers)
    unknown = [identity(line) for line in lines if line.id_number.text not in known]
    if not unknown:
        return known
    register_people(work, unknown)
    return people_with_documents(work, DocumentKind.RESIDENT_ID, numbers)


def identity(line: StaffLine) -> Identity:
    """Who a line says that somebody is."""
    number = line.id_number
    return Identity(
        name=line.name,
        document_kind=DocumentKind.RESIDENT_ID,
        document_number=number.text,
        sex=number.sex,
        birth_date=number.birth_date,
        phone=line.phone,
    )


def _judge(work: Work, organisation_id: UUID, read: StaffList, holders: Mapping[str, Person]) -> Judged:
    recorded = queries.employments_at(work, organisation_id)
    new: list[StaffLine] = []
    bad = list(read.bad_rows)
    for line in read.lines:
        person = holders[line.id_number.text]
        here = recorded.get(person.id, [])
        verdict = judge(line, Known(person.name, tuple(_recorded(*each) for each in here)))
        if isinstance(verdict, BadRow):
            bad.append(verdict)
        elif verdict is Verdict.NEW:
            new.append(line)
    unchanged = len(read.lines) - len(new) - (len(bad) - len(read.bad_rows))
    return Judged(tuple(new), unchanged, tuple(sorted(bad, key=lambda each: each.row)))


def _write_report(work: Work, organisation_id: UUID, content: bytes, file_name: str, judged: Judged) -> UUID:
    import_id = new_id()
    if judged.bad_rows:
        sealed.keep(work, ROWS, TYPED_ROWS, import_id, typed_bytes(judged.bad_rows))
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
            bad_rows=as_json(judged.bad_rows),
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


def _recorded(record: EmploymentRecord, post: str) -> Recorded:
    return Recorded(post, record.hired_on, record.migrant_worker, record.injury_insurance, record.left_on)
