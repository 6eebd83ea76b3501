"""Screens of exams: candidates, invigilators, examiners and the exam office."""

from kernel.errors import N_
from kernel.faces import Face
from people.access.rules import Permission
from web.exams.exam_bars import pages as exam_bars
from web.exams.exam_centres import pages as exam_centres
from web.exams.exam_office import lists as exam_office_lists
from web.exams.exam_office import pages as exam_office
from web.exams.exam_office import prepared as exam_office_prepared
from web.exams.exam_office import rechecks as exam_office_rechecks
from web.exams.exam_room import hot as exam_room_hot
from web.exams.exam_room import pages as exam_room
from web.exams.invigilation import live as invigilation_live
from web.exams.invigilation import pages as invigilation
from web.exams.my_practical import pages as my_practical
from web.exams.practical import pages as practical
from web.exams.registration import pages as registration
from web.exams.results import pages as results
from web.exams.sitting_papers import pages as sitting_papers
from web.frame.navigation import Entry
from web.frame.screens import Screens

SCREENS = Screens(
    by_face={
        Face.EXAMINATION: (
            exam_bars.router,
            exam_centres.router,
            exam_office.router,
            exam_office_lists.router,
            exam_office_prepared.router,
            exam_office_rechecks.router,
            exam_room.router,
            invigilation.router,
            my_practical.router,
            practical.router,
            registration.router,
            results.router,
            sitting_papers.router,
        ),
    },
    hot={Face.EXAMINATION: (exam_room_hot.router,)},
    watched=(invigilation_live.ROOM,),
    entries=(
        Entry(
            at=20,
            title=N_("My exams"),
            href="/registration",
            icon="clipboard-check",
            needs=Permission.OWN_REGISTRATION,
        ),
        Entry(at=30, title=N_("Exam room"), href="/exam-room", icon="armchair", needs=Permission.SIT_EXAMS),
        Entry(at=40, title=N_("My results"), href="/results", icon="chart-bar", needs=Permission.OWN_RESULTS),
        Entry(
            at=800,
            title=N_("Exam office"),
            href="/exam-office",
            icon="calendar",
            section=N_("Examination"),
            needs=Permission.PLAN_SITTINGS,
        ),
        Entry(
            at=810,
            title=N_("Invigilation"),
            href="/invigilation",
            icon="layout-grid",
            section=N_("Examination"),
            needs=Permission.INVIGILATE,
        ),
        Entry(
            at=820,
            title=N_("Practicals"),
            href="/practical",
            icon="clipboard-list",
            section=N_("Examination"),
            needs=Permission.EXAMINE_PRACTICAL,
        ),
        Entry(
            at=830,
            title=N_("Practicals"),
            href="/practical",
            icon="clipboard-list",
            section=N_("Examination"),
            needs=Permission.ARRANGE_PRACTICAL,
        ),
        Entry(
            at=900,
            title=N_("My practical"),
            href="/my-practical",
            icon="clipboard-check",
            needs=Permission.OWN_PRACTICAL,
        ),
    ),
)
