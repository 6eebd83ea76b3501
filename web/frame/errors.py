"""How a problem is shown: the only place that knows HTTP statuses."""

import secrets
from urllib.parse import quote

import asyncpg
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse

from kernel.actor import ANYONE
from kernel.audit import ClockApart
from kernel.errors import N_, Forbidden, Invalid, NotFound, Problem, Refused
from kernel.store import FileIsGone, StoreIsAway, StoreUnusable
from kernel.work import OutcomeUnknown
from web import words
from web.frame.access import ChoosePasswordFirst, SignInFirst
from web.frame.hot_path import DatabaseIsAway
from web.frame.security import HEADERS, BodyTooLarge
from web.frame.templating import language_of, page, reach_of

log = structlog.get_logger()

UNIQUE_VIOLATION = "23505"
AWAY = (OperationalError, InterfaceError, NoConnectionLeft)  # the database is, or it has no time; nothing was committed
UNSTORABLE = (DataError, asyncpg.DataError)
STATUSES: tuple[tuple[type[Problem], int], ...] = (
    (NotFound, 404),
    (Forbidden, 403),
    (Invalid, 422),
    (Refused, 409),
    (ClockApart, 503),
    (OutcomeUnknown, 504),
)
STORE = (StoreIsAway, StoreUnusable, FileIsGone)


class WrongAddress(Invalid):
    sentence = N_("Part of this address or form is missing or cannot be read.")


class Trouble(Problem):
    """A mistake of the platform's own. Its reference finds the log entry."""

    sentence = N_("Something went wrong on our side. Nothing was changed. Quote the number %(reference)s.")


class Busy(Problem):
    sentence = N_("The database did not answer in time. Nothing was changed. Try again in a moment.")


class NotConfirmed(Problem):
    sentence = N_("The database did not answer in time. What is not confirmed yet is sent again by itself.")


class AtTheSameMoment(Refused):
    sentence = N_("Somebody did the same at the same moment. Nothing was changed. Look again before you repeat it.")


def status_of(problem: Problem) -> int:
    """The HTTP status of a problem."""
    return next((status for kind, status in STATUSES if isinstance(problem, kind)), 400)


def show(request: Request, problem: Problem, status: int | None = None) -> Response:
    """A problem as a page, or as JSON where JSON was asked for."""
    status = status or status_of(problem)
    language = language_of(request)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(
            {"problem": words.sentence(problem, language=language), "kind": type(problem).__name__}, status
        )
    if not hasattr(request.state, "actor"):
        request.state.actor = ANYONE
    reference = problem.data.get("reference")
    return page(
        request, "frame/problem.html", {"problem": problem, "status": status, "reference": reference}, status=status
    )


def _sign_in_first(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    if request.method == "GET" and request.headers.get("HX-Request") == "true":
        return Response(status_code=401, headers={"HX-Refresh": "true"})  # the whole page, which then asks to sign in
    if request.method != "GET" or "application/json" in request.headers.get("accept", ""):
        return show(request, problem, 401)
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/sign-in?next={quote(target)}", 303)


def _password_first(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    if request.method != "GET" or "application/json" in request.headers.get("accept", ""):
        return show(request, problem, 403)
    choosing = reach_of(request).to("/my-account/password")
    return RedirectResponse(choosing, 303) if choosing else show(request, problem, 403)


def _problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    if isinstance(problem, OutcomeUnknown):
        log.error("outcome unknown", path=request.url.path, problem=type(problem.__cause__).__name__)
    return show(request, problem)


def _unreadable(request: Request, _: Exception) -> Response:
    return show(request, WrongAddress())


def _http(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    if problem.status_code == 404:  # noqa: PLR2004 - the number is the name
        return show(request, NotFound())
    return show(request, WrongAddress(), problem.status_code)


def _too_large(_: Request, __: Exception) -> Response:
    return PlainTextResponse("This is more than can be sent at once.", 413)


def _busy(request: Request, problem: Exception) -> Response:
    log.warning("database", path=request.url.path, problem=str(problem)[:300])
    return show(request, Busy(), 503)


def _not_confirmed(request: Request, problem: Exception) -> Response:
    """A statement commits by itself: whether it was done is not known, and need not be, for it is sent once more."""
    log.warning("database", path=request.url.path, problem=str(problem)[:300])
    return show(request, NotConfirmed(), 503)


def _store(request: Request, problem: Exception) -> Response:
    """Where files are, and which one is missing, is for who runs the platform: it stands in the log."""
    log.error("store of files", path=request.url.path, problem=str(problem), exc_info=problem.__cause__)
    return show(request, problem if isinstance(problem, StoreIsAway) else StoreIsAway(), 503)


def _unstorable(request: Request, problem: Exception) -> Response:
    """PostgreSQL keeps no NUL character and no number beyond its type; no form of ours sends either."""
    log.warning("unstorable", path=request.url.path, problem=type(getattr(problem, "orig", problem)).__name__)
    return show(request, WrongAddress())


def _collision(request: Request, problem: Exception) -> Response:
    """Two deeds that may not both happen met in the database: the second one is told so. All else is a mistake."""
    if getattr(getattr(problem, "orig", None), "sqlstate", None) != UNIQUE_VIOLATION:
        return _bug(request, problem)
    log.warning("collision", path=request.url.path)
    return show(request, AtTheSameMoment())


def _bug(request: Request, problem: Exception) -> Response:
    reference = secrets.token_hex(4)
    log.error("bug", reference=reference, path=request.url.path, exc_info=problem)
    answer = show(request, Trouble(reference=reference), 500)
    answer.headers.update(HEADERS | {"Cache-Control": "no-store"})  # this one is given outside of the guard
    return answer


def install(app: FastAPI) -> None:
    """Make the application answer every problem in the person's language."""
    app.add_exception_handler(SignInFirst, _sign_in_first)
    app.add_exception_handler(ChoosePasswordFirst, _password_first)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(BodyTooLarge, _too_large)
    for kind in AWAY:
        app.add_exception_handler(kind, _busy)
    app.add_exception_handler(DatabaseIsAway, _not_confirmed)
    for away in STORE:
        app.add_exception_handler(away, _store)
    for unstorable in UNSTORABLE:
        app.add_exception_handler(unstorable, _unstorable)
    app.add_exception_handler(IntegrityError, _collision)
    app.add_exception_handler(Exception, _bug)
