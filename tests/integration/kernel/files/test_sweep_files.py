"""What nobody refers to goes at its day, orphans are swept, and nothing that is taken up meanwhile is lost."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text

from host.wiring import wiring
from kernel import files
from kernel.actor import ANYONE, platform
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.files.sweeping import BEGINNINGS, sweep
from kernel.ids import new_id
from kernel.pruning import prune
from kernel.store import (
    FILMS,
    LISTS,
    PHOTOS,
)
from kernel.work import Workplace
from tests.cast.kept_files import FILM, JPEG, LONG, age, film, folder, kept, put, read, stored, swept
from tests.cast.locks import somebody_waits
from tests.cast.waiting import LIMIT_SECONDS, until


def test_a_file_to_which_nobody_refers_goes_after_thirty_days_with_its_key_and_then_its_bytes(own_workplace, owner):
    of = kept(own_workplace)
    path, other = age(stored(own_workplace, PHOTOS, of)), kept(own_workplace)
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        files.let_go(work, PHOTOS, of)
    assert (swept(own_workplace, Face.REGISTRY), path.exists()) == (0, True)
    known = text("SELECT count(*) FROM kernel.files WHERE digest = decode(:name, 'hex')")
    for back, left in ((timedelta(days=29), 1), (LONG, 0)):
        with owner.begin() as connection:
            moved = text("UPDATE kernel.files SET touched_at = now() - :back WHERE digest = decode(:name, 'hex')")
            connection.execute(moved, {"back": back, "name": path.name})
        with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
            prune(work)
        with owner.connect() as connection:
            assert connection.execute(known, {"name": path.name}).scalar_one() == left
    with owner.connect() as connection:
        orphaned = "SELECT count(*) FROM kernel.file_keys k WHERE NOT EXISTS (SELECT FROM kernel.files WHERE id = k.of)"
        assert connection.execute(text(orphaned)).scalar_one() == 0
    assert (swept(own_workplace, Face.REGISTRY), path.exists()) == (1, False)
    assert read(own_workplace, Face.REGISTRY, PHOTOS, other) == JPEG


def test_a_file_that_somebody_else_refers_to_stays(own_workplace, owner):
    first, second = film(own_workplace), film(own_workplace)
    with owner.begin() as connection:
        connection.execute(text("ALTER TABLE kernel.file_references DISABLE TRIGGER for_ever"))
        connection.execute(text("DELETE FROM kernel.file_references WHERE of = :of"), {"of": first})
        connection.execute(text("UPDATE kernel.files SET touched_at = now() - :back"), {"back": LONG})
        connection.execute(text("ALTER TABLE kernel.file_references ENABLE TRIGGER for_ever"))
    with own_workplace.transaction(platform("test"), Face.LEARNING) as work:
        prune(work)
    assert read(own_workplace, Face.LEARNING, FILMS, second, "film.mp4") == FILM


def test_what_a_crash_left_is_swept_a_day_later_and_not_before(own_workplace):
    path = stored(own_workplace, PHOTOS, kept(own_workplace))
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        put(work, PHOTOS, of := new_id(), JPEG)
        left = files.find(work, PHOTOS, of)
        draft = files.receive(work.stores, PHOTOS, BytesIO(JPEG), "image/jpeg").draft
        work.undo()  # as a crash between store and database would
    assert left
    orphaned = folder(own_workplace, PHOTOS) / left.digest.hex()[:2] / left.digest.hex()
    swept(own_workplace, Face.REGISTRY)
    assert (orphaned.exists(), draft.exists()) == (True, True)
    for each in (path, orphaned, draft):
        age(each)
    swept(own_workplace, Face.REGISTRY)
    assert (path.exists(), orphaned.exists(), draft.exists()) == (True, False, False)


def test_each_part_of_a_store_is_looked_at_once_a_day(own_workplace):
    looked_at = []
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        for hour in range(24):
            looked_at += [each for each in BEGINNINGS if int(each, 16) % 24 == (work.now + timedelta(hours=hour)).hour]
    assert sorted(looked_at) == sorted(BEGINNINGS)


def test_a_store_of_which_the_database_knows_nothing_is_left_alone(copies):
    """A wrong address, or a database that was set up anew: what lies there is another installation's."""
    with copies.migrated() as made:
        place = made.workplace(wiring(made.settings))
        path = folder(place, LISTS) / "ab" / ("ab" * 32)
        path.parent.mkdir(parents=True)
        path.write_bytes(b"another installation's")
        age(path)
        assert (swept(place, Face.REGISTRY), path.exists()) == (0, True)
        kept(place, LISTS, b"list", media_type="text/plain")
        assert (swept(place, Face.REGISTRY), path.exists()) == (1, False)
        place.engines.dispose()


def test_nobody_but_the_platform_sweeps(own_workplace):
    with pytest.raises(Forbidden), own_workplace.transaction(ANYONE, Face.REGISTRY) as work:
        sweep(work)


def orphan(place: Workplace, content: bytes) -> Path:
    """A film that nobody knows, as a deed left it that was undone the day before yesterday."""
    with place.transaction(platform("test"), Face.LEARNING) as work:
        put(work, FILMS, of := new_id(), content, "video/mp4", "film.mp4")
        found = files.find(work, FILMS, of, "film.mp4")
        work.undo()
    assert found
    return age(folder(place, FILMS) / found.digest.hex()[:2] / found.digest.hex())


def test_an_orphan_that_is_taken_up_while_it_is_swept_is_not_lost(own_workplace):
    """The keeper is between its look at the store and its commit: whoever sweeps leaves the file alone."""
    film(own_workplace)
    content = FILM + b"taken while swept"
    path, of = orphan(own_workplace, content), new_id()
    with own_workplace.transaction(platform("test"), Face.LEARNING) as work:
        put(work, FILMS, of, content, "video/mp4", "film.mp4")
        age(path)
        assert swept(own_workplace, Face.LEARNING) == 0
    assert read(own_workplace, Face.LEARNING, FILMS, of, "film.mp4") == content


def test_an_orphan_that_is_swept_while_somebody_waits_to_take_it_up_is_put_there_again(own_workplace):
    film(own_workplace)
    content = FILM + b"swept while taken"
    path, of = orphan(own_workplace, content), new_id()

    def take() -> None:
        with own_workplace.transaction(platform("test"), Face.LEARNING) as work:
            put(work, FILMS, of, content, "video/mp4", "film.mp4")

    taking = Thread(target=take)
    with own_workplace.transaction(platform("test"), Face.LEARNING) as work:
        assert sweep(work, BEGINNINGS) == 1  # the lock is held until this ends
        assert not path.exists()
        taking.start()
        until(lambda: somebody_waits(own_workplace, Face.LEARNING), "nobody waits for the file")
    taking.join(LIMIT_SECONDS)
    assert read(own_workplace, Face.LEARNING, FILMS, of, "film.mp4") == content


def test_a_row_that_is_pruned_while_somebody_waits_to_take_the_file_up_is_written_again(own_workplace, owner):
    content = FILM + b"pruned while taken"
    first = film(own_workplace, content)
    with owner.begin() as connection:
        connection.execute(text("ALTER TABLE kernel.file_references DISABLE TRIGGER for_ever"))
        connection.execute(text("DELETE FROM kernel.file_references WHERE of = :of"), {"of": first})
        connection.execute(text("UPDATE kernel.files SET touched_at = now() - :back"), {"back": LONG})
        connection.execute(text("ALTER TABLE kernel.file_references ENABLE TRIGGER for_ever"))
    again = new_id()

    def take() -> None:
        with own_workplace.transaction(platform("test"), Face.LEARNING) as work:
            put(work, FILMS, again, content, "video/mp4", "film.mp4")

    taking = Thread(target=take)
    with own_workplace.transaction(platform("test"), Face.LEARNING) as work:
        prune(work)
        taking.start()
        until(lambda: somebody_waits(own_workplace, Face.LEARNING), "nobody waits for the file")
    taking.join(LIMIT_SECONDS)
    assert read(own_workplace, Face.LEARNING, FILMS, again, "film.mp4") == content
