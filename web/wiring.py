"""Who reacts to what: the one place where facts announced below meet the reactions above."""

from datetime import datetime
from functools import partial
from pathlib import Path

from certification.applications import reactions as applications
from certification.certificates.actions.issuing import state_for_strangers
from certification.eligibility import reactions as eligibility
from exams.attempts import reactions as attempts
from exams.attempts.actions.finishing import close_overdue
from exams.attempts.events import PaperCollected
from exams.practicals import reactions as practicals
from exams.practicals.events import PracticalEnded
from exams.results.events import ResultReleased
from exams.sittings.actions import recheck_staff
from exams.sittings.events import SittingClosed
from kernel.audit import ChainNotSigned, seal
from kernel.deliveries import report_unknown
from kernel.events import Wiring
from kernel.faces import Face
from kernel.logs import Reminder
from kernel.settings import Settings
from kernel.tasks import Kind
from kernel.witness import WitnessContradicts, WitnessMissing, show_to_witness
from kernel.work import Work
from people.organisations.actions.long_lists import KIND as STAFF_LIST
from training.enrolments.events import PersonWithdrawn
from training.records.events import HoursCompleted
from training.study import reactions as study

SEAL_EVERY_SECONDS = 2.0
REPORT_UNKNOWN_EVERY_SECONDS = 60.0
RECHECK_STAFF_EVERY_SECONDS = 600.0
STATE_EVERY_SECONDS = 30.0  # finds something only after an upgrade from before there were statements
CLOSE_OVERDUE_EVERY_SECONDS = 2.0


def seal_audit(work: Work, *, witness: Path, reminder: Reminder) -> None:
    """Chain what was audited since the last time; tell the witness what was sealed by then.

    Nothing is sealed on a chain that somebody else made or cut off. A missing witness stops no sealing, for the
    signatures still hold; the log, the separation page and `anpei audit verify` miss it until somebody sees to it.
    """
    missed = None
    try:
        try:
            show_to_witness(work.session, witness)
        except WitnessMissing as problem:
            missed = problem
        seal(work.session, work.keys.signing, work.now)
    except (ChainNotSigned, WitnessContradicts) as problem:
        reminder.error("the audit is not sealed", str(problem), work.now)
    else:
        _miss(missed, reminder, work.now)


def _miss(missed: WitnessMissing | None, reminder: Reminder, now: datetime) -> None:
    if missed:
        reminder.error("the audit has no witness", str(missed), now)
    else:
        reminder.over()


def wiring(settings: Settings) -> Wiring:
    """All reactions and periodic deeds of the platform."""
    wires = Wiring()
    for face in set(Face) - {Face.PUBLIC}:
        report = partial(report_unknown, wiring=wires, reminder=Reminder())
        wires.every(REPORT_UNKNOWN_EVERY_SECONDS, report, face=face)
    wires.every(
        SEAL_EVERY_SECONDS, partial(seal_audit, witness=settings.witness, reminder=Reminder()), face=Face.REGISTRY
    )
    wires.every(STATE_EVERY_SECONDS, state_for_strangers, face=Face.REGISTRY)
    wires.every(RECHECK_STAFF_EVERY_SECONDS, recheck_staff, face=Face.EXAMINATION, is_heavy=True)
    wires.wire(HoursCompleted, eligibility.hours_completed, face=Face.REGISTRY)
    wires.wire(PersonWithdrawn, study.person_withdrawn, face=Face.LEARNING)
    wires.wire(ResultReleased, applications.result_released, face=Face.REGISTRY)
    wires.every(CLOSE_OVERDUE_EVERY_SECONDS, close_overdue, face=Face.EXAMINATION)
    wires.wire(SittingClosed, attempts.sitting_closed, face=Face.EXAMINATION)
    wires.wire(PracticalEnded, practicals.practical_ended, face=Face.EXAMINATION)
    wires.wire(PaperCollected, attempts.paper_collected, face=Face.EXAMINATION)
    return wires


def task_kinds() -> dict[str, Kind]:
    """All kinds of long task, by name."""
    return {kind.name: kind for kind in (STAFF_LIST,)}
