"""A face sees, keeps and opens the files of its purposes and no other, and what is altered or lost is told."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kernel import files
from kernel.actor import ANYONE
from kernel.faces import Face
from kernel.keys import KeyNotHeld, SealBroken
from kernel.store import (
    CERTIFICATE_PHOTOS,
    FILE_PURPOSES,
    FILMS,
    PHOTOS,
    FileIsGone,
    StoreNotHeld,
)
from tests.cast.kept_files import FILM, JPEG, film, kept, read, stored

FIRST = {"image/jpeg": JPEG, "text/plain": b"list", "application/pdf": b"%PDF-1.7"}


@pytest.mark.parametrize("purpose", FILE_PURPOSES.values(), ids=lambda each: each.name)
@pytest.mark.parametrize("face", Face)
def test_a_face_sees_the_files_of_its_purposes_and_the_database_shows_it_no_other(own_workplace, face, purpose):
    media_type, content = next((kind, first) for kind, first in FIRST.items() if kind in purpose.media_types)
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
