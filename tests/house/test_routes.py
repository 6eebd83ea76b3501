"""Every route says who may open it, and stands on a face."""

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Mount

from web.app import create_app


def _needs(dependant: Dependant) -> list[str]:
    found = [d.call.__dict__["declared_need"] for d in dependant.dependencies if "declared_need" in vars(d.call)]
    return found + [need for d in dependant.dependencies for need in _needs(d)]


def test_every_route_declares_who_may_open_it(workplace):
    app = create_app(workplace, with_worker=False)
    silent = [
        f"{sorted(route.methods or ())} {route.path}"
        for route in app.routes
        if isinstance(route, APIRoute) and not _needs(route.dependant)
    ]
    assert silent == []


def test_there_is_no_other_kind_of_route(workplace):
    app = create_app(workplace, with_worker=False)
    others = [route for route in app.routes if not isinstance(route, APIRoute)]
    assert {route.path for route in others if isinstance(route, Mount)} == {"/static", "/static/screens"}
    assert [route for route in others if not isinstance(route, Mount)] == []
