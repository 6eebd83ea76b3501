"""Who reacts to what: where facts meet the reactions of others. One file for each package that reacts."""

from exams.admissions.actions import sitting_printing
from host.wiring import certification, exams, kernel, people, training
from kernel.documents import installed
from kernel.events import Wiring
from kernel.settings import Settings
from kernel.tasks import Kind
from people.admissions.actions.listing import KIND as ORGANISATION_LIST
from people.first_sign_ins.actions.sending import KIND as FIRST_SIGN_INS
from people.organisations.actions.long_lists import KIND as STAFF_LIST

PACKAGES = (kernel, people, training, exams, certification)


def wiring(settings: Settings) -> Wiring:
    """All reactions and periodic deeds of the platform."""
    wires = Wiring()
    for package in PACKAGES:
        package.wire(wires, settings)
    return wires


def task_kinds(settings: Settings) -> dict[str, Kind]:
    """All kinds of long task, by name."""
    kinds = (ORGANISATION_LIST, FIRST_SIGN_INS, STAFF_LIST, sitting_printing(installed(settings.var)))
    return {kind.name: kind for kind in kinds}
