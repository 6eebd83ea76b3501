"""Every release that was ever made can be brought to the newest version, and what was signed then still holds.

Each is restored beside the others with the keys and the witness that were kept with it. It is read by today's program:
its people sign in, its audit is walked, its papers are drawn again, its certificates are verified.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import create_engine, text

from certification.certificates.queries import certificate
from exams.attempts import queries
from host.machine import Machine
from host.wiring import wiring
from kernel.actor import platform
from kernel.db import SCHEMAS
from kernel.faces import Face
from kernel.work import Workplace
from tests.cast.site import serving
from tests.cast.waiting import until
from tests.house.schema import described
from tests.upgrade.dumps import LIMIT_BYTES, kept_of, releases, restore, settle
from tests.upgrade.proofs import audit_is_whole, certificates_are_genuine, faults, papers_draw_again
from tests.upgrade.story import Kept

RELEASES = {folder.name: folder for folder in releases()}


def test_the_first_release_is_kept():
    assert "0.1.0" in RELEASES


@pytest.fixture(scope="module", params=RELEASES)
def folder(request) -> Path:
    return RELEASES[request.param]


@pytest.fixture(scope="module")
def kept(folder: Path) -> Kept:
    return kept_of(folder)


@pytest.fixture(scope="module")
def machine(copies, folder: Path, tmp_path_factory) -> Iterator[Machine]:
    """The release as it was restored and brought to the newest version."""
    with copies.copy_of("template_empty", Machine._make_roles) as bare:
        restore(folder, bare)
        settings = settle(folder, bare, tmp_path_factory.mktemp("upgraded"))
        made = Machine(settings)
        assert made.migrate() == []  # no key is missing
        yield made


@pytest.fixture(scope="module")
def workplace(machine: Machine) -> Iterator[Workplace]:
    place = machine.workplace(wiring(machine.settings))
    yield place
    place.engines.dispose()


def test_a_kept_release_is_small(folder: Path):
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) < LIMIT_BYTES


def test_its_schema_is_that_of_a_new_installation(copies, machine: Machine):
    """Until 0.1.0 has its date, each edit of the first schema asks for `python -m tests.upgrade.make 0.1.0`."""
    with copies.migrated() as fresh:
        assert schema_of(machine) == schema_of(fresh)


COLUMNS = """
    SELECT table_schema, table_name, column_name, data_type, is_nullable FROM information_schema.columns
     WHERE table_schema = ANY(:schemas) ORDER BY table_schema, table_name, column_name
"""


def schema_of(machine: Machine) -> list[str]:
    engine = create_engine(machine.owner_url())
    with engine.connect() as owner:
        machine.require_newest(owner)
        columns = [" ".join(row) for row in owner.execute(text(COLUMNS), {"schemas": list(SCHEMAS)})]
        said = [*columns, *described(owner).splitlines()]
    engine.dispose()
    return said


def test_its_audit_its_papers_and_its_certificates_hold(workplace: Workplace, kept: Kept):
    assert len(kept.over) >= 2
    assert {"practical", "valid", "suspended", "revoked", "replaced"} <= kept.certificates.keys()
    assert list(faults(workplace, kept)) == []


def test_its_people_sign_in_and_a_stranger_verifies_a_certificate(workplace: Workplace, kept: Kept):
    with workplace.reading(platform("test"), Face.REGISTRY) as reading:
        row = certificate(reading, UUID(kept.certificates["practical"]))
    with serving(workplace) as site:
        for who, place in (("liu", "/staff"), ("he", "/exam-office"), ("zhang", "/")):
            with closing(site.client(who)) as client:
                assert client.get(place, follow_redirects=True).status_code == 200
        with closing(site.client()) as stranger:
            shown = stranger.get(f"/verify/c/{row.public_code}")
            assert (shown.status_code, row.name in shown.text) == (200, True)


def test_who_was_at_work_when_it_was_kept_is_marked_by_the_answers_of_then(workplace: Workplace, kept: Kept):
    def ended() -> queries.AttemptRow | None:
        with workplace.reading(platform("test"), Face.EXAMINATION) as reading:
            found = queries.attempts_of_sitting(reading, UUID(kept.running)).values()
        return next((it for it in found if it.admission_number == kept.candidate and it.closed_at), None)

    workplace.clock.skip(timedelta(hours=3))
    with serving(workplace):
        attempt = until(ended, "the time of the attempt did not run out")
    with workplace.reading(platform("test"), Face.EXAMINATION) as reading:
        assert len(queries.steps(reading, attempt.id)) == kept.answers


# What the proofs above would find


@pytest.mark.parametrize(
    ("forgery", "proof"),
    [
        ("UPDATE kernel.audit SET actor_name = 'nobody' WHERE name = 'exams.result_released'", audit_is_whole),
        ("DELETE FROM exams.attempt_steps WHERE sequence = 3", papers_draw_again),
        ("UPDATE certification.certificates SET valid_until = valid_until + 365", certificates_are_genuine),
    ],
    ids=["audit", "papers", "certificates"],
)
def test_a_forgery_in_what_was_kept_is_found(copies, workplace: Workplace, kept: Kept, forgery: str, proof):
    database = workplace.engines.url(Face.REGISTRY).database
    assert database
    with copies.server.superuser(database) as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute(forgery)
    assert list(proof(workplace, kept)) != []
