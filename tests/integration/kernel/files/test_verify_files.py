"""Files outlive the key of their purpose, and verification finds each that is missing, altered or shut."""

from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from host.commands.files import verified_all
from host.commands.keys import resealed, rotated
from kernel.actor import ANYONE
from kernel.faces import Face
from kernel.files.verifying import Fault
from kernel.store import (
    CERTIFICATE_PHOTOS,
    LISTS,
    PHOTOS,
)
from kernel.work import Workplace
from tests.cast.kept_files import JPEG, kept, machine_of, read, stored


def test_files_stay_where_they_lie_when_the_key_of_their_purpose_changes(own_workplace):
    of = kept(own_workplace)
    before = stored(own_workplace, PHOTOS, of).read_bytes()
    rotated(own_workplace, PHOTOS.keys)  # type: ignore[arg-type]
    assert read(own_workplace, Face.EXAMINATION, PHOTOS, of) == JPEG
    progress = resealed(machine_of(own_workplace), PHOTOS.keys)  # type: ignore[arg-type]
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
