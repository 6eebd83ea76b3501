"""Who reacts to what: the one place where facts announced below meet the reactions above."""

from functools import partial
from pathlib import Path

from certification.applications import reactions as applications
from certification.eligibility import reactions as eligibility
from exams.attempts import reactions as attempts
from exams.attempts.actions.finishing import close_overdue
from exams.attempts.events import AttemptEnded
from exams.results.events import ResultReleased
from exams.sittings.actions import recheck_staff
from exams.sittings.events import SittingClosed
from kernel.audit import seal, show_to_witness
from kernel.events import Wiring
from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Work
from training.enrolments.events import PersonWithdrawn
from training.records.events import HoursCompleted
from training.study import reactions as study

SEAL_EVERY_SECONDS = 2.0
RECHECK_STAFF_EVERY_SECONDS = 600.0
CLOSE_OVERDUE_EVERY_SECONDS = 2.0


def seal_audit(work: Work, *, witness: Path) -> None:
    """Chain what was audited since the last time; tell the witness what was sealed by then."""
    show_to_witness(work.session, witness)
    seal(work.session, work.keys.signing, work.now)


def wiring(settings: Settings) -> Wiring:
    """All reactions and periodic deeds of the platform."""
    wires = Wiring()
    wires.every(SEAL_EVERY_SECONDS, partial(seal_audit, witness=settings.witness), face=Face.REGISTRY)
    wires.every(RECHECK_STAFF_EVERY_SECONDS, recheck_staff, face=Face.EXAMINATION)
    wires.wire(HoursCompleted, eligibility.hours_completed, face=Face.REGISTRY)
    wires.wire(PersonWithdrawn, study.person_withdrawn, face=Face.LEARNING)
    wires.wire(ResultReleased, applications.result_released, face=Face.REGISTRY)
    wires.every(CLOSE_OVERDUE_EVERY_SECONDS, close_overdue, face=Face.EXAMINATION)
    wires.wire(AttemptEnded, attempts.attempt_ended, face=Face.EXAMINATION)
    wires.wire(SittingClosed, attempts.sitting_closed, face=Face.EXAMINATION)
    return wires
