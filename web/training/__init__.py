"""Screens of training: what learners and their teachers see."""

from kernel.errors import N_
from kernel.faces import Face
from people.access.rules import Permission
from web.frame.navigation import Entry
from web.frame.screens import Screens
from web.training.enrolment import classes
from web.training.enrolment import pages as enrolment
from web.training.lesson import hot as lesson_hot
from web.training.lesson import pages as lesson
from web.training.my_learning import pages as my_learning

SCREENS = Screens(
    by_face={Face.LEARNING: (my_learning.router, lesson.router, classes.router, enrolment.router)},
    hot={Face.LEARNING: (lesson_hot.router,)},
    entries=(
        Entry(at=10, title=N_("My learning"), href="/my-learning", icon="book", needs=Permission.LEARN),
        Entry(
            at=100,
            title=N_("Learners"),
            href="/enrolment",
            icon="school",
            section=N_("Training"),
            needs=Permission.SEE_LEARNERS,
        ),
    ),
)
