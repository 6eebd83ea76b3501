"""Who reacts to what: where facts meet the reactions of others. One file for each package that reacts."""

from host.wiring import certification, exams, kernel, training
from kernel.events import Wiring
from kernel.settings import Settings

PACKAGES = (kernel, training, exams, certification)


def wiring(settings: Settings) -> Wiring:
    """All reactions and periodic deeds of the platform."""
    wires = Wiring()
    for package in PACKAGES:
        package.wire(wires, settings)
    return wires
