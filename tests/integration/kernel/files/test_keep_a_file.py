"""A file is kept with its deed and opened by who may; what a purpose does not take leaves nothing behind."""

from io import BytesIO

import pytest

from kernel import files
from kernel.actor import ANYONE, platform
from kernel.errors import NotFound
from kernel.faces import Face
from kernel.ids import new_id
from kernel.store import (
    FILMS,
    LISTS,
    PHOTOS,
)
from kernel.store.purposes import MEGABYTE
from tests.cast.kept_files import FILM, JPEG, film, folder, kept, put, read, stored


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
