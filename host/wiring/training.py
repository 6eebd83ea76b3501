"""What training does when another announces."""

from kernel.events import Wiring
from kernel.faces import Face
from kernel.settings import Settings
from training.enrolments.events import PersonWithdrawn
from training.study import reactions as study


def wire(wires: Wiring, _: Settings) -> None:
    """The reactions of training."""
    wires.wire(PersonWithdrawn, study.person_withdrawn, face=Face.LEARNING, name="training.study/person_withdrawn")
