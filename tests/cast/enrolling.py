"""A provider enrols people on its screen, and they open a lesson."""

from typing import Any

import httpx

from kernel.actor import ANYONE
from kernel.faces import Face
from people.accounts.queries import actor_of_account
from tests.cast.site import Site

JSON = {"Accept": "application/json"}


def person(site: Site, username: str) -> str:
    with site.workplace.reading(ANYONE, Face.REGISTRY) as reading:
        actor = actor_of_account(reading, username)
        assert actor is not None
        return str(actor.person_id)


def enrol(site: Site, client: httpx.Client, who: str, **changes: object) -> httpx.Response:
    typed = {
        "person": person(site, who),
        "course": "low_voltage",
        "kind": "initial",
        "teachers": [person(site, "wu")],
        "demonstration": "yes",
    }
    return client.post("/enrolment/new", params={"q": "张伟强"}, data=typed | changes)


def start(client: httpx.Client, enrolment: str, code: str = "LV-L01") -> dict[str, Any]:
    answer = client.post(f"/lesson/{enrolment}/{code}/sessions", headers=JSON)
    assert answer.status_code == 200, answer.text
    opened: dict[str, Any] = answer.json()
    return opened


def beat(client: httpx.Client, session: str, sequence: int, **more: object) -> httpx.Response:
    return client.post("/lesson/beats", json={"session": session, "sequence": sequence} | more, headers=JSON)
