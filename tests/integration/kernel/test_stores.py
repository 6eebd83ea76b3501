"""A folder and a store that speaks S3 keep the same promises."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from kernel.faces import Face
from kernel.ids import new_id
from kernel.settings import S3Settings, Settings
from kernel.store import (
    CERTIFICATE_PHOTOS,
    FILE_PURPOSES,
    FILMS,
    PHOTOS,
    FileIsGone,
    Store,
    StoreIsAway,
    StoreNotHeld,
    Stores,
    StoreUnusable,
)
from kernel.store.folder import FolderStore
from kernel.store.s3 import PARTS, BucketStore
from tests.cast.weed import Weed, weed

NAME = "ab" + "0" * 62
OTHER = "ab" + "1" * 62
ELSEWHERE = "cd" + "0" * 62


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    with weed(tmp_path_factory.mktemp("weed")) as found:
        yield found


@pytest.fixture(params=["folder", "s3"])
def store(request, tmp_path) -> Store:
    if request.param == "folder":
        return FolderStore("photos", tmp_path / "photos")
    s3: Weed = request.getfixturevalue("s3")
    return BucketStore("photos", "begun", f"one/{new_id().hex}", s3.settings, tmp_path)


def put(store: Store, name: str, content: bytes) -> None:
    draft = store.draft()
    draft.write_bytes(content)
    store.put(name, draft)
    assert not draft.exists()


def read(store: Store, name: str, start: int, stop: int) -> bytes:
    return b"".join(store.read(name, start, stop))


def test_what_was_put_is_read_whole_and_in_ranges(store):
    put(store, NAME, b"0123456789")
    assert read(store, NAME, 0, 10) == b"0123456789"
    assert read(store, NAME, 3, 7) == b"3456"
    assert read(store, NAME, 9, 10) == b"9"
    assert read(store, NAME, 4, 4) == b""


def test_a_large_file_comes_back_as_it_went(store):
    content = os.urandom(2 * PARTS + 12_345)
    put(store, NAME, content)
    found = store.find(NAME)
    assert found
    assert found.size == len(content)
    assert read(store, NAME, 0, len(content)) == content
    assert read(store, NAME, PARTS - 5, PARTS + 5) == content[PARTS - 5 : PARTS + 5]


def test_nothing_is_found_where_nothing_was_put(store):
    assert store.find(NAME) is None
    with pytest.raises(FileIsGone):
        store.read(NAME, 0, 10)
    assert list(store.all("ab")) == []
    store.remove(NAME)


def test_putting_again_takes_the_place_of_what_was_there(store):
    put(store, NAME, b"damaged")
    put(store, NAME, b"whole")
    assert read(store, NAME, 0, 5) == b"whole"
    assert [each.size for each in store.all("ab")] == [5]


def test_files_are_listed_by_how_their_names_begin(store):
    for name in (NAME, OTHER, ELSEWHERE):
        put(store, name, b"x")
    assert {each.name for each in store.all("ab")} == {NAME, OTHER}
    assert {each.name for each in store.all("cd")} == {ELSEWHERE}
    assert list(store.all("ef")) == []


def test_what_was_removed_is_gone(store):
    put(store, NAME, b"x")
    store.remove(NAME)
    assert store.find(NAME) is None


def test_a_draft_that_was_never_put_is_listed_and_is_no_file(store):
    draft = store.draft()
    draft.write_bytes(b"half")
    assert [path for path, _ in store.drafts()] == [draft]
    assert store.find(draft.name) is None


def test_a_folder_is_its_owners_alone(tmp_path):
    store = FolderStore("photos", tmp_path / "files" / "photos")
    put(store, NAME, b"x")
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "files" / "photos").glob("**/") if path.is_dir()} == {0}


def test_a_store_that_is_away_says_so_and_one_that_refuses_us_too(s3, tmp_path):
    nobody = S3Settings(endpoint="http://127.0.0.1:9", access_key_id="a", secret_access_key=SecretStr("b"))
    with pytest.raises(StoreIsAway):
        BucketStore("photos", "photos", "", nobody, tmp_path).find(NAME)
    stranger = s3.settings.model_copy(update={"access_key_id": "stranger"})
    with pytest.raises(StoreUnusable, match="refuses the access key"):
        BucketStore("photos", "photos", "", stranger, tmp_path).find(NAME)


def test_a_bucket_that_was_never_made_is_told(s3, tmp_path):
    with pytest.raises(StoreUnusable, match="there is no such bucket"):
        list(BucketStore("photos", "never-made", "", s3.settings, tmp_path).all("ab"))


def test_no_secret_is_in_what_settings_say_of_themselves(s3):
    assert "only-for-tests" not in repr(Settings(files_s3=s3.settings))


@pytest.mark.parametrize("address", ["s3://bucket", "ftp://somewhere"])
def test_an_address_that_cannot_be_used_is_told_when_it_is_used(tmp_path, address):
    with pytest.raises(StoreUnusable, match=address):
        Stores(Settings(var=tmp_path, files=address)).of(PHOTOS)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "files").write_text("a file, no folder")
    with pytest.raises(StoreUnusable, match="cannot be used"):
        Stores(Settings(var=tmp_path)).of(PHOTOS).draft()


def test_a_purpose_may_have_a_place_of_its_own(tmp_path, s3):
    own = Settings(var=tmp_path, files_of={"films": str(tmp_path / "cinema")}, files="s3://all/x", files_s3=s3.settings)
    films, photos = Stores(own).of(FILMS), Stores(own).of(PHOTOS)
    put(films, NAME, b"film")
    put(photos, NAME, b"photo")
    assert (tmp_path / "cinema" / "ab" / NAME).read_bytes() == b"film"
    assert read(BucketStore("photos", "all", "x/photos", s3.settings, tmp_path), NAME, 0, 5) == b"photo"


@pytest.mark.parametrize("face", Face)
def test_a_face_reaches_the_stores_of_its_own_purposes_and_no_other(tmp_path, face):
    stores = Stores(Settings(var=tmp_path)).as_face(face)
    for purpose in FILE_PURPOSES.values():
        if face in purpose.holders:
            assert stores.of(purpose)
        else:
            with pytest.raises(StoreNotHeld):
                stores.of(purpose)


def test_teaching_reaches_no_photo_and_its_host_needs_no_folder_of_one():
    assert Face.LEARNING not in PHOTOS.holders | CERTIFICATE_PHOTOS.holders


def test_a_disk_shared_by_two_processes_shows_one_what_the_other_put(tmp_path):
    put(FolderStore("photos", Path(tmp_path)), NAME, b"x")
    assert FolderStore("photos", Path(tmp_path)).find(NAME)
