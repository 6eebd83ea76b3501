"""Each request begins with free hands, which the threads that work on it share (see `kernel.hands`)."""

from starlette.types import ASGIApp, Receive, Scope, Send

from kernel.hands import lay_down


class FreeHands:
    """A layer of the application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lay them down before any thread takes a copy of the context."""
        lay_down()
        await self.app(scope, receive, send)
