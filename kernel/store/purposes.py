"""What files are kept for. Each purpose has a folder or bucket of its own; where it is sealed, also keys of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.faces import Face
from kernel.keys import CARDS, ROWS, Purpose
from kernel.keys import LICENCES as LICENCE_KEYS
from kernel.keys import PHOTOS as PHOTO_KEYS
from kernel.keys import PRINTINGS as PRINTING_KEYS

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePurpose:
    """One use of files.

    Attributes:
        name: of the folder, and in the database; it never changes.
        keys: with which the files are sealed; None where anybody who finds one may read it.
        steward: the face that keeps these files and lets go of them.
        readers: the faces that may open one.
        most_bytes: of one file.
        media_types: what a file may be.
    """

    name: str
    keys: Purpose | None
    steward: Face
    readers: frozenset[Face]
    most_bytes: int
    media_types: frozenset[str]

    @property
    def holders(self) -> frozenset[Face]:
        """The faces whose hosts need the folder, or access to the bucket."""
        return self.readers | {self.steward}


PHOTOS = FilePurpose(
    name="photos",
    keys=PHOTO_KEYS,
    steward=Face.REGISTRY,
    readers=frozenset({Face.REGISTRY, Face.EXAMINATION}),
    most_bytes=MEGABYTE,
    media_types=frozenset({"image/jpeg"}),
)
# Strangers are shown the photo of a certificate whose code they have. Apart from the others, so that the host they come
# to holds no photo of anybody who has no certificate; and it opens none whose key the database did not hand out.
CERTIFICATE_PHOTOS = FilePurpose(
    name="certificate-photos",
    keys=CARDS,
    steward=Face.REGISTRY,
    readers=frozenset({Face.REGISTRY, Face.PUBLIC}),
    most_bytes=MEGABYTE,
    media_types=frozenset({"image/jpeg"}),
)
FILMS = FilePurpose(
    name="films",
    keys=None,
    steward=Face.LEARNING,
    readers=frozenset({Face.LEARNING}),
    most_bytes=4096 * MEGABYTE,
    media_types=frozenset(
        {"image/jpeg", "image/png", "image/svg+xml", "image/webp", "text/vtt", "video/mp4", "video/webm"}
    ),
)
LISTS = FilePurpose(
    name="lists",
    keys=ROWS,
    steward=Face.REGISTRY,
    readers=frozenset({Face.REGISTRY}),
    most_bytes=64 * MEGABYTE,
    media_types=frozenset(
        {"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/plain"}
    ),
)
# What is printed of a sitting shows every candidate's face and seat. The exam office takes it, and nobody else.
PRINTINGS = FilePurpose(
    name="printings",
    keys=PRINTING_KEYS,
    steward=Face.EXAMINATION,
    readers=frozenset({Face.EXAMINATION}),
    most_bytes=1024 * MEGABYTE,
    media_types=frozenset({"application/pdf"}),
)
# Of organisations that apply. The face of strangers takes the picture in and can never read it again.
LICENCES = FilePurpose(
    name="licences",
    keys=LICENCE_KEYS,
    steward=Face.REGISTRY,
    readers=frozenset({Face.REGISTRY}),
    most_bytes=4 * MEGABYTE,
    media_types=frozenset({"image/jpeg"}),
)
FILE_PURPOSES: Mapping[str, FilePurpose] = {
    each.name: each for each in (PHOTOS, CERTIFICATE_PHOTOS, FILMS, LISTS, LICENCES, PRINTINGS)
}
