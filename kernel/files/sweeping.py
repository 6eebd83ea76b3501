"""Taking away what lies in a store and nobody knows, and drafts of files that were never kept.

Such an orphan is what a crash leaves, a deed that was refused, or a file whose row was pruned. It is looked for a day
after it was put there, each part of a store once a day. Somebody may be keeping the same content at this moment: both
hold the same lock, so either they find the file gone and put it there again, or we find it known.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import select

from kernel.db import among
from kernel.files.actions import lock_of
from kernel.files.tables import FileRecord
from kernel.locks import try_to_hold
from kernel.store import FILE_PURPOSES, FilePurpose
from kernel.work import PLATFORM_ONLY, Work, action

LEFT_ALONE = timedelta(days=1)
MOST_AT_ONCE = 1_000  # a lock each, until the transaction ends
BEGINNINGS = tuple(f"{number:02x}" for number in range(256))


@action(needs=PLATFORM_ONLY)
def sweep(work: Work, beginnings: Iterable[str] | None = None) -> int:
    """Take away the orphans of this face's purposes, in this hour's part of each store; how many they were.

    Args:
        work: of the face that keeps the files.
        beginnings: other parts of the stores than this hour's, each two hexadecimal digits.
    """
    parts = [each for each in BEGINNINGS if int(each, 16) % 24 == work.now.hour] if beginnings is None else beginnings
    gone = 0
    for purpose in FILE_PURPOSES.values():
        if purpose.steward is work.face:
            _sweep_drafts(work, purpose)
            gone += _swept(work, purpose, tuple(parts))
    return gone


def _swept(work: Work, purpose: FilePurpose, beginnings: Sequence[str]) -> int:
    if work.session.scalar(select(FileRecord.id).where(FileRecord.purpose == purpose.name).limit(1)) is None:
        return 0  # a store that the database knows nothing of is another's: the wrong address, a database set up anew
    gone, store = 0, work.stores.of(purpose)
    for beginning in beginnings:
        old = [each.name for each in store.all(beginning) if each.put_at < work.now - LEFT_ALONE]
        for name in _unknown(work, purpose, old):
            if gone < MOST_AT_ONCE and _is_orphan(work, purpose, name):
                store.remove(name)
                gone += 1
    if gone:
        work.note("kernel.files_swept", purpose=purpose.name, files=gone)
    return gone


def _unknown(work: Work, purpose: FilePurpose, names: Sequence[str]) -> list[str]:
    digests = [bytes.fromhex(name) for name in names]
    here = (FileRecord.purpose == purpose.name, among(FileRecord.digest, digests))
    known = set(work.session.scalars(select(FileRecord.digest).where(*here)))
    return [name for name, digest in zip(names, digests, strict=True) if digest not in known]


def _is_orphan(work: Work, purpose: FilePurpose, name: str) -> bool:
    """Asked once more with the lock in hand; nobody who is keeping the file is waited for."""
    digest = bytes.fromhex(name)
    return try_to_hold(work.session, lock_of(purpose, digest)) and not _known(work, purpose, digest)


def _known(work: Work, purpose: FilePurpose, digest: bytes) -> bool:
    here = (FileRecord.purpose == purpose.name, FileRecord.digest == digest)
    return work.session.scalar(select(FileRecord.id).where(*here)) is not None


def _sweep_drafts(work: Work, purpose: FilePurpose) -> None:
    for path, written_at in work.stores.of(purpose).drafts():
        if written_at < work.now - LEFT_ALONE:
            path.unlink(missing_ok=True)
