"""After the sitting: compare what is kept with what was announced, have every result again, and say what differs."""

from dataclasses import dataclass
from uuid import UUID

from exams.evidence import queries
from exams.evidence.events import EvidenceVerified
from exams.evidence.rules import Announced, Revised, differences, revised
from exams.verification.rules import Difference
from kernel.work import Work, action
from people.access.rules import Permission


@dataclass(frozen=True, slots=True)
class Verification:
    """How many candidates' evidence was compared, every difference found, and every revision by two people."""

    candidates: int
    differences: tuple[Difference, ...]
    revised: tuple[Revised, ...]


@action(needs=Permission.VERIFY_PAPERS)
def verify_evidence(work: Work, sitting_id: UUID, *, announced: Announced | None = None) -> Verification:
    """Compare the evidence of every candidate of a sitting, and have every result again from it.

    Args:
        work: on the examination face.
        sitting_id: a sitting that is over.
        announced: what the audit says about it, where it can be read; None compares what is kept with itself.
    """
    kept = queries.kept(work, sitting_id)
    found = tuple(differences(kept, announced))
    work.announce(EvidenceVerified(sitting_id=sitting_id, candidates=len(kept.candidates), differences=len(found)))
    return Verification(len(kept.candidates), found, tuple(revised(kept)))
