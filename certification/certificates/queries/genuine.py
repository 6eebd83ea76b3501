"""Which records are what the registry signed, and which are not."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from certification.certificates.rules.face import CertificateFacts
from certification.certificates.rules.genuine import (
    STATED,
    Over,
    Signed,
    are_signed,
    is_stated,
    masked_number,
    photo_digest,
)
from certification.certificates.rules.ids import CertificateId, lookup_digest
from certification.certificates.tables import CertificateRecord, SignatureRecord
from kernel import files
from kernel.db import among
from kernel.keys import PublicKeys, SealBroken, Signature
from kernel.ledger import public_keys
from kernel.store import CERTIFICATE_PHOTOS, FileIsGone
from kernel.work import Reading

CHECKED_AT_ONCE = 1_000


def is_genuine(record: CertificateRecord, signed: Collection[Signed], keys: PublicKeys) -> bool:
    """Whether a record is what the registry signed when it was issued."""
    columns = CertificateFacts(
        position=record.position,
        name=record.name,
        sex=record.sex,
        number=record.number,
        category=record.category,
        item=record.item,
        first_issued_on=record.first_issued_on,
        valid_from=record.valid_from,
        valid_until=record.valid_until,
        review_on=record.review_on,
        authority=record.authority,
        demonstration=record.demonstration,
    )
    found = record.lookup_digest == lookup_digest(record.number, record.name)
    return found and are_signed(record.facts, signed, keys, columns=columns, code=record.public_code)


def stated(record: CertificateRecord) -> dict[str, Any]:
    """What strangers are shown of a record, as the registry signs it for them."""
    number = {"masked_number": masked_number(record.number)}
    return {name: getattr(record, name) for name in STATED if name not in number} | number


def signatures_of(reading: Reading, certificates: Collection[UUID]) -> dict[tuple[UUID, Over], list[Signed]]:
    """The signatures over each certificate's facts and statement."""
    rows = reading.session.scalars(select(SignatureRecord).where(among(SignatureRecord.certificate_id, certificates)))
    found: dict[tuple[UUID, Over], list[Signed]] = defaultdict(list)
    for row in rows:
        signature = Signature(row.algorithm, row.key_id, row.signature)
        found[row.certificate_id, row.over].append(Signed(signature, row.format, row.signed_at))
    return found


def unstated(reading: Reading, *, at_most: int) -> list[tuple[CertificateRecord, str]]:
    """Genuine certificates that have no statement yet, each with the digest of its photo."""
    has_one = exists().where(
        SignatureRecord.certificate_id == CertificateRecord.id, SignatureRecord.over == Over.STATEMENT
    )
    records = reading.session.scalars(select(CertificateRecord).where(~has_one).limit(at_most)).all()
    if not records:
        return []
    signed = signatures_of(reading, [record.id for record in records])
    keys = public_keys(reading.session, reading.keys)
    found = [record for record in records if is_genuine(record, signed[record.id, Over.FACTS], keys)]
    photos = _photo_digests(reading, found)
    return [(record, photos[record.id]) for record in found if record.id in photos]


@dataclass(frozen=True, slots=True)
class FalseCertificate:
    """A record of the register that nobody signed so."""

    id: CertificateId
    number: str
    name: str


def false_certificates(reading: Reading, *, newest: int | None = None) -> Iterator[list[FalseCertificate]]:
    """Step by step from the newest, those records that are not what the registry signed, or said so to strangers.

    Raises StoreIsAway where their photos cannot be read at all; one that is gone or altered is not what was signed.
    """
    last, left = None, newest
    keys = public_keys(reading.session, reading.keys)
    while left is None or left > 0:
        query = select(CertificateRecord).order_by(CertificateRecord.id.desc())
        query = query.limit(CHECKED_AT_ONCE if left is None else min(CHECKED_AT_ONCE, left))
        records = reading.session.scalars(query if last is None else query.where(CertificateRecord.id < last)).all()
        if not records:
            return
        signed, photos = signatures_of(reading, [each.id for each in records]), _photo_digests(reading, records)
        false = (each for each in records if not _is_true(each, photos.get(each.id, ""), signed, keys))
        yield [FalseCertificate(CertificateId(each.id), each.number, each.name) for each in false]
        last, left = records[-1].id, None if left is None else left - len(records)


def _is_true(
    record: CertificateRecord, photo: str, signed: Mapping[tuple[UUID, Over], list[Signed]], keys: PublicKeys
) -> bool:
    says_so = is_stated(stated(record), photo, signed.get((record.id, Over.STATEMENT), []), keys)
    return says_so and is_genuine(record, signed.get((record.id, Over.FACTS), []), keys)


def _photo_digests(reading: Reading, records: Collection[CertificateRecord]) -> dict[UUID, str]:
    """The digest of each photo as it lies in its store; those that are gone or do not open are missing."""
    digests = {}
    for of, file in files.find_each(reading, CERTIFICATE_PHOTOS, [record.id for record in records]).items():
        try:
            digests[of] = photo_digest(b"".join(files.opened(reading, file).read()))
        except (SealBroken, FileIsGone):
            continue
    return digests
