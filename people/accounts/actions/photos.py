"""Keeping identity photos."""

import hashlib
import io
from uuid import UUID

from kernel import files
from kernel.store import PHOTOS
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts import queries
from people.accounts.formats import IdentityPhoto


@action(needs=Permission.KEEP_PHOTOS)
def keep_photo(work: Work, *, person_id: UUID, photo: IdentityPhoto) -> None:
    """Keep a person's photo, whoever it is."""
    put_photo(work, person_id, photo)


def put_photo(work: Work, person_id: UUID, photo: IdentityPhoto) -> None:
    """Keep a photo and note what was there before. Part of deeds, not one itself."""
    queries.hold_person(work, person_id)
    before = queries.photo(work, person_id)
    files.keep(work, files.receive(work.stores, PHOTOS, io.BytesIO(photo.jpeg), "image/jpeg"), person_id)
    # Whose face it was is asked later, when somebody doubts a certificate.
    work.note("people.photo_kept", subject=person_id, before=_mark(before), after=_mark(photo.jpeg))


def _mark(jpeg: bytes | None) -> str | None:
    return None if jpeg is None else hashlib.sha256(jpeg).hexdigest()
