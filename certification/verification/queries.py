"""What strangers may read: a certificate whose code, or whose number and name, they already have."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, column, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.functions import FunctionElement

from certification.certificates.rules.genuine import STATED, Signed, is_stated, photo_digest
from certification.certificates.rules.ids import lookup_digest
from certification.certificates.rules.numbers import possible_numbers
from certification.certificates.rules.states import Entry, LogEntry, Standing, standing
from certification.certificates.rules.validity import Period
from certification.programmes.queries import regime_called
from kernel import files
from kernel.clock import shanghai_date
from kernel.files import KeptFile
from kernel.keys import SealBroken, Signature
from kernel.ledger import public_keys
from kernel.names import Names
from kernel.store import CERTIFICATE_PHOTOS
from kernel.work import Reading

PHOTO = ("photo_id", "photo_digest", "photo_size", "photo_type", "photo_format", "photo_key")


@dataclass(frozen=True, slots=True)
class PublicCertificate:
    """What a stranger sees. No number: only enough of it to compare with the card in the hand.

    The photo (JPEG) is part of the answer and has no address of its own: each look at one is a counted look-up. Where
    `is_genuine` is false, somebody altered the record: then nothing else of it is to be believed, or shown.
    """

    public_code: str
    name: str
    position: str
    category: Names
    item: Names
    masked_number: str
    period: Period
    authority: str
    demonstration: bool
    standing: Standing
    photo: bytes | None = field(repr=False)
    is_genuine: bool


def public_certificate(reading: Reading, code: str) -> PublicCertificate | None:
    """The certificate behind a scanned code."""
    found = _public(reading, func.certification.certificate_of_code(code))
    return found[0] if found else None


def public_certificates_named(reading: Reading, number: str, name: str) -> list[PublicCertificate]:
    """The certificates with this number and name, newest first. The T of an operator's number may be left out."""
    digests = (lookup_digest(each, name) for each in possible_numbers(number))
    return _public(reading, func.certification.certificates_of_digests(*digests))


def _public(reading: Reading, shown: FunctionElement[Any]) -> list[PublicCertificate]:
    certificates = shown.table_valued(
        *map(column, STATED), column("log", JSONB), column("statements", JSONB), *map(column, PHOTO)
    )
    rows = reading.session.execute(select(certificates).order_by(certificates.c.valid_from.desc()))
    found, today = [], shanghai_date(reading.now)
    keys = public_keys(reading.session, reading.keys)
    for row in rows:
        photo = _photo(reading, row)
        period = Period(row.first_issued_on, row.valid_from, row.valid_until, regime_called(row.regime))
        log = [LogEntry(Entry(entry), date.fromisoformat(day)) for entry, day in row.log or []]
        found.append(
            PublicCertificate(
                public_code=row.public_code,
                name=row.name,
                position=row.position,
                category=Names(row.category, row.category_en),
                item=Names(row.item, row.item_en),
                masked_number=row.masked_number,
                period=period,
                authority=row.authority,
                demonstration=row.demonstration,
                standing=standing(period, log, today),
                photo=photo,
                is_genuine=is_stated(row._asdict(), photo_digest(photo or b""), _signed(row.statements), keys),
            )
        )
    return found


def _signed(rows: list[list[Any]] | None) -> list[Signed]:
    return [
        Signed(Signature(algorithm, key_id, bytes.fromhex(value)), number, datetime.fromisoformat(at))
        for number, algorithm, key_id, value, at in rows or []
    ]


def _photo(reading: Reading, row: Row[Any]) -> bytes | None:
    """The photo of a certificate that was found; None where it is not what was kept. Raises StoreIsAway, FileIsGone."""
    if row.photo_id is None:
        return None
    file = KeptFile(
        id=row.photo_id,
        purpose=CERTIFICATE_PHOTOS,
        digest=row.photo_digest,
        size=row.photo_size,
        media_type=row.photo_type,
        format=row.photo_format,
        sealed_key=row.photo_key,
    )
    try:
        return b"".join(files.opened(reading, file).read())
    except SealBroken:
        return None
