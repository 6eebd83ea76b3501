"""Screens of the apparatus: to practise on, and to be examined on."""

from kernel.errors import N_
from kernel.faces import Face
from people.access.rules import Permission
from web.frame.navigation import Entry
from web.frame.screens import Screens
from web.simulations.extinguisher import pages as extinguisher

SCREENS = Screens(
    by_face={Face.LEARNING: (extinguisher.practice,), Face.EXAMINATION: (extinguisher.examination,)},
    entries=(
        Entry(
            at=910,
            title=N_("Practise: fire extinguisher"),
            href="/extinguisher-practice",
            icon="flame",
            needs=Permission.RUN_SIMULATION,
        ),
    ),
)
