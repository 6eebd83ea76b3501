"""What an installation is, is said once: nobody makes a demonstration count, or what counts a demonstration."""

from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from host.cli import app
from host.machine import Machine
from host.wiring import wiring
from kernel.actor import ANYONE, platform
from kernel.audit import seal
from kernel.faces import Face
from kernel.founding import Kind, OtherKind, OtherSite, found
from kernel.tables import InstallationRecord
from kernel.work import Workplace
from tests.integration.kernel.conftest import findings


@pytest.fixture
def unfounded(copies) -> Iterator[Machine]:
    with copies.unfounded() as made:
        yield made


def started(made: Machine, **settings: object) -> Machine:
    """The same database, and a process that is started with other settings."""
    return Machine(made.settings.model_copy(update=settings), database=made.database)


def place_of(machine: Machine) -> Workplace:
    return machine.workplace(wiring(machine.settings))


def test_nothing_is_written_before_it_is_said_what_the_installation_is(unfounded):
    place = place_of(unfounded)
    with pytest.raises(Exception, match="before it is said"), place.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened")
    place.engines.dispose()


@pytest.mark.parametrize("was_demonstration", [True, False])
def test_it_stays_what_it_was_founded_as(unfounded, was_demonstration):
    started(unfounded, demonstration=was_demonstration).migrate()
    other = started(unfounded, demonstration=not was_demonstration)
    with pytest.raises(OtherKind):
        other.migrate()
    with pytest.raises(OtherKind):
        other.require_kind(other.face_url(Face.LEARNING))
    started(unfounded, demonstration=was_demonstration).migrate()


def test_another_site_does_not_go_on_with_its_database(unfounded):
    unfounded.migrate()
    with pytest.raises(OtherSite, match="jiangcheng"):
        started(unfounded, site="jiangcheng").migrate()


def test_one_that_counts_begins_its_audit_with_that(unfounded):
    real = started(unfounded, demonstration=False)
    real.migrate()
    place = place_of(real)
    with place.transaction(platform("founding"), Face.REGISTRY) as work:
        found(work, Kind.DEMONSTRATION)
    with place.transaction(ANYONE, Face.LEARNING) as work:
        work.note("tests.happened")
    with place.transaction(platform("sealer"), Face.REGISTRY) as work:
        assert seal(work.session, work.keys, work.now) >= 2
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        assert [row.kind for row in reading.session.query(InstallationRecord)] == [Kind.REAL]
    assert findings(place, None) == []
    place.engines.dispose()


def test_no_invented_people_come_where_it_counts(monkeypatch, tmp_path):
    monkeypatch.setenv("ANPEI_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("ANPEI_DEMONSTRATION", raising=False)
    outcome = CliRunner().invoke(app, ["demo"])
    assert "no invented people come here" in str(outcome.exception)
    assert not (tmp_path / "var").exists()
