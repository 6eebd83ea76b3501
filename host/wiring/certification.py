"""What certification does when training or exams announce, and from time to time."""

from functools import partial

from certification.applications import reactions as applications
from certification.certificates.actions.issuing import state_for_strangers
from certification.eligibility import reactions as eligibility
from certification.notices import reactions as notices
from exams.results.events import ResultReleased
from kernel.events import Wiring
from kernel.faces import Face
from kernel.settings import Settings
from training.records.events import HoursCompleted

STATE_EVERY_SECONDS = 30.0  # finds something only after an upgrade from before there were statements


def wire(wires: Wiring, settings: Settings) -> None:
    """The reactions and periodic deeds of certification."""
    wires.every(
        STATE_EVERY_SECONDS,
        state_for_strangers,
        face=Face.REGISTRY,
        name="certification.certificates/state_for_strangers",
    )
    wires.wire(
        HoursCompleted,
        eligibility.hours_completed,
        face=Face.REGISTRY,
        name="certification.eligibility/hours_completed",
    )
    wires.wire(
        ResultReleased,
        applications.result_released,
        face=Face.REGISTRY,
        name="certification.applications/result_released",
    )
    wires.wire(
        ResultReleased,
        partial(notices.result_released, settings.base_url),
        face=Face.REGISTRY,
        name="certification.notices/result_released",
    )
