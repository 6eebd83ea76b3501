"""What a package of screens brings, its routers by face and its places in the menu, and how an application takes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, FastAPI

from kernel.faces import Face
from web.frame.navigation import Entry
from web.frame.watching import Watch
from web.frame.work import at

Routers = tuple[APIRouter, ...]

# Each face has a door of its own, so that it can stand on a host of its own.
DOOR_FACES = (Face.REGISTRY, Face.EXAMINATION, Face.AUTHORING, Face.LEARNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screens:
    """Said once a package, as `SCREENS` in web/<package>/__init__.py.

    Args:
        by_face: a router stands on one face, whose role its reads and writes take.
        hot: routers whose one statement checks session and object itself: no dependency opens a session before it.
        doors: what stands on every host where somebody can sign in, on a face of that host.
        public_doors: what stands in the place of the doors where nobody can.
        watched: what its pages are told of when it changes.
        entries: places in the menu.
    """

    by_face: Mapping[Face, Routers] = field(default_factory=dict)
    hot: Mapping[Face, Routers] = field(default_factory=dict)
    doors: Routers = ()
    public_doors: Routers = ()
    watched: tuple[Watch[Any], ...] = ()
    entries: tuple[Entry, ...] = ()


def prefixes(packages: Iterable[Screens]) -> dict[str, Face]:
    """The face on which the addresses that begin so stand."""
    return {
        router.prefix: face for package in packages for face, routers in package.by_face.items() for router in routers
    }


def watched(packages: Iterable[Screens], hosted: tuple[Face, ...]) -> tuple[Watch[Any], ...]:
    """What can be watched on the faces that are hosted."""
    return tuple(watch for package in packages for watch in package.watched if watch.face in hosted)


def mount(app: FastAPI, packages: Iterable[Screens], hosted: tuple[Face, ...]) -> None:
    """Let `app` answer for the screens of the faces that it hosts."""
    door = next((face for face in DOOR_FACES if face in hosted), None)
    for package in packages:
        for router in package.public_doors if door is None else package.doors:
            app.include_router(router, dependencies=[at(door or Face.PUBLIC)])
        for face in hosted:
            for router in package.by_face.get(face, ()):
                app.include_router(router, dependencies=[at(face)])
            for router in package.hot.get(face, ()):
                app.include_router(router)
