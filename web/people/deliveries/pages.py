"""What one part of the platform announced and another has not taken in yet: looked over, and tried again."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from kernel import deliveries
from kernel.deliveries import State
from kernel.errors import N_
from people.access.rules import Permission
from web.frame.access import needs
from web.frame.templating import language_of, page
from web.frame.work import Reads, Writes, workplace
from web.people.deliveries.faces import FACE_WORDS
from web.people.deliveries.words import cause_in_words

router = APIRouter(prefix="/deliveries", dependencies=[needs(Permission.KEEP_DELIVERIES)])

STATES = {
    State.UNKNOWN: ("danger", N_("Nothing takes it in")),
    State.FAILING: ("soon", N_("Failed")),
    State.WAITING: ("info", N_("On its way")),
}


@router.get("")
def look(request: Request, reading: Reads) -> Response:
    """What did not arrive yet, the worst first."""
    rows = deliveries.waiting(reading, workplace(request).wiring)
    language = language_of(request)
    context = {
        "rows": rows,
        "total": deliveries.how_many(reading),
        "unknown": sum(row.state is State.UNKNOWN for row in rows),
        "to_retry": [row.id for row in rows if row.state is State.FAILING],
        "faces": FACE_WORDS,
        "states": STATES,
        "causes": {row.id: cause_in_words(row.cause, language) for row in rows},
    }
    return page(request, "people/deliveries/deliveries.html", context)


@router.post("/again")
def again(work: Writes, delivery: Annotated[list[UUID], Form(max_length=deliveries.SHOWN_AT_MOST)]) -> Response:
    """Try these now."""
    deliveries.try_again(work, tuple(delivery))
    return RedirectResponse("/deliveries", 303)
