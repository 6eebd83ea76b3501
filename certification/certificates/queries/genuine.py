"""Which records are what the registry signed, and which are not."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, Text, func, select

from certification.certificates.rules.face import CertificateFacts
from certification.certificates.rules.genuine import STATED, are_signed, is_stated, masked_number
from certification.certificates.rules.ids import lookup_digest
from certification.certificates.tables import CertificatePhotoRecord, CertificateRecord, StatementRecord
from kernel.work import Reading

CHECKED_AT_ONCE = 1_000


def is_genuine(record: CertificateRecord, public_key: bytes) -> bool:
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
    return found and are_signed(record.facts, record.signature, public_key, columns=columns, code=record.public_code)


def stated(record: CertificateRecord) -> dict[str, Any]:
    """What strangers are shown of a record, as the registry signs it for them."""
    number = {"masked_number": masked_number(record.number)}
    return {name: getattr(record, name) for name in STATED if name not in number} | number


def unstated(reading: Reading, *, at_most: int) -> list[tuple[CertificateRecord, str]]:
    """Genuine certificates that have no statement yet, each with the digest of its photo."""
    query = _with_statements().where(StatementRecord.certificate_id.is_(None)).limit(at_most)
    rows = reading.session.execute(query)
    return [(record, photo) for record, photo, _ in rows if is_genuine(record, reading.keys.public)]


def false_certificates(reading: Reading, *, newest: int | None = None) -> Iterator[list[CertificateRecord]]:
    """Step by step from the newest, those records that are not what the registry signed, or said so to strangers."""
    last, left = None, newest
    while left is None or left > 0:
        query = _with_statements().order_by(CertificateRecord.id.desc())
        query = query.limit(CHECKED_AT_ONCE if left is None else min(CHECKED_AT_ONCE, left))
        rows = reading.session.execute(query if last is None else query.where(CertificateRecord.id < last)).all()
        if not rows:
            return
        key = reading.keys.public
        yield [record for record, photo, statement in rows if not _is_true(record, photo, statement, key)]
        last, left = rows[-1][0].id, None if left is None else left - len(rows)


def _is_true(record: CertificateRecord, photo: str, statement: bytes | None, public_key: bytes) -> bool:
    return is_genuine(record, public_key) and is_stated(stated(record), photo, statement, public_key)


def _with_statements() -> "Select[CertificateRecord, str, bytes]":
    """Records with the digest of the photo and the statement's signature."""
    digest = func.encode(func.sha256(CertificatePhotoRecord.jpeg), "hex", type_=Text)
    return (
        select(CertificateRecord, digest, StatementRecord.signature)
        .join(CertificatePhotoRecord, CertificatePhotoRecord.certificate_id == CertificateRecord.id)
        .outerjoin(StatementRecord, StatementRecord.certificate_id == CertificateRecord.id)
    )
