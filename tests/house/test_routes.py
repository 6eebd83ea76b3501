"""Every route says who may open it, and stands on a face."""

import importlib
from itertools import chain

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Mount

from web.app import PACKAGES, create_app
from web.frame import language
from web.frame.templating import WEB

SCREENS = list(chain.from_iterable(routers for package in PACKAGES for routers in package.by_face.values()))
HOT = list(chain.from_iterable(routers for package in PACKAGES for routers in package.hot.values()))
DOORS = list(chain.from_iterable(package.doors for package in PACKAGES))
PUBLIC_DOORS = list(chain.from_iterable(package.public_doors for package in PACKAGES))
ROUTERS: tuple[APIRouter, ...] = (language.router, *DOORS, *SCREENS, *HOT)


def needs(dependant: Dependant) -> list[str]:
    found = [d.call.__dict__["declared_need"] for d in dependant.dependencies if "declared_need" in vars(d.call)]
    return found + [need for d in dependant.dependencies for need in needs(d)]


def silent(routers: tuple[APIRouter, ...]) -> list[str]:
    """Routes that do not say who may open them."""
    return [
        f"{sorted(getattr(route, 'methods', None) or ())} {getattr(route, 'path', route)}"
        for router in routers
        for route in router.routes
        if not isinstance(route, APIRoute) or not needs(route.dependant)
    ]


def test_every_route_declares_who_may_open_it():
    assert silent((*ROUTERS, *PUBLIC_DOORS)) == []


def test_a_route_that_does_not_is_noticed():
    router = APIRouter()
    router.add_api_route("/open-door", lambda: None)
    assert silent((router,)) == ["['GET'] /open-door"]


def test_the_application_has_no_routes_but_these(workplace):
    app = create_app(workplace)
    mounted = {route.path for route in app.routes if isinstance(route, Mount)}
    assert mounted == {"/static"}
    included = [getattr(route, "original_router", None) for route in app.routes if not isinstance(route, Mount)]
    assert len(included) == len(ROUTERS)
    assert all(any(router is known for known in ROUTERS) for router in included)


def test_no_screen_was_forgotten():
    mounted = {id(router) for router in (*ROUTERS, *PUBLIC_DOORS)}
    forgotten = [
        f"{file.parent.relative_to(WEB)}.{name}"
        for file in WEB.glob("*/*/*.py")
        for name, thing in vars(
            importlib.import_module(".".join(("web", *file.relative_to(WEB).with_suffix("").parts)))
        ).items()
        if isinstance(thing, APIRouter) and id(thing) not in mounted
    ]
    assert forgotten == []


def test_no_screen_stands_on_two_faces():
    assert len(SCREENS) == len({id(router) for router in SCREENS})
