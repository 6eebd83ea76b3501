"""Files that a test keeps, and where they lie."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from host.machine import Machine
from kernel import files
from kernel.actor import ANYONE, platform
from kernel.faces import Face
from kernel.files.sweeping import BEGINNINGS, LEFT_ALONE, sweep
from kernel.ids import new_id
from kernel.store import (
    FILMS,
    PHOTOS,
    FilePurpose,
)
from kernel.work import Work, Workplace

JPEG = b"\xff\xd8\xff a face"
FILM = b"\x00\x00\x00\x20ftypisom" + bytes(range(256)) * 1_000
LONG = timedelta(days=31)


def machine_of(place: Workplace) -> Machine:
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
