"""Documents and pictures that a page hands out: made after its transaction has ended, a few at a time.

A page says what is to be made and is done; only then does the maker begin, without a connection in hand. Those who wait
for their turn wait in the event loop, not in a thread that another page could use.
"""

from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from fastapi import Response
from starlette.types import Receive, Scope, Send

from kernel.documents import AT_ONCE

_TURNS = CapacityLimiter(AT_ONCE)


class Printed(Response):
    """What `make` gives, once the page has let go of the database. A Problem that it raises is answered as one."""

    def __init__(self, make: Callable[[], bytes], media_type: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(b"", media_type=media_type, headers=headers)
        self._make = make

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make it, then answer."""
        self.body = await to_thread.run_sync(self._make, limiter=_TURNS)
        self.headers["Content-Length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


def pdf(make: Callable[[], bytes], name: str) -> Response:
    """A PDF that the browser shows, and saves under `name`."""
    return Printed(make, "application/pdf", {"Content-Disposition": f'inline; filename="{name}"'})


def picture(make: Callable[[], bytes]) -> Response:
    """A PNG that the browser shows."""
    return Printed(make, "image/png")
