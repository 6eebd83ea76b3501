"""Whatever is sent, and whatever goes wrong: there is an answer that a person can read."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter
from sqlalchemy import URL, create_engine, text

from host.machine import Machine
from kernel.db import Engines
from kernel.events import Wiring
from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Workplace
from tests.cast.broken_line import Line, line_to
from tests.cast.site import Site, running
from tests.cast.waiting import LIMIT_SECONDS
from web.app import create_app
from web.frame import hot_path
from web.frame.access import open_to_all
from web.frame.work import SESSION_COOKIE, Writes, at

STEP = {"sequence": 1, "question": 1, "act": "answer", "answer": "A", "flagged": False, "page_ms": 0}
SAVE = {"attempt": "00000000-0000-0000-0000-000000000000", "desk": "a" * 64, "steps": [STEP]}


@pytest.mark.parametrize("address", ["/verify/c/%00", "/verify/c/a%00b"])
def test_an_address_with_a_character_that_nobody_can_keep(site: Site, address: str):
    answer = site.client().get(address)
    assert answer.status_code == 422
    assert "cannot be read" in answer.text


@pytest.mark.parametrize("field", ["username", "password", "next"])
def test_a_form_with_a_character_that_nobody_can_keep(site: Site, field: str):
    typed = {"username": "nobody", "password": "x", "next": "/"} | {field: "a\0b"}
    assert site.client().post("/sign-in", data=typed).status_code in {409, 422}


def test_a_missing_file_is_not_kept_for_a_year(site: Site):
    answer = site.client().get("/static/not-there.js?v=0123456789")
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


@pytest.fixture
def clumsy(site: Site) -> Iterator[httpx.Client]:
    """The application with two pages that go wrong."""
    router = APIRouter()

    @router.post("/collide", dependencies=[open_to_all()])
    def collide(work: Writes) -> None:
        twice = "INSERT INTO people.guesses SELECT gen_random_uuid(), 'name'::bytea, 'address', now()"
        work.session.execute(text(twice + " RETURNING id"))
        work.session.execute(text("INSERT INTO people.guesses SELECT * FROM people.guesses LIMIT 1"))

    @router.post("/forget", dependencies=[open_to_all()])
    def forget(work: Writes) -> None:
        work.session.execute(text("INSERT INTO people.guesses (id, address) SELECT gen_random_uuid(), 'secret name'"))

    app = create_app(site.workplace)
    app.include_router(router, dependencies=[at(Face.REGISTRY)])
    with running(app, site.workplace) as served:
        yield served.client()


def test_two_who_do_the_same_at_the_same_moment(clumsy):
    answer = clumsy.post("/collide")
    assert answer.status_code == 409
    assert "at the same moment" in answer.text


def test_a_mistake_of_ours_has_a_number_and_the_policy(clumsy):
    answer = clumsy.post("/forget")
    assert answer.status_code == 500
    assert "Quote the number" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "secret name" not in answer.text


@pytest.fixture
def away(settings: Settings) -> Iterator[httpx.Client]:
    """The application while its database is gone."""
    nowhere = URL.create("postgresql+psycopg", username="nobody", database="none", query={"host": "/nonexistent"})
    place = Workplace(settings=settings, engines=Engines(lambda _: nowhere), wiring=Wiring())
    with running(create_app(place), place) as served:
        client = served.client()
        client.cookies.set(SESSION_COOKIE, "any")
        yield client


@pytest.fixture
def slow(site: Site, monkeypatch) -> Iterator[httpx.Client]:
    """The application while something else holds the tables of answers, and there is little patience."""
    monkeypatch.setattr(hot_path, "STATEMENT_TIMEOUT_MS", 3_000)
    with held(site, monkeypatch) as (client, _):
        yield client


@contextmanager
def held(site: Site, monkeypatch) -> Iterator[tuple[httpx.Client, Callable[[], None]]]:
    """Two connections for all, and the tables held until the end, or until they are let go."""
    monkeypatch.setattr(hot_path, "HOT_POOL_SIZE", 2)
    monkeypatch.setattr(hot_path, "CONNECT_WITHIN_SECONDS", 1)
    database = site.workplace.engines.url(Face.LEARNING).database
    assert database
    owner = create_engine(Machine(site.workplace.settings, database=database).owner_url())
    with owner.begin() as connection:
        connection.execute(text("LOCK TABLE exams.attempts, training.study_sessions IN ACCESS EXCLUSIVE MODE"))
        with running(create_app(site.workplace), site.workplace) as served:
            client = served.client()
            client.cookies.set(SESSION_COOKIE, "any")
            client.headers["Accept"] = "application/json"
            yield client, connection.rollback
        connection.rollback()
    owner.dispose()


def test_a_slow_database_is_busy_and_not_a_mistake(slow):
    beat = {"session": SAVE["attempt"], "sequence": 1}
    for ask in (lambda: slow.put("/exam-room/answers", json=SAVE), lambda: slow.post("/lesson/beats", json=beat)):
        answer = ask()
        assert answer.status_code == 503
        assert answer.json()["kind"] == "NotConfirmed"


def test_who_waits_for_a_connection_in_vain_is_told_so_and_does_not_wait_on(site, monkeypatch):
    """Two hold the connections for as long as the tables are held; the two others have their answer before."""
    monkeypatch.setattr(hot_path, "STATEMENT_TIMEOUT_MS", LIMIT_SECONDS * 2_000)
    with held(site, monkeypatch) as (client, let_go), ThreadPoolExecutor(4) as at_once:
        client.timeout = httpx.Timeout(LIMIT_SECONDS * 2)
        asked = [at_once.submit(client.put, "/exam-room/answers", json=SAVE) for _ in range(4)]
        told = [each.result().status_code for each in islice(as_completed(asked, LIMIT_SECONDS), 2)]
        let_go()
    assert told == [503] * 2
    assert [each.result().status_code for each in asked].count(503) == 2


@pytest.fixture
def far(site: Site) -> Iterator[tuple[Site, Line]]:
    """The application, and the line to its database, which can break off."""
    engines = site.workplace.engines
    server = engines.url(Face.REGISTRY).query["host"]
    assert isinstance(server, str)
    with line_to(Path(server)) as line:
        away = Engines(lambda face: engines.url(face).update_query_dict({"host": str(line.folder)}))
        place = Workplace(settings=site.workplace.settings, engines=away, wiring=site.workplace.wiring)
        with running(create_app(place), place) as served:
            yield served, line


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "It is not known whether this was done"), ("zh_CN", "无法确定这次操作是否已生效")]
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_who_did_something_while_the_line_broke_off_is_told_to_look(far, language, sentence, accept):
    served, line = far
    client = served.client("tursun", language=language)
    line.breaks = True
    answer = client.post("/sign-out", headers={"Accept": accept})
    assert answer.status_code == 504
    assert sentence in (answer.json()["problem"] if accept == "application/json" else answer.text)
    assert "Nothing was changed" not in answer.text
    assert client.get("/my-account/password").headers.get("location", "").startswith("/sign-in")  # it was done


def test_a_request_from_an_address_that_is_none_is_refused(site: Site):
    """No browser sends such an Origin; whoever does is told no, and nothing is logged as a mistake of ours."""
    for origin in ("http://[", "null", "http://[::1"):
        answer = httpx.post(f"{site.url}/sign-out", headers={"Origin": origin})
        assert answer.status_code == 403


def test_while_the_database_is_away_a_page_says_try_again(away):
    answer = away.get("/sign-in")
    assert answer.status_code == 503
    assert "Try again" in answer.text


def test_while_the_database_is_away_a_save_is_told_to_come_again(away):
    answer = away.put("/exam-room/answers", json=SAVE, headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert answer.json()["kind"] == "NotConfirmed"
