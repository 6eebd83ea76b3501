"""Screens of the question bank: for those who write, review and approve."""

from kernel.errors import N_
from kernel.faces import Face
from people.access.rules import Permission
from web.frame.navigation import Entry
from web.frame.screens import Screens
from web.question_bank.authoring import pages as authoring

SCREENS = Screens(
    by_face={Face.AUTHORING: (authoring.router,)},
    entries=(
        Entry(
            at=700,
            title=N_("Question bank"),
            href="/authoring",
            icon="books",
            section=N_("Questions"),
            needs=Permission.READ_QUESTIONS,
        ),
    ),
)
