"""The administrator sees what did not arrive between the parts of the platform, and has it tried again."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import create_engine, text

from host.commands import deliveries
from host.machine import Machine
from kernel.faces import Face
from kernel.ids import new_id
from kernel.settings import libpq
from tests.cast.site import Site
from tests.cast.waiting import until

LOST = "training.gone.reactions.counted"


@pytest.fixture
def owner(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    database = site.workplace.engines.url(Face.LEARNING).database
    assert database
    machine = Machine(site.workplace.settings, database=database)
    monkeypatch.setenv("ANPEI_DATABASE_URL", libpq(machine.owner_url()))
    monkeypatch.setenv("ANPEI_VAR", str(site.workplace.settings.var))
    yield machine
    engine = create_engine(machine.owner_url())
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM kernel.deliveries WHERE done_at IS NULL"))
    engine.dispose()


def leave(machine: Machine, reaction: str, event: str, cause: str | None) -> UUID:
    """A delivery to the registry that failed a moment ago and is due in a quarter of an hour."""
    engine, id_ = create_engine(machine.owner_url()), new_id()
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO kernel.deliveries "
                "(id, role, reaction, event, format, facts, created_at, run_after, tries, cause) VALUES "
                "(:id, 'anpei_registry', :reaction, :event, 1, '{}', now(), now() + interval '15 min', 1, :cause)"
            ),
            {"id": id_, "reaction": reaction, "event": event, "cause": cause},
        )
    engine.dispose()
    return id_


def known(site: Site) -> tuple[str, str]:
    reaction = next(each for each in site.workplace.wiring.reactions if each.face is Face.REGISTRY)
    return reaction.name, reaction.event.NAME


@pytest.mark.parametrize("who", ["liu", "he", "song", "xie"])
def test_nobody_but_an_administrator_looks_or_tries_again(site: Site, who: str):
    client = site.client(who)
    assert client.get("/deliveries").status_code == 403
    assert client.post("/deliveries/again", data={"delivery": str(new_id())}).status_code == 403


def test_a_visitor_is_asked_to_sign_in(site: Site):
    assert site.client().get("/deliveries").headers["location"].startswith("/sign-in")


def test_where_everything_has_arrived_the_page_says_so(site: Site):
    def arrived() -> bool:
        return "Everything has arrived" in site.client("tian").get("/deliveries").text

    assert until(arrived, "something never arrived")


def test_the_page_raises_the_alarm_about_a_name_that_nothing_knows(site: Site, owner: Machine):
    leave(owner, LOST, "training.hours_completed", None)
    english = site.client("tian").get("/deliveries").text
    assert "Nothing takes some of these in" in english
    assert LOST in english.replace("<wbr>", "")
    chinese = site.client("tian", language="zh_CN").get("/deliveries").text
    assert "部分通知无人处理" in chinese


def test_a_failure_is_said_in_the_readers_language_and_tried_again(site: Site, owner: Machine):
    id_ = leave(owner, *known(site), "%(username)s does not hold the role %(role)s.")
    tian = site.client("tian")
    assert "… does not hold the role …." in tian.get("/deliveries").text
    assert tian.post("/deliveries/again", data={"delivery": str(id_)}).status_code == 303
    assert tian.post("/deliveries/again", data={"delivery": str(new_id())}).status_code == 404
    assert tian.post("/deliveries/again", data={"delivery": "x"}).status_code == 422


def test_the_command_lists_and_ends_with_one_where_a_name_is_unknown(site: Site, owner: Machine, capsys):
    leave(owner, LOST, "training.hours_completed", None)
    id_ = leave(owner, *known(site), "ValueError")
    assert deliveries.app(["--face", "registry"], standalone_mode=False) == 1
    said = capsys.readouterr().out
    assert "2 of 2 that wait" in said
    assert str(id_) in said
    deliveries.app(["retry", str(id_)], standalone_mode=False)
    assert "1 to be tried again now" in capsys.readouterr().out
    with pytest.raises(deliveries.SayWhich):
        deliveries.app(["retry"], standalone_mode=False)
