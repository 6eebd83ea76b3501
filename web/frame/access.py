"""Who may open a route. Every route declares `needs(permission)`, `signed_in()` or `open_to_all()`; a test looks.

What is refused here is only the door. The deed behind it asks again (`@action(needs=…)`), and the object is loaded
through the person's own permission.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Depends, Request

from kernel.errors import N_, Forbidden, Problem


class SignInFirst(Problem):
    """Nobody is signed in; the web sends the person to the sign-in page and back."""

    sentence = N_("Sign in to go on.")


class ChoosePasswordFirst(Problem):
    """Signed in with a password of the office's; the web sends the person to choose one of their own."""

    sentence = N_("Choose a password of your own to go on.")


def needs(*permissions: str) -> Any:
    """Only for people who hold one of `permissions`."""

    async def check(request: Request) -> None:
        actor = request.state.actor
        if actor.account_id is None:
            raise SignInFirst
        if not any(actor.may(permission) for permission in permissions):
            raise Forbidden

    return _declared(check, " or ".join(permissions))


def signed_in() -> Any:
    """For anybody who has signed in."""

    async def check(request: Request) -> None:
        if request.state.actor.account_id is None:
            raise SignInFirst

    return _declared(check, "signed in")


def open_to_all() -> Any:
    """For anybody at all."""

    async def check() -> None:
        return None

    return _declared(check, "open to all")


def _declared(check: Callable[..., Awaitable[None]], need: str) -> Any:
    # Asynchronous, though none of them waits: a plain function would take a thread for every request, the hot ones too.
    check.__dict__["declared_need"] = need
    return Depends(check)


def checked_inside() -> Any:
    """For the hot paths, whose one statement checks session, person and object itself."""

    async def check() -> None:
        return None

    return _declared(check, "checked inside its statement")
