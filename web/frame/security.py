"""What every answer carries and every request must show, before any page runs.

- A strict Content-Security-Policy: nothing inline, nothing from elsewhere.
- Requests that change something come from our own pages: `Sec-Fetch-Site` says so in every browser since 2023, and
  `Origin` in the older ones. With cookies that are SameSite=Lax no token has to be woven into each form.
- A body has a limit.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OK = 200
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BODY_AT_MOST = 12 * 1024 * 1024

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "manifest-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONCE_ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}  # where there is a certificate, never without again


def comes_from_us(headers: Headers) -> bool:
    """Whether a changing request was made by a page of this site (or by no browser and without a session)."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is not None:
        return _place(origin) == headers.get("host")
    return "cookie" not in headers


def _place(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # no browser sends such a one
        return None


class Guard:
    """The outermost layer of the application. `encrypted`: visitors come by HTTPS, though a proxy may end it before."""

    def __init__(self, app: ASGIApp, *, encrypted: bool = False) -> None:
        self.app = app
        self.encrypted = encrypted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what must not come in; put the headers on what goes out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = _refusal(scope["method"], headers)
        if refusal is not None:
            await refusal(scope, receive, self._with_headers(scope, send))
            return
        await self.app(scope, _bounded(receive), self._with_headers(scope, send))

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        # A static file's address carries a mark of its content; everything else is about people and is never kept.
        is_marked = scope["path"].startswith("/static/") and scope["query_string"].startswith(b"v=")
        keeping = "public, max-age=31536000, immutable" if is_marked else "no-store"
        always = HEADERS | ONCE_ENCRYPTED if self.encrypted or scope["scheme"] == "https" else HEADERS

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in always.items():
                    headers.setdefault(name, value)
                # A file that is missing while a new version is brought out must not stay missing for a year.
                headers.setdefault("Cache-Control", keeping if message["status"] == OK else "no-store")
            await send(message)

        return sending


def _refusal(method: str, headers: Headers) -> PlainTextResponse | None:
    if method not in SAFE_METHODS and not comes_from_us(headers):
        return PlainTextResponse("This request did not come from a page of this site.", 403)
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > BODY_AT_MOST:
        return PlainTextResponse("This is more than can be sent at once.", 413)
    return None


class BodyTooLarge(Exception):
    """A body without an honest length went over the limit."""


def _bounded(receive: Receive) -> Receive:
    received = 0

    async def receiving() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > BODY_AT_MOST:
            raise BodyTooLarge
        return message

    return receiving
