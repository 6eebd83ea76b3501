"""Pictures that people upload: whatever they are, the answer is a photo or a sentence."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from people.accounts.errors import NotAPicture, PictureHasTooManyPixels, PictureTooLarge
from people.accounts.formats import PHOTO_SIZE, identity_photo
from tests.cast.bad_files import declared_png

# Pillow warns of damage that it reads over; here the tests would call that a failure.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

ORIENTATION, EXIF_OFFSET = 0x0112, 0x8769


def a_picture(kind="JPEG", *, turned=1):
    """Red above, blue below, with the camera's notes."""
    picture = Image.new("RGB", (60, 80), "blue")
    picture.paste("red", (0, 0, 60, 40))
    notes = Image.Exif()
    notes[ORIENTATION] = turned
    notes.get_ifd(EXIF_OFFSET)[0x9286] = b"comment"
    out = io.BytesIO()
    picture.save(out, kind, exif=notes)
    return out.getvalue()


def opened(jpeg):
    return Image.open(io.BytesIO(jpeg))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_comes_out_in_the_size_of_an_identity_photo(kind):
    photo = opened(identity_photo(a_picture(kind)).jpeg)
    assert (photo.format, photo.size) == ("JPEG", PHOTO_SIZE)
    assert not photo.getexif()


def test_a_photo_is_turned_as_the_camera_was_held():
    red, _, blue = opened(identity_photo(a_picture(turned=3)).jpeg).getpixel((170, 30))
    assert blue > red, "what lay below stands above"


@pytest.mark.parametrize("side", [20_000, 10_000, 8_000])
def test_a_small_file_of_very_many_pixels_is_told_that_they_are_too_many(side):
    with pytest.raises(PictureHasTooManyPixels, match="pixels"):
        identity_photo(declared_png(side, side))


def test_a_large_file_is_told_that_it_is_too_large():
    with pytest.raises(PictureTooLarge):
        identity_photo(b"x" * (8 * 1024 * 1024 + 1))


@pytest.mark.parametrize("upload", [b"", b"GIF89a", a_picture()[:300], a_picture("PNG")[:60]])
def test_what_is_no_picture_is_called_so(upload):
    with pytest.raises(NotAPicture):
        identity_photo(upload)


# Each made Pillow stumble in another way when it wrote the notes anew: struct.error, TypeError, AttributeError.
@pytest.mark.parametrize(
    "notes",
    [
        [(0x0111, 1, 0, b"\xdd\xa7H\xa6"), (0x0111, 7, 2, b"\xdf\x0es7")],
        [(0x011A, 2, 2, b"\xee\x95\x0e\xcc"), (0x8825, 1, 2, b"&=\t\x12")],
        [(0x0132, 11, 0, b"Zc%\x02"), (0x0132, 11, 1, b"\x10\x7f\xae\x9a")],
    ],
)
def test_damaged_notes_of_the_camera_cost_nobody_the_photo(notes):
    notes = [(ORIENTATION, 3, 1, struct.pack("<HH", 3, 0)), *notes]
    entries = b"".join(struct.pack("<HHI", *each[:3]) + each[3] for each in notes)
    out = io.BytesIO()
    head = b"Exif\0\0II*\0" + struct.pack("<IH", 8, len(notes))
    Image.new("RGB", (60, 80), "red").save(out, "JPEG", exif=head + entries + b"\0\0\0\0")
    assert opened(identity_photo(out.getvalue()).jpeg).size == PHOTO_SIZE


@given(
    kind=st.sampled_from(["JPEG", "PNG"]),
    changes=st.lists(st.tuples(st.integers(2, 400), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_no_damaged_picture_makes_the_platform_stumble(kind, changes):
    upload = bytearray(a_picture(kind))
    for place, value in changes:
        upload[place % len(upload)] = value
    try:
        photo = identity_photo(bytes(upload)).jpeg
    except (NotAPicture, PictureHasTooManyPixels):
        return
    assert opened(photo).size == PHOTO_SIZE
