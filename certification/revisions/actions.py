"""Writing down that a passed part was revised."""

from decimal import Decimal

from sqlalchemy.dialects.postgresql import insert

from certification.revisions.events import PassedPartRevised
from certification.revisions.tables import RevisionRecord
from exams.results.events import ResultReleased
from kernel.work import PLATFORM_ONLY, Work, action


@action(needs=PLATFORM_ONLY)
def note_revision(work: Work, released: ResultReleased, *, was: Decimal) -> None:
    """Raise the finding that a result on which a certificate may rest was revised. The same twice is one.

    `was`: the points of the part as it was passed.
    """
    assert released.supersedes is not None
    noted = (
        insert(RevisionRecord)
        .values(
            result_id=released.result_id,
            supersedes=released.supersedes,
            person_id=released.person_id,
            qualification=released.qualification,
            part=released.part,
            revision=released.revision,
            was=was,
            score=released.score,
            passed=released.passed,
            released_at=released.released_at,
        )
        .on_conflict_do_nothing()
    )
    if work.session.scalar(noted.returning(RevisionRecord.result_id)) is None:
        return
    work.announce(
        PassedPartRevised(
            result_id=released.result_id,
            supersedes=released.supersedes,
            person_id=released.person_id,
            still_passed=released.passed,
        )
    )
