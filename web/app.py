"""The application of a process: the screens of the faces that it hosts, in the frame that all screens share."""

import mimetypes
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Protocol

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from exams.attempts.actions.saving import Shapes
from kernel.actor import platform
from kernel.faces import Face
from kernel.work import Workplace
from people.accounts.actions import end_demonstration
from web import certification, exams, people, question_bank, simulations, training
from web.frame import errors, language, navigation
from web.frame.hands import FreeHands
from web.frame.hot_path import Pools
from web.frame.live import Streams
from web.frame.screens import mount, prefixes, watched
from web.frame.security import Guard
from web.frame.templating import WEB

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/vtt", ".vtt")

PACKAGES = tuple(each.SCREENS for each in (people, training, simulations, question_bank, exams, certification))


class Companion(Protocol):
    """What works beside the screens for as long as they are served."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


def create_app(
    workplace: Workplace, faces: Iterable[Face] = tuple(Face), *, beside: Companion | None = None
) -> FastAPI:
    """The screens of `faces`; what works `beside` them begins and ends with them."""
    hosted = tuple(faces)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        app.state.pools = Pools(workplace)
        app.state.streams = Streams(workplace, watched(PACKAGES, hosted))
        app.state.streams.start()
        if not workplace.settings.demonstration:
            _leave_demonstration(workplace, hosted)
        if beside is not None:
            beside.start()
        yield
        if beside is not None:
            beside.stop()
        await app.state.streams.stop()
        await app.state.pools.close()
        workplace.engines.dispose()

    app = FastAPI(title="Anpei", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.workplace = workplace
    app.state.demonstration = workplace.settings.demonstration
    app.state.encrypted = workplace.settings.is_encrypted
    app.state.entries = navigation.assembled(*(package.entries for package in PACKAGES))
    app.state.reach = navigation.Reach(prefixes(PACKAGES), frozenset(hosted), workplace.settings.face_addresses)
    app.state.answer_shapes = Shapes()
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(FreeHands)
    app.add_middleware(Guard, encrypted=workplace.settings.is_encrypted)
    errors.install(app)
    app.mount("/static", StaticFiles(directory=WEB / "static"))
    app.include_router(language.router)
    mount(app, PACKAGES, hosted)
    return app


def _leave_demonstration(workplace: Workplace, hosted: tuple[Face, ...]) -> None:
    """Nobody stays signed in from a time when this installation was a demonstration."""
    for face in hosted:
        if face is not Face.PUBLIC:
            with workplace.transaction(platform("start"), face) as work:
                end_demonstration(work)
