"""What the kernel wants done from time to time: the audit is chained, and its witness told."""

from datetime import datetime
from functools import partial
from pathlib import Path

import structlog

from kernel import two_people
from kernel.audit import SEALED_WITHIN, ChainNotSigned, seal, waiting
from kernel.deliveries import report_unknown
from kernel.events import Wiring
from kernel.faces import Face
from kernel.files.sweeping import sweep
from kernel.logs import Reminder
from kernel.pruning import prune
from kernel.rotation import finish_rotation
from kernel.settings import Settings
from kernel.store import FILE_PURPOSES
from kernel.witness import WitnessContradicts, WitnessMissing, WitnessOutOfReach, show_to_witness
from kernel.work import Work

log = structlog.get_logger()

SEAL_EVERY_SECONDS = 2.0
WATCH_EVERY_SECONDS = 20.0
REPORT_UNKNOWN_EVERY_SECONDS = 60.0
PRUNE_EVERY_SECONDS = 3_600.0
LAPSE_EVERY_SECONDS = 60.0
SWEEP_EVERY_SECONDS = 3_600.0


def seal_audit(work: Work, *, witness: Path, reminder: Reminder) -> None:
    """Chain what was audited since the last time; tell the witness what was sealed by then.

    Nothing is sealed on a chain that somebody else made or cut off. A witness that is missing, or on a disk that takes
    nothing, stops no sealing, for the signatures still hold; the log, the separation page and `anpei audit verify` miss
    it until somebody sees to it.
    """
    missed = None
    try:
        try:
            show_to_witness(work.session, witness)
        except (WitnessMissing, WitnessOutOfReach) as problem:
            missed = problem
        finish_rotation(work)
        seal(work.session, work.keys, work.now, site=work.site)
    except (ChainNotSigned, WitnessContradicts) as problem:
        reminder.error("the audit is not sealed", str(problem), work.now, same=problem.sentence)
    else:
        _miss(missed, reminder, work.now)


def watch_sealing(work: Work, *, reminder: Reminder) -> None:
    """Say aloud that rows wait for their seal, for whatever reason: the sealer itself may be what stands still."""
    late = waiting(work.session)
    if late.longest > SEALED_WITHIN:
        seconds = round(late.longest.total_seconds())
        why = f"{late.rows} rows wait, the oldest for {seconds} s"
        reminder.error("the audit is not sealed", why, work.now, same="rows wait")
    else:
        reminder.over()


def _miss(missed: WitnessMissing | WitnessOutOfReach | None, reminder: Reminder, now: datetime) -> None:
    if missed:
        reminder.error("the audit has no witness", str(missed), now, same=missed.sentence)
    else:
        reminder.over()


def sweep_files(work: Work) -> None:
    """Take away this hour's orphans."""
    sweep(work)


def wire(wires: Wiring, settings: Settings) -> None:
    """What the kernel wants done from time to time."""
    for face in set(Face) - {Face.PUBLIC}:
        report = partial(report_unknown, wiring=wires, reminder=Reminder())
        wires.every(REPORT_UNKNOWN_EVERY_SECONDS, report, face=face, name="kernel.deliveries/report_unknown")
        wires.every(PRUNE_EVERY_SECONDS, prune, face=face, name="kernel.pruning/prune", is_heavy=True)
    for face in {deed.face for deed in two_people.DEEDS.values()}:
        wires.every(LAPSE_EVERY_SECONDS, two_people.lapse, face=face, name="kernel.two_people/lapse")
    for face in {purpose.steward for purpose in FILE_PURPOSES.values()}:
        wires.every(SWEEP_EVERY_SECONDS, sweep_files, face=face, name="kernel.files/sweep", is_heavy=True)
    wires.every(
        SEAL_EVERY_SECONDS,
        partial(seal_audit, witness=settings.witness, reminder=Reminder()),
        face=Face.REGISTRY,
        name="kernel.audit/seal",
    )
    watch = partial(watch_sealing, reminder=Reminder())
    wires.every(WATCH_EVERY_SECONDS, watch, face=Face.REGISTRY, name="kernel.audit/watch")
