"""Serving a kept file: whole, or the range that a player asks for (RFC 9110, sections 13 and 14).

One home for it. The page decides who may see the file and opens it; what travels here holds no connection to the
database any more.
"""

import re

from fastapi import Request, Response
from starlette.responses import StreamingResponse

from kernel.errors import N_, NotFound, Problem
from kernel.files import OpenFile
from web.frame.errors import show

AT_ONCE = 1024 * 1024  # what is no larger is read before the answer begins, so that a damaged one can still be told
OF_A_PERSON = "private, no-cache"  # asked for each time, sent again only where it changed
A_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


class NoSuchRange(Problem):
    sentence = N_("This part of the file does not exist.")


def photo(request: Request, file: OpenFile | None) -> Response:
    """A person's photo, which nothing between us and the browser keeps. Raises NotFound where there is none."""
    if file is None:
        raise NotFound
    return served(request, file, kept=OF_A_PERSON)


def served(request: Request, file: OpenFile, *, kept: str) -> Response:
    """The file, a range of it, or that it has not changed. `kept` says who may keep it for how long (Cache-Control)."""
    tag = f'"{file.tag}"'
    headers = {"Accept-Ranges": "bytes", "ETag": tag, "Cache-Control": kept}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    wanted = _range(request, file.size, tag)
    if wanted is None:
        return _sent(file, 0, file.size, 200, headers)
    start, stop = wanted
    if start >= stop:
        refused = show(request, NoSuchRange(), 416)
        refused.headers["Content-Range"] = f"bytes */{file.size}"
        return refused
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{file.size}"
    return _sent(file, start, stop, 206, headers)


def _range(request: Request, size: int, tag: str) -> tuple[int, int] | None:
    """What is asked for, first byte and the one after the last; None: the whole, also where several are."""
    found = A_RANGE.fullmatch(request.headers.get("range", "").strip())
    if found is None or found.groups() == ("", "") or request.headers.get("if-range", tag) != tag:
        return None
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, size) if last else size


def _sent(file: OpenFile, start: int, stop: int, status: int, headers: dict[str, str]) -> Response:
    pieces = file.read(start, stop)
    if stop - start <= AT_ONCE:
        return Response(b"".join(pieces), status, headers, file.media_type)
    return StreamingResponse(pieces, status, headers | {"Content-Length": str(stop - start)}, file.media_type)
