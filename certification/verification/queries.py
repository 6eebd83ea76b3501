"""What strangers may read: one database view without numbers in it, and nothing else."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, column, select, table
from sqlalchemy.dialects.postgresql import JSONB

from certification.certificates.rules.ids import lookup_digest
from certification.certificates.rules.states import Entry, LogEntry, Standing, standing
from certification.certificates.rules.validity import Period
from kernel.clock import shanghai_date
from kernel.work import Reading
from people.positions.rules import Names

PUBLIC_VIEW = table(
    "public_certificates",
    *[
        column(name)
        for name in (
            *("public_code", "lookup_digest", "name", "position", "category", "item", "category_en", "item_en"),
            *("masked_number", "first_issued_on", "valid_from", "valid_until", "regime", "authority"),
            *("demonstration", "photo"),
        )
    ],
    column("log", JSONB),
    schema="certification",
)


@dataclass(frozen=True, slots=True)
class PublicCertificate:
    """What a stranger sees. No number: only enough of it to compare with the card in the hand."""

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


def public_certificate(reading: Reading, code: str) -> PublicCertificate | None:
    """The certificate behind a scanned code, read through the public view."""
    found = _public(reading, PUBLIC_VIEW.c.public_code == code)
    return found[0] if found else None


def public_certificates_named(reading: Reading, number: str, name: str) -> list[PublicCertificate]:
    """The certificates with this number and name, newest first. The T of an operator's number may be left out."""
    numbers = {number, "T" + number}
    return _public(reading, PUBLIC_VIEW.c.lookup_digest.in_([lookup_digest(each, name) for each in numbers]))


def public_photo(reading: Reading, code: str) -> bytes | None:
    """The photo of the certificate behind a scanned code."""
    return reading.session.scalar(select(PUBLIC_VIEW.c.photo).where(PUBLIC_VIEW.c.public_code == code))


def _public(reading: Reading, condition: ColumnElement[bool]) -> list[PublicCertificate]:
    columns = [each for each in PUBLIC_VIEW.c if each.name not in {"photo", "lookup_digest"}]
    rows = reading.session.execute(select(*columns).where(condition).order_by(PUBLIC_VIEW.c.valid_from.desc()))
    today = shanghai_date(reading.now)
    found = []
    for row in rows:
        period = Period(row.first_issued_on, row.valid_from, row.valid_until, row.regime)
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
            )
        )
    return found
