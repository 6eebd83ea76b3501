"""The application: which screens stand on which face, and what a process hosts."""

import mimetypes
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from exams.attempts.actions.saving import Shapes
from kernel.actor import platform
from kernel.faces import Face
from kernel.work import Workplace
from people.accounts.actions import end_demonstration
from web import errors, language
from web.certification.board import pages as board
from web.certification.issuing import pages as issuing
from web.certification.my_certificates import pages as mine
from web.certification.separation import pages as separation
from web.certification.verify import pages as verify
from web.exams.exam_bars import pages as exam_bars
from web.exams.exam_centres import pages as exam_centres
from web.exams.exam_office import lists as exam_office_lists
from web.exams.exam_office import pages as exam_office
from web.exams.exam_room import hot as exam_room_hot
from web.exams.exam_room import pages as exam_room
from web.exams.invigilation import pages as invigilation
from web.exams.my_practical import pages as my_practical
from web.exams.practical import pages as practical
from web.exams.registration import pages as registration
from web.exams.results import pages as results
from web.hot_path import Pools
from web.navigation import Reach
from web.people.accounts import pages as accounts
from web.people.corrections import pages as corrections
from web.people.home import pages as home
from web.people.my_account import pages as my_account
from web.people.organisations import pages as organisations
from web.people.sign_in import pages as sign_in
from web.people.staff import pages as staff
from web.people.staff_import import pages as staff_import
from web.people.staff_sign_ins import pages as staff_sign_ins
from web.question_bank.authoring import pages as authoring
from web.security import Guard
from web.simulations.extinguisher import pages as extinguisher
from web.templating import WEB
from web.training.enrolment import classes
from web.training.enrolment import pages as enrolment
from web.training.lesson import hot as lesson_hot
from web.training.lesson import pages as lesson
from web.training.my_learning import pages as my_learning
from web.work import at
from web.worker import Worker

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/vtt", ".vtt")

# Each face has a door of its own, so that it can stand on a host of its own.
DOORS: tuple[APIRouter, ...] = (home.router, sign_in.router)
PUBLIC_DOORS: tuple[APIRouter, ...] = (home.public_router,)

SCREENS: dict[Face, tuple[APIRouter, ...]] = {
    Face.LEARNING: (my_learning.router, lesson.router, classes.router, enrolment.router, extinguisher.practice),
    Face.AUTHORING: (authoring.router,),
    Face.EXAMINATION: (
        exam_bars.router,
        exam_centres.router,
        exam_office.router,
        exam_office_lists.router,
        exam_room.router,
        extinguisher.examination,
        invigilation.router,
        my_practical.router,
        practical.router,
        registration.router,
        results.router,
    ),
    Face.REGISTRY: (
        accounts.router,
        board.router,
        issuing.router,
        mine.router,
        my_account.router,
        organisations.router,
        separation.router,
        corrections.router,
        staff.router,
        staff_import.router,
        staff_sign_ins.router,
    ),
    Face.PUBLIC: (verify.router,),
}

# Routers whose one statement checks session and object itself: no dependency opens a session before it.
HOT: dict[Face, tuple[APIRouter, ...]] = {
    Face.LEARNING: (lesson_hot.router,),
    Face.EXAMINATION: (exam_room_hot.router,),
}

DOOR_FACES = (Face.REGISTRY, Face.EXAMINATION, Face.AUTHORING, Face.LEARNING)


def create_app(workplace: Workplace, faces: Iterable[Face] = tuple(Face), *, with_worker: bool = True) -> FastAPI:
    """An application that hosts `faces`, with the worker of the same faces beside it."""
    hosted = tuple(faces)
    worker = Worker(workplace, hosted)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        app.state.pools = Pools(workplace)
        if not workplace.settings.demonstration:
            _leave_demonstration(workplace, hosted)
        if with_worker:
            worker.start()
        yield
        worker.stop()
        await app.state.pools.close()
        workplace.engines.dispose()

    app = FastAPI(title="Anpei", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.workplace = workplace
    app.state.demonstration = workplace.settings.demonstration
    app.state.encrypted = workplace.settings.is_encrypted
    app.state.reach = reach(hosted, workplace.settings.face_addresses)
    app.state.answer_shapes = Shapes()
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(Guard, encrypted=workplace.settings.is_encrypted)
    errors.install(app)
    _mount(app, hosted)
    return app


def reach(hosted: tuple[Face, ...], addresses: Mapping[Face, str]) -> Reach:
    """Which links lead somewhere from a host of these faces."""
    screens = {router.prefix: face for face, routers in SCREENS.items() for router in routers}
    return Reach(screens, frozenset(hosted), addresses)


def _leave_demonstration(workplace: Workplace, hosted: tuple[Face, ...]) -> None:
    """Nobody stays signed in from a time when this installation was a demonstration."""
    for face in hosted:
        if face is not Face.PUBLIC:
            with workplace.transaction(platform("start"), face) as work:
                end_demonstration(work)


def _mount(app: FastAPI, hosted: tuple[Face, ...]) -> None:
    app.mount("/static", StaticFiles(directory=WEB / "static"))
    app.include_router(language.router)
    door = next((face for face in DOOR_FACES if face in hosted), None)
    doors = DOORS if door is not None else PUBLIC_DOORS
    for router in doors:
        app.include_router(router, dependencies=[at(door or Face.PUBLIC)])
    for face in hosted:
        for router in SCREENS[face]:
            app.include_router(router, dependencies=[at(face)])
        for router in HOT.get(face, ()):
            app.include_router(router)
