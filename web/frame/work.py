"""What a page is given to work with.

`Reads` and `Writes` open the database as the role of the face under which the page's router is mounted; a page cannot
choose another. `Writes` commits before the response is sent (dependency scope "function"), so that nobody is told
"saved" of something that was not.
"""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Request

from kernel.actor import ANYONE, Actor
from kernel.faces import Face
from kernel.work import Reading, Work, Workplace
from people.accounts import queries as accounts
from people.accounts.actions import stay_signed_in
from web.frame.access import ChoosePasswordFirst

SESSION_COOKIE = "anpei_session"
OPEN_WITHOUT_OWN_PASSWORD = ("/my-account/password", "/sign-out")


def workplace(request: Request) -> Workplace:
    """The workplace of this process."""
    place: Workplace = request.app.state.workplace
    return place


def at(face: Face) -> Any:
    """The dependency that every router of a face carries: it says which face this is and who is asking."""

    def entered(request: Request) -> None:
        enter(request, face)

    return Depends(entered)


def enter(request: Request, face: Face) -> None:
    """Find out who is asking; a request that lasts asks again. Raises ChoosePasswordFirst."""
    request.state.face = face
    request.state.actor = _who(request, face)
    if request.state.must_choose_password and not request.url.path.startswith(OPEN_WITHOUT_OWN_PASSWORD):
        raise ChoosePasswordFirst


def _who(request: Request, face: Face) -> Actor:
    token = request.cookies.get(SESSION_COOKIE)
    request.state.must_choose_password = False
    if not token or face is Face.PUBLIC:
        return ANYONE
    place = workplace(request)
    with place.reading(ANYONE, face) as reading:
        sign_in = accounts.sign_in_of(reading, token, demonstration=place.settings.demonstration)
    if sign_in is None:
        return ANYONE
    if sign_in.is_to_be_noted:
        with place.transaction(sign_in.actor, face) as work:
            stay_signed_in(work, token=token)
    request.state.must_choose_password = sign_in.must_choose_password
    return sign_in.actor


def _reading(request: Request) -> Iterator[Reading]:
    with workplace(request).reading(request.state.actor, request.state.face) as reading:
        yield reading


def _writing(request: Request) -> Iterator[Work]:
    with workplace(request).transaction(request.state.actor, request.state.face) as work:
        yield work


Reads = Annotated[Reading, Depends(_reading, scope="function")]
Writes = Annotated[Work, Depends(_writing, scope="function")]
