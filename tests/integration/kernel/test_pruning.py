"""What has had its time goes, at the day and not before; what proves something cannot be removed at all."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from host.machine import Machine
from host.wiring import wiring
from kernel.actor import ANYONE, platform
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.files import keep, receive
from kernel.ids import new_id
from kernel.pruning import Retention, prune, retentions
from kernel.store import LISTS, PHOTOS
from kernel.work import Work, Workplace

SECOND = timedelta(seconds=1)
LEAST = 30


@pytest.fixture
def owner(own_workplace: Workplace) -> Iterator[Engine]:
    database = str(own_workplace.engines.url(Face.REGISTRY).database)
    engine = create_engine(Machine(own_workplace.settings, database=database).owner_url())
    yield engine
    engine.dispose()


def kept(function: str) -> timedelta:
    (found,) = [each for each in retentions() if each.function == function]
    return timedelta(days=found.days)


def prune_as(place: Workplace, face: Face) -> Work:
    with place.transaction(platform("test"), face) as work:
        prune(work)
    return work


def put(owner: Engine, statement: str, **values: object) -> None:
    with owner.begin() as connection:
        connection.execute(text(statement), values)


def count(owner: Engine, table: str) -> int:
    with owner.connect() as connection:
        found: int = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    return found


def ages(place: Workplace, function: str) -> tuple[datetime, datetime]:
    """A moment that is a minute too old to be kept, and one that is kept for a minute more."""
    limit = place.clock.now() - kept(function)
    return limit - 60 * SECOND, limit + 60 * SECOND


DELIVERY = (
    "INSERT INTO kernel.deliveries (id, role, reaction, event, format, facts, created_at, run_after, tries, done_at) "
    "VALUES (:id, :role, 'x', 'people.x', 1, '{}', :at, :at, 0, :done)"
)
TASK = (
    "INSERT INTO kernel.tasks (id, role, kind, facts, noted, actor, started_at, run_after, done, failed, "
    "careful_until, worked_ms, tries, outcome, ended_at) VALUES "
    "(:id, 'anpei_registry', 'x', '{}', '{}', '{}', :at, :at, 0, 0, 0, 0, 0, :outcome, :ended)"
)
REFERRED = (
    "INSERT INTO kernel.file_references (purpose, of, name, file_id, referred_at) "
    "VALUES (:purpose, :of, 'x', :file, :at)"
)
GUESS = "INSERT INTO people.guesses (id, name_mark, address, at) VALUES (:id, '\\x00', '::1', :at)"
LOOKUP = "INSERT INTO certification.lookups (id, at, client, kind) VALUES (:id, :at, '\\x00', 'code')"


def test_a_delivery_that_arrived_goes_and_one_that_waits_never(own_workplace, owner):
    old, young = ages(own_workplace, "kernel.prune_deliveries")
    for done in (old, young, None):
        put(owner, DELIVERY, id=new_id(), role="anpei_registry", at=old - timedelta(days=1), done=done)
    put(owner, DELIVERY, id=new_id(), role="anpei_teaching", at=old, done=old)
    prune_as(own_workplace, Face.REGISTRY)
    assert count(owner, "kernel.deliveries") == 3
    prune_as(own_workplace, Face.LEARNING)
    assert count(owner, "kernel.deliveries WHERE role = 'anpei_teaching'") == 0
    assert count(owner, "kernel.deliveries WHERE done_at IS NULL") == 1


def test_a_task_goes_and_one_that_has_not_ended_stays(own_workplace, owner):
    old, young = ages(own_workplace, "kernel.prune_tasks")
    for ended in (old, young, None):
        task_id = new_id()
        outcome = "finished" if ended else None
        put(owner, TASK, id=task_id, at=old - timedelta(days=1), outcome=outcome, ended=ended)
    prune_as(own_workplace, Face.REGISTRY)
    assert count(owner, "kernel.tasks") == 2


def test_what_a_task_made_goes_at_its_day_and_never_while_the_task_is_under_way(own_workplace, owner):
    old, young = ages(own_workplace, "kernel.prune_task_files")
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        file_id = keep(work, receive(work.stores, LISTS, BytesIO(b"a list"), "text/plain"), new_id())
        photo = receive(work.stores, PHOTOS, BytesIO(b"\xff\xd8\xff"), "image/jpeg")
        photo_id = keep(work, photo, new_id())
    for at, ended in ((old, old), (young, young), (old, None)):
        task_id, outcome = new_id(), "finished" if ended else None
        put(owner, TASK, id=task_id, at=old - timedelta(days=1), outcome=outcome, ended=ended)
        put(owner, REFERRED, purpose="lists", of=task_id, file=file_id, at=at)
    put(owner, REFERRED, purpose="photos", of=new_id(), file=photo_id, at=old)
    prune_as(own_workplace, Face.EXAMINATION)
    assert count(owner, "kernel.file_references WHERE name = 'x'") == 4
    prune_as(own_workplace, Face.REGISTRY)
    assert count(owner, "kernel.file_references WHERE name = 'x' AND purpose = 'lists'") == 2
    assert count(owner, "kernel.file_references WHERE purpose = 'photos'") == 2


def test_guesses_and_look_ups_go_at_their_day(own_workplace, owner):
    for statement, function in ((GUESS, "people.prune_guesses"), (LOOKUP, "certification.prune_lookups")):
        for at in ages(own_workplace, function):
            put(owner, statement, id=new_id(), at=at)
    work = prune_as(own_workplace, Face.REGISTRY)
    assert (count(owner, "people.guesses"), count(owner, "certification.lookups")) == (1, 1)
    with own_workplace.reading(platform("test"), Face.REGISTRY) as reading:
        said = text("SELECT facts->>'rows' FROM kernel.audit WHERE name = 'kernel.pruned' AND at = :at")
        assert "1" in reading.session.scalars(said, {"at": work.now}).all()


def test_the_database_refuses_what_is_younger_than_a_month_whatever_is_asked(own_workplace, owner):
    for retention in retentions():
        for face in retention.faces:
            young = text(f"SELECT {retention.function}(now() - interval '{LEAST} days' + interval '1 minute')")
            with own_workplace.engines.of(face).connect() as connection, pytest.raises(IntegrityError):
                connection.execute(young)
    put(owner, LOOKUP, id=new_id(), at=own_workplace.clock.now() - timedelta(days=LEAST - 1))
    with pytest.raises(IntegrityError):
        put(owner, "DELETE FROM certification.lookups WHERE at > now() - interval '30 days'")


def test_a_face_removes_only_what_the_list_gives_it(own_workplace):
    for retention in retentions():
        for face in {Face.LEARNING, Face.AUTHORING, Face.EXAMINATION, Face.REGISTRY, Face.PUBLIC} - set(
            retention.faces
        ):
            old = text(f"SELECT {retention.function}(now() - interval '1 year')")
            with own_workplace.engines.of(face).connect() as connection, pytest.raises(ProgrammingError):
                connection.execute(old)


def test_nobody_but_the_platform_prunes(own_workplace):
    with pytest.raises(Forbidden), own_workplace.transaction(ANYONE, Face.REGISTRY) as work:
        prune(work)


def test_every_retention_has_a_reason_and_is_done_by_worker_processes(own_workplace):
    assert all(each.days >= LEAST and each.because for each in retentions())
    heavy = {each.face for each in wiring(own_workplace.settings).periodic if each.run is prune and each.is_heavy}
    assert heavy == {face for each in retentions() for face in each.faces}


def test_what_is_kept_is_what_the_file_says():
    assert Retention("kernel.prune_deliveries", 90, retentions()[0].faces, retentions()[0].because) in retentions()
