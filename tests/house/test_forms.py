"""What people type is refused at its field, with a sentence and with everything they typed still there.

FastAPI refuses a form as a whole, before any of our code reads it: `Form(max_length=500)`, a field that must be there,
an id that is none. Whoever wrote a page of reasons then finds "this form cannot be read", and the reasons gone. So a
form takes texts, all of which may be missing, and `web/typed.py` reads them.
"""

import inspect
from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, UploadFile, params
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo

from tests.house.test_routes import PUBLIC_DOORS, ROUTERS

TEXTS = (str, list[str], UploadFile | None)

# Nobody types these: the page wrote them into the form, and one that is altered has no place to say so.
WRITTEN_BY_THE_PAGE = {
    "practical.step: deed",  # which button of a sheet
    "practical.step: seen",  # how many steps the page showed
    "practical.step: step_id",  # made with the form, so that a tap sent twice is one
    "practical.end: ending",  # which of the two ways of ending
    "exam_office.seat: registration",  # ticked lines of a list
    "deliveries.again: delivery",  # the lines of a list, all of them
}


def form_fields(route: APIRoute) -> Iterator[tuple[str, FieldInfo]]:
    """Each field of a route's form, and what FastAPI asks of it."""
    for parameter in route.dependant.body_params:
        asked = parameter.field_info
        if not isinstance(asked, params.Form):
            continue
        kind = asked.annotation
        if inspect.isclass(kind) and issubclass(kind, BaseModel):
            yield from kind.model_fields.items()
        else:
            yield parameter.name, asked


def refused_as_a_whole(routers: tuple[APIRouter, ...]) -> list[str]:
    """Fields that FastAPI may refuse before a page is there to say so."""
    found = []
    for router in routers:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for name, asked in form_fields(route):
                if asked.metadata or asked.is_required() or asked.annotation not in TEXTS:
                    screen = route.endpoint.__module__.split(".")[-2]
                    found.append(f"{screen}.{route.endpoint.__name__}: {name}")
    return sorted(found)


def test_nothing_that_people_type_is_refused_as_a_whole_page():
    assert set(refused_as_a_whole((*ROUTERS, *PUBLIC_DOORS))) == WRITTEN_BY_THE_PAGE


def test_a_form_that_would_be_is_noticed():
    router = APIRouter()

    class Written(BaseModel):
        line: Annotated[str, Field(max_length=200)] = ""
        person: UUID | None = None
        name: str
        fine: str = ""

    def short(reason: Annotated[str, Form(max_length=500)] = "") -> None: ...

    def model(typed: Annotated[Written, Form()]) -> None: ...

    def sent_by_a_script(body: dict[str, Any]) -> None: ...

    for address, handler in (("/short", short), ("/model", model), ("/script", sent_by_a_script)):
        router.post(address)(handler)
    noticed = [each.split(": ")[1] for each in refused_as_a_whole((router,))]
    assert noticed == ["line", "name", "person", "reason"]
