"""Who reacts to what: the one place where facts announced below meet the reactions above."""

from kernel.audit import seal
from kernel.events import Wiring
from kernel.faces import Face
from kernel.work import Work

SEAL_EVERY_SECONDS = 2.0


def seal_audit(work: Work) -> None:
    """Chain what was audited since the last time."""
    seal(work.session, work.keys.signing, work.now)


def wiring() -> Wiring:
    """All reactions and periodic deeds of the platform."""
    wires = Wiring()
    wires.every(SEAL_EVERY_SECONDS, seal_audit, face=Face.REGISTRY)
    return wires
