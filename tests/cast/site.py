"""A real server on a free port, with the demonstration's data, for tests that go through HTTP or a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import uvicorn
from fastapi import FastAPI

from host.application import application
from host.server import Leaving
from kernel.faces import Face
from kernel.work import Workplace
from people.demonstration.rules import PASSWORD
from tests.cast.waiting import until


@dataclass(frozen=True)
class Site:
    """The platform as a visitor reaches it. `workplace` is the server's own: skip its clock, look into its database."""

    url: str
    workplace: Workplace

    def client(self, username: str | None = None, *, language: str = "en") -> httpx.Client:
        """An HTTP client, signed in where a user name is given. It follows no redirects."""
        client = httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=30)
        client.cookies.set("anpei_lang", language)
        if username is not None:
            answer = client.post("/sign-in", data={"username": username, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return client


@contextmanager
def serving(workplace: Workplace, faces: tuple[Face, ...] = tuple(Face)) -> Iterator[Site]:
    """Serve `workplace` in a thread, with its worker, until the end of the block."""
    with running(application(workplace, faces), workplace) as site:
        yield site


@contextmanager
def running(app: FastAPI, workplace: Workplace) -> Iterator[Site]:
    """Serve `app`, made for `workplace`, in a thread until the end of the block."""
    server = Leaving(uvicorn.Config(app, port=0, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started or not thread.is_alive(), "the server did not start in time", every=0.02)
    assert server.started, "the server stopped"
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Site(f"http://127.0.0.1:{port}", workplace)
    finally:
        server.should_exit = True
        thread.join(timeout=60)
    assert not thread.is_alive(), "the server did not end"
