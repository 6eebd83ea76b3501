"""One demonstration person at the front door of a running server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from people.demonstration.rules import PASSWORD
from web.frame.templating import LANGUAGE_COOKIE


class InTheWay(Exception):
    """What keeps a stand-in from going on, as one sentence."""


@dataclass(frozen=True)
class Visit:
    """A signed-in person. Every call raises InTheWay with the server's own sentence where it refuses."""

    who: str
    client: httpx.Client

    @classmethod
    @contextmanager
    def of(cls, who: str, server: str) -> Iterator["Visit"]:
        """Sign in. Raises InTheWay where nothing answers, or where the server lets no such demonstration person in."""
        server = server.rstrip("/")
        # No proxy: one that is meant for the world outside does not know this machine.
        with httpx.Client(base_url=server, headers={"Origin": server}, timeout=30, trust_env=False) as client:
            client.cookies.set(LANGUAGE_COOKIE, "en")
            visit = cls(who, client)
            entered = visit._send("POST", "/sign-in", data={"username": who, "password": PASSWORD})
            if entered.status_code != httpx.codes.SEE_OTHER:
                raise InTheWay(f"{server} lets no demonstration person in who is called {who}.")
            yield visit

    def read(self, path: str) -> str:
        """A page; empty where this person has no such page."""
        answer = self._send("GET", path)
        return "" if answer.is_error else answer.text

    def press(self, path: str, form: dict[str, str] | None = None) -> httpx.Response:
        """Send a form as the page would."""
        answer = self._send("POST", path, data=form or {})
        if answer.is_error:
            raise InTheWay(f"{self.who}: the server refused {path} ({answer.status_code}).")
        return answer

    def ask(self, method: str, path: str, document: dict[str, Any]) -> Any:
        """JSON in, JSON out."""
        answer = self._send(method, path, json=document, headers={"Accept": "application/json"})
        if answer.is_error:
            raise InTheWay(f"{self.who}: {answer.json()['problem']}")
        return answer.json()

    def _send(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        try:
            return self.client.request(method, path, **kwargs)
        except httpx.TransportError as fault:
            raise InTheWay(f"Nothing answers at {self.client.base_url} ({fault}). Start it first: make run") from None
