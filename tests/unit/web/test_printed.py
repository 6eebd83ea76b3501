"""A page lets go of the database before its document is made, and a document that cannot be made is a refusal."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response
from httpx import ASGITransport, AsyncClient

from kernel.documents import CharacterCannotBePrinted
from web.frame import printed


def an_application(make) -> FastAPI:
    app = FastAPI()
    held: list[str] = []

    def transaction() -> Iterator[None]:
        held.append("a connection")
        yield
        held.clear()

    @app.get("/document")
    def document(_: Annotated[None, Depends(transaction, scope="function")]) -> Response:
        return printed.pdf(lambda: make(list(held)), "document.pdf")

    @app.exception_handler(CharacterCannotBePrinted)
    def refused(_: Request, problem: Exception) -> Response:
        return Response(str(problem), status_code=409)

    return app


def asked(app: FastAPI):
    async def ask():
        async with AsyncClient(transport=ASGITransport(app), base_url="http://anpei") as client:
            return await client.get("/document")

    # In a thread of its own: a browser that another test has opened keeps a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, ask()).result()


def test_a_document_is_made_when_no_connection_is_held_any_more():
    answer = asked(an_application(lambda held: f"%PDF- {held}".encode()))
    assert (answer.status_code, answer.text) == (200, "%PDF- []")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-length"] == str(len(answer.content))
    assert answer.headers["content-disposition"] == 'inline; filename="document.pdf"'


def test_what_cannot_be_printed_is_answered_as_the_refusal_it_is():
    def make(_held: list[str]) -> bytes:
        raise CharacterCannotBePrinted(character="䶮", codepoint="U+4DAE")

    answer = asked(an_application(make))
    assert answer.status_code == 409
    assert "U+4DAE" in answer.text
