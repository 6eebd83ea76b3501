"""Identity photos. An upload is drawn anew from its pixels, so that nothing hidden in the file survives."""

import hashlib
import io
import struct
import zlib
from typing import Final
from uuid import UUID

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from kernel import files
from kernel.store import PHOTOS
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts import queries
from people.accounts.errors import NotAPicture, PictureHasTooManyPixels, PictureTooLarge

PHOTO_SIZE: Final = (358, 441)  # pixels: the 26 x 32 mm identity photo at 350 dpi
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


@action(needs=Permission.KEEP_PHOTOS)
def keep_photo(work: Work, *, person_id: UUID, upload: bytes) -> None:
    """Keep a person's photo, whoever it is. Raises PictureTooLarge, PictureHasTooManyPixels, NotAPicture."""
    put_photo(work, person_id, upload)


def put_photo(work: Work, person_id: UUID, upload: bytes) -> None:
    """Keep a photo and note what was there before. Part of deeds, not one itself; raises as `keep_photo`."""
    queries.hold_person(work, person_id)
    before, jpeg = queries.photo(work, person_id), reencoded(upload)
    files.keep(work, files.receive(work.stores, PHOTOS, io.BytesIO(jpeg), "image/jpeg"), person_id)
    # Whose face it was is asked later, when somebody doubts a certificate.
    work.note("people.photo_kept", subject=person_id, before=_mark(before), after=_mark(jpeg))


def _mark(jpeg: bytes | None) -> str | None:
    return None if jpeg is None else hashlib.sha256(jpeg).hexdigest()


def reencoded(upload: bytes) -> bytes:
    """An uploaded picture as an identity photo in JPEG. Raises as `keep_photo`."""
    if len(upload) > PICTURE_AT_MOST_BYTES:
        raise PictureTooLarge(megabytes=PICTURE_AT_MOST_BYTES // 1024 // 1024)
    try:
        upright = _upright(_opened(upload)).convert("RGB")
    except _DAMAGE:
        raise NotAPicture from None
    portrait = ImageOps.fit(upright, PHOTO_SIZE, centering=(0.5, 0.35))
    out = io.BytesIO()
    portrait.save(out, "JPEG", quality=88)
    return out.getvalue()


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
