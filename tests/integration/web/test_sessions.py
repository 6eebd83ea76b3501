"""How long a sign-in lasts, and who can make one."""

from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from kernel.faces import Face
from people.accounts.queries import token_digest
from people.accounts.rules import IDLE_SESSION_ENDS_AFTER, SESSION_ENDS_AFTER
from tests.cast.site import Site

NAME = "买买提江"
FORGE = """
    INSERT INTO people.sessions (token_digest, account_id, opened_at, seen_at, address{column})
    SELECT :token, id, :now, :now, 'forged'{value} FROM people.accounts WHERE username = 'zheng'
"""


def test_who_works_stays_signed_in_until_the_end_of_a_working_day(site: Site):
    client = site.client("tursun")
    clock = site.workplace.clock
    step = IDLE_SESSION_ENDS_AFTER - timedelta(minutes=10)
    passed = timedelta()
    while passed + step < SESSION_ENDS_AFTER:
        clock.skip(step)
        passed += step
        assert NAME in client.get("/").text, passed
    clock.skip(SESSION_ENDS_AFTER - passed)
    assert NAME not in client.get("/").text


def test_who_does_nothing_is_signed_out(site: Site):
    client = site.client("tursun")
    site.workplace.clock.skip(IDLE_SESSION_ENDS_AFTER)
    assert NAME not in client.get("/").text
    assert NAME not in client.get("/").text


def test_a_page_writes_that_somebody_is_there_only_now_and_then(site: Site):
    client = site.client("tursun")
    token = token_digest(client.cookies["anpei_session"])
    engine = create_engine(site.workplace.engines.url(Face.REGISTRY))

    def seen():
        with engine.connect() as connection:
            return connection.scalar(text("SELECT seen_at FROM people.sessions WHERE token_digest = :t"), {"t": token})

    first = seen()
    site.workplace.clock.skip(timedelta(minutes=4))
    client.get("/")
    assert seen() == first
    site.workplace.clock.skip(timedelta(minutes=2))
    client.get("/")
    assert seen() - first >= timedelta(minutes=6)
    engine.dispose()


@pytest.mark.parametrize("claim", ["", "anpei_registry", "anpei_authoring"])
def test_teaching_cannot_write_itself_the_sign_in_of_a_question_author(site: Site, claim: str):
    forge = FORGE.format(column=", opened_by" if claim else "", value=f", '{claim}'" if claim else "")
    refused = False
    try:
        with site.workplace.engines.of(Face.LEARNING).begin() as connection:
            now = site.workplace.clock.now()
            connection.execute(text(forge), {"token": token_digest(f"forged-{claim}"), "now": now})
    except ProgrammingError as problem:
        refused = "row-level security" in str(problem)
    assert refused is bool(claim)
    client = site.client()
    client.cookies.set("anpei_session", f"forged-{claim}")
    assert "郑" not in client.get("/").text


def test_no_face_may_give_a_sign_in_to_somebody_else(site: Site):
    for face in (Face.LEARNING, Face.AUTHORING, Face.EXAMINATION, Face.REGISTRY):
        with site.workplace.engines.of(face).connect() as connection, pytest.raises(ProgrammingError, match="denied"):
            connection.execute(text("UPDATE people.sessions SET account_id = gen_random_uuid()"))
