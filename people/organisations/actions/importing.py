"""Staff lists from Excel: everything is read and judged before anybody has to wait."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from kernel import sealed
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.keys import ROWS
from kernel.work import Reading, Work, action
from people.access.rules import Permission
from people.accounts.actions import Identity, register_people
from people.accounts.queries import Person, people_with_documents
from people.accounts.rules import DocumentKind
from people.organisations import queries
from people.organisations.actions.employing import Hire, employ, one_list_at_a_time
from people.organisations.actions.founding import post_aliases
from people.organisations.events import StaffImported
from people.organisations.formats.workbooks import Uploaded
from people.organisations.rules.import_reports import as_json, from_json, typed_bytes
from people.organisations.rules.reconciliation import Known, Recorded, Verdict, judge
from people.organisations.rules.staff_lists import BadRow, Expectations, StaffLine, read_staff_list
from people.organisations.tables import EmploymentRecord, StaffImportRecord

MOST_FILE_NAME = 200
TYPED_ROWS = "staff_import_rows"


@dataclass(frozen=True, slots=True)
class Judged:
    """The lines of a list after comparison with the record."""

    new: tuple[StaffLine, ...]
    unchanged: int
    bad_rows: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of the rows of a list; `not_reached` were not looked at, because the import was cancelled."""

    taken: int
    unchanged: int
    refused: int
    not_reached: int = 0


@action(needs=Permission.KEEP_STAFF)
def import_staff(work: Work, *, file: Uploaded, file_name: str) -> UUID:
    """Employ everyone whom an Excel list names and who is not employed yet; the rows not taken are kept with reasons.

    Importing the same list again changes nothing. Returns the id of the import, for its report.

    Raises:
        StaffListUnusable: what was read is no staff list; nothing was taken.
    """
    assert file.rows is not None, "a long list is brought in by a task"
    read = read_staff_list(file.rows, expectations(work))
    judged = take_lines(work, read.lines)
    bad_rows = sorted((*read.bad_rows, *judged.bad_rows), key=lambda each: each.row)
    counts = Counts(taken=len(judged.new), unchanged=judged.unchanged, refused=len(bad_rows))
    import_id = new_id()
    digest = hashlib.sha256(file.content).digest()
    write_report(work, import_id, file_name=file_name, digest=digest, counts=counts, bad_rows=bad_rows)
    return import_id


def expectations(reading: Reading) -> Expectations:
    """With what in mind a list of the actor's enterprise is read."""
    own = queries.own_organisation(reading)
    posts = queries.posts(reading, own.id)
    return Expectations(
        today=shanghai_date(reading.now),
        posts=tuple(post.name for post in posts),
        aliases=post_aliases(posts),
        demonstration=own.is_demonstration,
    )


def take_lines(work: Work, lines: Sequence[StaffLine]) -> Judged:
    """Employ whom these lines name and who is not employed yet. Part of deeds, not one itself."""
    own = queries.own_organisation(work)
    posts = {post.name: post for post in queries.posts(work, own.id)}
    one_list_at_a_time(work, own.id)
    holders = _holders(work, lines)
    judged = _judge(work, own.id, lines, holders)
    employ(work, own.id, [Hire(holders[each.id_number.text].id, posts[each.post], each) for each in judged.new])
    return judged


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


def _judge(work: Work, organisation_id: UUID, lines: Sequence[StaffLine], holders: Mapping[str, Person]) -> Judged:
    recorded = queries.employments_at(work, organisation_id, [each.id for each in holders.values()])
    new: list[StaffLine] = []
    bad: list[BadRow] = []
    for line in lines:
        person = holders[line.id_number.text]
        here = recorded.get(person.id, [])
        verdict = judge(line, Known(person.name, tuple(_recorded(*each) for each in here)))
        if isinstance(verdict, BadRow):
            bad.append(verdict)
        elif verdict is Verdict.NEW:
            new.append(line)
    return Judged(tuple(new), len(lines) - len(new) - len(bad), tuple(bad))


def write_report(
    work: Work, import_id: UUID, *, file_name: str, digest: bytes, counts: Counts, bad_rows: Sequence[BadRow]
) -> None:
    """Keep what became of a list, and announce it. Part of deeds, not one itself."""
    own = queries.own_organisation(work)
    if bad_rows:
        sealed.keep(work, ROWS, TYPED_ROWS, import_id, typed_bytes(bad_rows))
    work.session.add(
        StaffImportRecord(
            id=import_id,
            organisation_id=own.id,
            imported_by=work.actor.person_id,
            imported_at=work.now,
            file_name="".join(character for character in file_name if character.isprintable())[:MOST_FILE_NAME],
            file_digest=digest,
            bad_rows=as_json(bad_rows),
            **asdict(counts),
        )
    )
    work.announce(
        StaffImported(
            import_id=import_id,
            organisation_id=own.id,
            taken=counts.taken,
            unchanged=counts.unchanged,
            refused=counts.refused,
        )
    )


def _recorded(record: EmploymentRecord, post: str) -> Recorded:
    return Recorded(post, record.hired_on, record.migrant_worker, record.injury_insurance, record.left_on)
