"""Findings are written down; nothing else is ever written here."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from exams.integrity.events import ConflictFound
from exams.integrity.rules import Conflict
from exams.integrity.tables import FindingRecord
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.CHECK_CONFLICTS)
def record_findings(
    work: Work, *, sitting_id: UUID, sitting_code: str, duties: Mapping[UUID, str], found: Iterable[Conflict]
) -> int:
    """Write down conflicts that nobody saw when the duty was given; how many are new. A known one stays one row.

    `duties`: person -> duty.
    """
    new = 0
    for conflict in found:
        finding_id = new_id()
        added = work.session.execute(
            insert(FindingRecord)
            .values(
                id=finding_id,
                sitting_id=sitting_id,
                sitting_code=sitting_code,
                person_id=conflict.person_id,
                name=conflict.name,
                duty=duties[conflict.person_id],
                ground=conflict.ground,
                candidate_id=conflict.candidate_id,
                candidate=conflict.candidate,
                provider=conflict.provider,
                found_at=work.now,
            )
            .on_conflict_do_nothing()
            .returning(FindingRecord.id)
        ).first()
        if added:
            new += 1
            work.announce(
                ConflictFound(
                    finding_id=finding_id,
                    sitting_id=sitting_id,
                    person_id=conflict.person_id,
                    ground=conflict.ground.value,
                    candidate_id=conflict.candidate_id,
                )
            )
    return new
