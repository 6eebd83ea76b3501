"""Files are kept with their deed, opened by who may, swept when nobody knows them, and verified; none is lost."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from host.commands.files import verified_all
from host.commands.keys import resealed, rotated
from host.machine import Machine
from host.wiring import wiring
from kernel import files
from kernel.actor import ANYONE, platform
from kernel.errors import Forbidden, NotFound
from kernel.faces import Face
from kernel.files.sweeping import BEGINNINGS, LEFT_ALONE, sweep
from kernel.files.verifying import Fault
from kernel.ids import new_id
from kernel.keys import KeyNotHeld, SealBroken
from kernel.pruning import prune
from kernel.store import (
    CERTIFICATE_PHOTOS,
    FILE_PURPOSES,
    FILMS,
    LISTS,
    PHOTOS,
    FileIsGone,
    FilePurpose,
    StoreNotHeld,
)
from kernel.store.purposes import MEGABYTE
from kernel.work import Work, Workplace
from tests.cast.locks import somebody_waits
from tests.cast.waiting import LIMIT_SECONDS, until

JPEG = b"\xff\xd8\xff a face"
FILM = b"\x00\x00\x00\x20ftypisom" + bytes(range(256)) * 1_000
LONG = timedelta(days=31)


@pytest.fixture
def owner(own_workplace: Workplace) -> Iterator[Engine]:
    engine = create_engine(_machine(own_workplace).owner_url())
    yield engine
    engine.dispose()


def _machine(place: Workplace) -> Machine:
    return Machine(place.settings, database=str(place.engines.url(Face.REGISTRY).database))


def put(  # noqa: PLR0917
    work: Work, purpose: FilePurpose, of: UUID, content: bytes, media_type: str = "image/jpeg", name: str = ""
) -> UUID:
    return files.keep(work, files.receive(work.stores, purpose, BytesIO(content), media_type), of, name)


def kept(place: Workplace, purpose: FilePurpose = PHOTOS, content: bytes = JPEG, **more: Any) -> UUID:
    """Whose file it is; kept and committed."""
    of = new_id()
    with place.transaction(platform("test"), purpose.steward) as work:
        put(work, purpose, of, content, **more)
    return of


def film(place: Workplace, content: bytes = FILM) -> UUID:
    return kept(place, FILMS, content, media_type="video/mp4", name="film.mp4")


def read(place: Workplace, face: Face, purpose: FilePurpose, of: UUID, name: str = "") -> bytes:
    with place.reading(ANYONE, face) as reading:
        return files.content(reading, purpose, of, name)


def folder(place: Workplace, purpose: FilePurpose) -> Path:
    return Path(place.settings.files_address) / purpose.name


def stored(place: Workplace, purpose: FilePurpose, of: UUID, name: str = "") -> Path:
    with place.reading(ANYONE, purpose.steward) as reading:
        found = files.find(reading, purpose, of, name)
    assert found
    return folder(place, purpose) / found.digest.hex()[:2] / found.digest.hex()


def age(path: Path, by: timedelta = LEFT_ALONE + timedelta(minutes=1)) -> Path:
    moment = path.stat().st_mtime - by.total_seconds()
    os.utime(path, (moment, moment))
    return path


def swept(place: Workplace, face: Face) -> int:
    with place.transaction(platform("test"), face) as work:
        return sweep(work, BEGINNINGS)


# Keeping and opening


def test_a_file_opens_for_those_of_its_purpose_and_lies_sealed(own_workplace):
    of = kept(own_workplace)
    assert read(own_workplace, Face.REGISTRY, PHOTOS, of) == JPEG
    assert read(own_workplace, Face.EXAMINATION, PHOTOS, of) == JPEG
    assert JPEG[4:] not in stored(own_workplace, PHOTOS, of).read_bytes()


def test_a_film_lies_as_it_is_under_its_digest(own_workplace):
    of = film(own_workplace)
    assert stored(own_workplace, FILMS, of, "film.mp4").read_bytes() == FILM


@pytest.mark.parametrize("purpose", [PHOTOS, LISTS, FILMS], ids=lambda each: each.name)
def test_a_range_is_read_without_the_rest(own_workplace, purpose):
    media_type, head = {
        "photos": ("image/jpeg", JPEG),
        "lists": ("text/plain", b"a list"),
        "films": ("video/mp4", FILM[:20]),
    }[purpose.name]
    content = head + bytes(range(1, 250)) * 1_000 if purpose is not LISTS else head + b"row\n" * 50_000
    of = kept(own_workplace, purpose, content, media_type=media_type)
    with own_workplace.reading(ANYONE, purpose.steward) as reading:
        found = files.find(reading, purpose, of)
        assert found
        opened = files.opened(reading, found)
    assert (opened.size, opened.media_type) == (len(content), media_type)
    for start, stop in ((0, 1), (65_535, 65_537), (100_000, None), (len(content) - 1, None), (5, 5), (0, 10**9)):
        assert b"".join(opened.read(start, stop)) == content[start:stop]


def test_of_whom_nothing_is_kept_nothing_is_found(own_workplace):
    with own_workplace.reading(ANYONE, Face.REGISTRY) as reading:
        assert files.find(reading, PHOTOS, new_id()) is None
        assert not files.is_there(reading, PHOTOS, new_id())
        with pytest.raises(NotFound):
            files.content(reading, PHOTOS, new_id())


def test_what_is_undone_is_not_kept(own_workplace):
    of = new_id()
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        put(work, PHOTOS, of, JPEG)
        work.undo()
    with own_workplace.reading(ANYONE, Face.REGISTRY) as reading:
        assert not files.is_there(reading, PHOTOS, of)


def test_another_photo_takes_the_place_of_the_first(own_workplace):
    of = kept(own_workplace)
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        put(work, PHOTOS, of, JPEG + b" older")
    assert read(own_workplace, Face.REGISTRY, PHOTOS, of) == JPEG + b" older"


def test_the_same_film_in_two_lessons_lies_there_once_and_the_same_photo_of_two_people_twice(own_workplace):
    assert stored(own_workplace, FILMS, film(own_workplace), "film.mp4") == stored(
        own_workplace, FILMS, film(own_workplace), "film.mp4"
    )
    assert stored(own_workplace, PHOTOS, kept(own_workplace)) != stored(own_workplace, PHOTOS, kept(own_workplace))
    assert not any((folder(own_workplace, FILMS) / "drafts").iterdir())


@pytest.mark.parametrize(
    ("content", "media_type", "refusal"),
    [
        (b"<script>", "image/jpeg", files.NotThisKindOfFile),
        (JPEG, "image/png", files.NotThisKindOfFile),
        (b"GIF89a", "image/gif", files.NotThisKindOfFile),
        (b"", "image/jpeg", files.NotThisKindOfFile),
        (JPEG + bytes(MEGABYTE - len(JPEG) + 1), "image/jpeg", files.FileTooLarge),
    ],
)
def test_what_a_purpose_does_not_take_leaves_nothing_behind(own_workplace, content, media_type, refusal):
    with pytest.raises(refusal):
        files.receive(own_workplace.stores(Face.REGISTRY), PHOTOS, BytesIO(content), media_type)
    drafts = folder(own_workplace, PHOTOS) / "drafts"
    assert not drafts.exists() or not any(drafts.iterdir())


def test_the_largest_that_is_taken_is_taken(own_workplace):
    content = JPEG + bytes(MEGABYTE - len(JPEG))
    assert read(own_workplace, Face.REGISTRY, PHOTOS, kept(own_workplace, content=content)) == content


# Who may


@pytest.mark.parametrize("purpose", FILE_PURPOSES.values(), ids=lambda each: each.name)
@pytest.mark.parametrize("face", Face)
def test_a_face_sees_the_files_of_its_purposes_and_the_database_shows_it_no_other(own_workplace, face, purpose):
    media_type, content = next(
        (kind, first) for kind, first in (("image/jpeg", JPEG), ("text/plain", b"list")) if kind in purpose.media_types
    )
    of = kept(own_workplace, purpose, content, media_type=media_type)
    asked = text(
        "SELECT count(*) FROM kernel.file_references r JOIN kernel.files f ON f.id = r.file_id WHERE r.of = :of"
    )
    with own_workplace.engines.of(face).connect() as connection:
        try:
            seen = connection.execute(asked, {"of": of}).scalar_one()
        except DBAPIError:
            seen = 0
    may_read = face in purpose.holders - {Face.PUBLIC}  # whose way is a function that takes a code
    assert bool(seen) == may_read
    if may_read:
        assert read(own_workplace, face, purpose, of) == content


def test_teaching_that_got_hold_of_a_photos_row_opens_neither_store_nor_key(own_workplace):
    of = kept(own_workplace)
    with own_workplace.reading(ANYONE, Face.REGISTRY) as reading:
        found = files.find(reading, PHOTOS, of)
    assert found
    with own_workplace.reading(ANYONE, Face.LEARNING) as reading:
        with pytest.raises(StoreNotHeld):
            files.opened(reading, found)
        with pytest.raises(KeyNotHeld):
            reading.keys.sealing(PHOTOS.keys)


WRITE = (
    "INSERT INTO kernel.files (id, purpose, role, digest, size, stored, media_type, kept_at) "
    "VALUES (gen_random_uuid(), :purpose, :role, sha256(gen_random_uuid()::text::bytea), 0, 0, 'x', now())"
)


@pytest.mark.parametrize("purpose", FILE_PURPOSES.values(), ids=lambda each: each.name)
@pytest.mark.parametrize("face", Face)
def test_only_the_steward_writes_down_files_of_a_purpose(own_workplace, face, purpose):
    values = {"purpose": purpose.name, "role": face.role}
    with own_workplace.engines.of(face).connect() as connection:
        if face is purpose.steward:
            connection.execute(text(WRITE), values)
            connection.rollback()
            return
        with pytest.raises(DBAPIError):
            connection.execute(text(WRITE), values)
        connection.rollback()
        with pytest.raises(DBAPIError):
            connection.execute(text(WRITE), values | {"role": purpose.steward.role})


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM kernel.files",
        "DELETE FROM kernel.file_keys",
        "UPDATE kernel.files SET digest = digest",
        "UPDATE kernel.file_references SET file_id = file_id",
        "UPDATE kernel.file_keys SET sealed = sealed",
    ],
)
def test_no_face_alters_or_removes_what_is_known_of_a_file(own_workplace, face, statement):
    kept(own_workplace)
    with own_workplace.engines.of(face).connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text(statement))


@pytest.mark.parametrize("purpose", [CERTIFICATE_PHOTOS, FILMS], ids=lambda each: each.name)
def test_who_refers_to_a_file_that_is_history_refers_to_it_for_ever(own_workplace, owner, purpose):
    of = kept(own_workplace, purpose)
    gone = text("DELETE FROM kernel.file_references WHERE of = :of")
    for engine in (owner, own_workplace.engines.of(purpose.steward)):
        with engine.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(gone, {"of": of})


# Altered, lost, moved


def test_a_photo_that_was_altered_in_its_store_does_not_open(own_workplace):
    of = kept(own_workplace)
    path = stored(own_workplace, PHOTOS, of)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(SealBroken):
        read(own_workplace, Face.REGISTRY, PHOTOS, of)


def test_a_photo_that_is_missing_in_its_store_is_told_by_name(own_workplace):
    of = kept(own_workplace)
    path = stored(own_workplace, PHOTOS, of)
    path.unlink()
    with pytest.raises(FileIsGone, match=path.name):
        read(own_workplace, Face.REGISTRY, PHOTOS, of)


def test_a_film_that_was_lost_lies_there_again_once_somebody_keeps_it_again(own_workplace):
    first = film(own_workplace)
    stored(own_workplace, FILMS, first, "film.mp4").unlink()
    film(own_workplace)
    assert read(own_workplace, Face.LEARNING, FILMS, first, "film.mp4") == FILM


def test_what_is_said_of_a_file_in_the_database_cannot_make_another_of_it(own_workplace, owner):
    """Whoever owns the database and no key shows somebody else's photo only as what it is, and never a part of one."""
    of = kept(own_workplace, content=JPEG + bytes(100_000))
    for change in ("size = size - 1", "size = 10", "format = NULL", "format = 9"):
        with owner.begin() as connection:
            of_it = "WHERE id = (SELECT file_id FROM kernel.file_references WHERE of = :of)"
            before = connection.execute(text(f"SELECT size, format FROM kernel.files {of_it}"), {"of": of}).one()
            connection.execute(text(f"UPDATE kernel.files SET {change} {of_it}"), {"of": of})
        with pytest.raises(Exception, match=r"(Sealed content|format 9)"):
            read(own_workplace, Face.REGISTRY, PHOTOS, of)
        with owner.begin() as connection:
            again = {"of": of, "size": before.size, "format": before.format}
            connection.execute(text(f"UPDATE kernel.files SET size = :size, format = :format {of_it}"), again)
    assert len(read(own_workplace, Face.REGISTRY, PHOTOS, of)) == before.size


# Letting go, pruning, sweeping


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


# Keys that change, and verification


def test_files_stay_where_they_lie_when_the_key_of_their_purpose_changes(own_workplace):
    of = kept(own_workplace)
    before = stored(own_workplace, PHOTOS, of).read_bytes()
    rotated(own_workplace, PHOTOS.keys)  # type: ignore[arg-type]
    assert read(own_workplace, Face.EXAMINATION, PHOTOS, of) == JPEG
    progress = resealed(_machine(own_workplace), PHOTOS.keys)  # type: ignore[arg-type]
    assert progress.done >= 1
    assert progress.broken == []
    assert read(own_workplace, Face.EXAMINATION, PHOTOS, of) == JPEG
    assert stored(own_workplace, PHOTOS, of).read_bytes() == before
    with own_workplace.reading(ANYONE, Face.REGISTRY) as reading:
        current = reading.keys.sealing(PHOTOS.keys).state.current
        named = reading.session.scalars(text("SELECT DISTINCT key_id FROM kernel.file_keys WHERE what = 'photos'"))
        assert named.all() == [current]


def test_the_last_key_of_a_file_goes_only_with_the_file(own_workplace, owner):
    kept(own_workplace)
    with owner.connect() as connection, pytest.raises(DBAPIError, match="last key"):
        connection.execute(text("DELETE FROM kernel.file_keys"))


def test_verification_finds_what_is_missing_altered_or_does_not_open(own_workplace, owner):
    gone, altered, shut, whole = (kept(own_workplace, CERTIFICATE_PHOTOS) for _ in range(4))
    names = {each: stored(own_workplace, CERTIFICATE_PHOTOS, each).name for each in (gone, altered, shut, whole)}
    total, faulty = verified_all(own_workplace, CERTIFICATE_PHOTOS)
    assert total >= 4
    assert faulty == []
    stored(own_workplace, CERTIFICATE_PHOTOS, gone).unlink()
    stored(own_workplace, CERTIFICATE_PHOTOS, altered).write_bytes(b"another face")
    with owner.begin() as connection:
        of_it = "of = (SELECT file_id FROM kernel.file_references WHERE of = :of)"
        connection.execute(text("ALTER TABLE kernel.file_keys DISABLE TRIGGER history"))
        other = f"UPDATE kernel.file_keys SET sealed = sealed || 'x', digest = sha256(sealed || 'x') WHERE {of_it}"
        connection.execute(text(other), {"of": shut})
        connection.execute(text("ALTER TABLE kernel.file_keys ENABLE TRIGGER history"))
    found = {each.file.digest.hex(): each.fault for each in verified_all(own_workplace, CERTIFICATE_PHOTOS)[1]}
    assert found == {names[gone]: Fault.GONE, names[altered]: Fault.ALTERED, names[shut]: Fault.SHUT}


def test_a_host_without_the_keys_still_tells_whether_files_are_whole(own_workplace, tmp_path):
    of = kept(own_workplace, LISTS, b"list", media_type="text/plain")
    path = stored(own_workplace, LISTS, of)
    bare = own_workplace.settings.model_copy(update={"var": tmp_path})
    database = str(own_workplace.engines.url(Face.REGISTRY).database)
    elsewhere = Workplace(settings=bare, engines=own_workplace.engines, wiring=own_workplace.wiring)
    assert database
    assert [each.file for each in verified_all(elsewhere, LISTS)[1]] == []
    path.write_bytes(b"altered")
    assert [each.fault for each in verified_all(elsewhere, LISTS)[1]] == [Fault.ALTERED]
    with suppress(FileNotFoundError):
        path.unlink()
