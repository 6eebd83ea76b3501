"""Photos of people and of documents: drawn anew from their pixels, so that nothing hidden in the file survives."""

import io
import struct
import zlib
from dataclasses import dataclass, field
from typing import Final

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from kernel.hands import require_free
from people.accounts.errors import NotAPicture, PictureHasTooManyPixels, PictureTooLarge

PHOTO_SIZE: Final = (358, 441)  # pixels: the 26 x 32 mm identity photo at 350 dpi
DOCUMENT_AT_MOST: Final = (2000, 2000)  # pixels: a page of A4 at 170 dpi
PICTURE_AT_MOST_BYTES: Final = 8 * 1024 * 1024
PICTURE_AT_MOST_PIXELS: Final = 40_000_000
# Pillow answers a damaged file with whatever its reader stumbled over.
_DAMAGE: Final = (
    *(UnidentifiedImageError, OSError, EOFError, SyntaxError, struct.error, zlib.error),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, NotImplementedError),
)
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class IdentityPhoto:
    """A photo as it is kept."""

    jpeg: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DocumentPicture:
    """The picture of a document as it is kept."""

    jpeg: bytes = field(repr=False)


def identity_photo(upload: bytes) -> IdentityPhoto:
    """An uploaded picture as an identity photo. Raises PictureTooLarge, PictureHasTooManyPixels, NotAPicture."""
    portrait = ImageOps.fit(_pixels(upload), PHOTO_SIZE, centering=(0.5, 0.35))
    out = io.BytesIO()
    portrait.save(out, "JPEG", quality=88)
    return IdentityPhoto(out.getvalue())


def document_picture(upload: bytes) -> DocumentPicture:
    """An uploaded picture of a document, whole and small enough to be sent. Raises as `identity_photo`."""
    pixels = _pixels(upload)
    pixels.thumbnail(DOCUMENT_AT_MOST)
    out = io.BytesIO()
    pixels.save(out, "JPEG", quality=85)
    return DocumentPicture(out.getvalue())


def _pixels(upload: bytes) -> Image.Image:
    require_free("A picture was to be drawn anew")
    if len(upload) > PICTURE_AT_MOST_BYTES:
        raise PictureTooLarge(megabytes=PICTURE_AT_MOST_BYTES // 1024 // 1024)
    try:
        return _upright(_opened(upload)).convert("RGB")
    except _DAMAGE:
        raise NotAPicture from None


def _opened(upload: bytes) -> Image.Image:
    """The picture, none of its pixels read yet."""
    too_many = PictureHasTooManyPixels(millions=PICTURE_AT_MOST_PIXELS // 1_000_000)
    try:
        picture = Image.open(io.BytesIO(upload), formats=("JPEG", "PNG"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_many from None
    if picture.width * picture.height > PICTURE_AT_MOST_PIXELS:
        raise too_many
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """The picture turned as the camera was held; as it lies in the file where the camera's notes are damaged."""
    try:
        turn = _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except _DAMAGE:
        return picture
    return picture if turn is None else picture.transpose(turn)
