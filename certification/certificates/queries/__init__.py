"""Certificates as offices and holders see them, with what each is worth today."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, or_, select

from certification.certificates.errors import NoSuchCertificate
from certification.certificates.queries import genuine
from certification.certificates.rules.genuine import Over
from certification.certificates.rules.ids import CertificateId
from certification.certificates.rules.numbers import possible_numbers
from certification.certificates.rules.states import (
    ENDED,
    Entry,
    LogEntry,
    Standing,
    State,
    standing,
    waits_to_begin,
)
from certification.certificates.rules.validity import Period
from certification.certificates.tables import (
    CertificateRecord,
    StatusRecord,
)
from certification.programmes.queries import regime_called
from kernel import files
from kernel.clock import shanghai_date
from kernel.db import among
from kernel.errors import NotFound
from kernel.ledger import public_keys
from kernel.names import Names
from kernel.store import CERTIFICATE_PHOTOS
from kernel.work import Reading
from people.accounts.queries import people
from people.positions.rules import Position
from people.regions.queries import within


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One line of the register, with what the certificate is worth today."""

    id: CertificateId
    public_code: str
    person_id: UUID
    number: str
    name: str
    qualification: str
    item: Names
    period: Period
    authority_id: UUID
    authority: str
    issued_at: datetime
    log: tuple[LogEntry, ...]
    standing: Standing
    is_genuine: bool


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One line of a certificate's history."""

    entry: Entry
    effective_on: date
    recorded_at: datetime
    recorded_by: str
    reason: str | None
    ground: str | None
    barred_until: date | None
    successor_id: UUID | None


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A certificate as issued: what its card and its PDF are drawn from. `facts` as `facts_to_json` makes them."""

    id: CertificateId
    public_code: str
    person_id: UUID
    facts: Mapping[str, Any]
    issued_at: datetime


def certificate_of_application(reading: Reading, application_id: UUID) -> CertificateId | None:
    """The certificate issued on an application, once it is."""
    query = select(CertificateRecord.id).where(CertificateRecord.application_id == application_id)
    found = reading.session.scalar(query)
    return None if found is None else CertificateId(found)


def issued_within(reading: Reading, application_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The condition that a certificate within the actor's scope was issued on what stands in `application_id`."""
    here = within(reading, CertificateRecord.region_code)
    return select(CertificateRecord.id).where(CertificateRecord.application_id == application_id, here).exists()


def issued_certificate(reading: Reading, certificate_id: UUID) -> IssuedCertificate:
    """One certificate as issued. Raises NoSuchCertificate."""
    row = certificate_record(reading, certificate_id)
    return IssuedCertificate(CertificateId(row.id), row.public_code, row.person_id, row.facts, row.issued_at)


def certificate_record(reading: Reading, certificate_id: UUID) -> CertificateRecord:
    """Its row, for this room's own actions, within the actor's scope. Raises NoSuchCertificate."""
    found = reading.session.get(CertificateRecord, certificate_id)
    if found is None or not _is_seen(reading, found):
        raise NoSuchCertificate
    return found


def _is_seen(reading: Reading, record: CertificateRecord) -> bool:
    return reading.actor.scope.covers(record.region_code) or record.person_id == reading.actor.person_id


def photo_of(reading: Reading, certificate_id: UUID) -> bytes:
    """The photo as it was when the certificate was issued, JPEG. Raises NoSuchCertificate."""
    try:
        return files.content(reading, CERTIFICATE_PHOTOS, certificate_record(reading, certificate_id).id)
    except NotFound:
        raise NoSuchCertificate from None


def certificate(reading: Reading, certificate_id: UUID) -> CertificateRow:
    """One certificate with its standing today. Raises NoSuchCertificate."""
    return _rows(reading, [certificate_record(reading, certificate_id)])[0]


def certificates_of(reading: Reading, person_ids: Sequence[UUID]) -> dict[UUID, list[CertificateRow]]:
    """Every certificate of these persons, ended ones included, oldest first."""
    query = (
        select(CertificateRecord).where(among(CertificateRecord.person_id, person_ids)).order_by(CertificateRecord.id)
    )
    by_person: dict[UUID, list[CertificateRow]] = defaultdict(list)
    for row in _rows(reading, reading.session.scalars(query).all()):
        by_person[row.person_id].append(row)
    return by_person


def renewal_in_hand(reading: Reading, row: CertificateRow) -> CertificateRow | None:
    """The renewal of `row` that is issued but has not begun, suspended or not; None where there is none."""
    if _waits(reading, row):
        return None
    return next((each for each in _of_the_same_trade(reading, row) if _waits(reading, each)), None)


def running_before(reading: Reading, row: CertificateRow) -> CertificateRow | None:
    """The certificate that counts until `row`, a renewal that has not begun, takes its place; else None."""
    if not _waits(reading, row):
        return None
    return next((each for each in _of_the_same_trade(reading, row) if each.standing.state not in ENDED), None)


def _waits(reading: Reading, row: CertificateRow) -> bool:
    return waits_to_begin(row.period, row.log, shanghai_date(reading.now))


def _of_the_same_trade(reading: Reading, row: CertificateRow) -> list[CertificateRow]:
    """The person's other certificates for this trade, newest first."""
    held = certificates_of(reading, [row.person_id]).get(row.person_id, [])
    return [each for each in reversed(held) if each.qualification == row.qualification and each.id != row.id]


def suspended_together(reading: Reading, *rows: CertificateRow) -> bool:
    """Whether all of these are suspended, and by one decision: what was suspended for itself stays so by itself."""
    if any(row.standing.state is not State.SUSPENDED for row in rows):
        return False
    last = (
        select(func.max(StatusRecord.recorded_at))
        .where(among(StatusRecord.certificate_id, [row.id for row in rows]), StatusRecord.entry == Entry.SUSPENDED)
        .group_by(StatusRecord.certificate_id)
    )
    return len(set(reading.session.scalars(last))) == 1


def own_certificates(reading: Reading) -> list[CertificateRow]:
    """The actor's own certificates, newest first."""
    person_id = reading.actor.person_id
    return list(reversed(certificates_of(reading, [person_id]).get(person_id, []))) if person_id else []


def own_certificate(reading: Reading, certificate_id: UUID) -> CertificateRow:
    """One of the actor's own certificates. Raises NoSuchCertificate, also for other people's."""
    for row in own_certificates(reading):
        if row.id == certificate_id:
            return row
    raise NoSuchCertificate


def register(reading: Reading, *, search: str, limit: int = 50, offset: int = 0) -> list[CertificateRow]:
    """The register as far as the actor's scope goes, newest first; `search` is the beginning of a name, or a number."""
    query = select(CertificateRecord).order_by(CertificateRecord.id.desc()).limit(limit).offset(offset)
    return _rows(reading, reading.session.scalars(_searched(reading, query, search)).all())


def register_count(reading: Reading, *, search: str) -> int:
    """How many certificates `register` shows on all its pages."""
    return reading.session.scalar(_searched(reading, select(func.count()).select_from(CertificateRecord), search)) or 0


def _searched(reading: Reading, query: Select[Any], search: str) -> Select[Any]:
    query = query.where(within(reading, CertificateRecord.region_code))
    wanted = search.strip()
    if not wanted:
        return query
    return query.where(
        or_(
            CertificateRecord.name.startswith(wanted, autoescape=True),
            CertificateRecord.number.in_(possible_numbers(wanted)),
        )
    )


def log_of(reading: Reading, certificate_id: UUID) -> list[LogEntry]:
    """The status log of one certificate, in the order written."""
    return _logs(reading, [certificate_id])[certificate_id]


def history(reading: Reading, certificate_id: UUID) -> list[StatusRow]:
    """Every line of a certificate's history, with who wrote it."""
    query = select(StatusRecord).where(StatusRecord.certificate_id == certificate_id).order_by(StatusRecord.id)
    lines = reading.session.scalars(query).all()
    names = people(reading, [line.recorded_by for line in lines])
    return [
        StatusRow(
            entry=line.entry,
            effective_on=line.effective_on,
            recorded_at=line.recorded_at,
            recorded_by=names[line.recorded_by].name,
            reason=line.reason,
            ground=line.ground,
            barred_until=line.barred_until,
            successor_id=line.successor_id,
        )
        for line in lines
    ]


def bar_on(reading: Reading, person_id: UUID, position: Position, today: date) -> date | None:
    """The last day on which this person may not apply for this position, after a revocation; None = no bar."""
    return reading.session.scalar(
        select(func.max(StatusRecord.barred_until))
        .join(CertificateRecord, CertificateRecord.id == StatusRecord.certificate_id)
        .where(
            CertificateRecord.person_id == person_id,
            CertificateRecord.position == position,
            StatusRecord.barred_until >= today,
        )
    )


def _rows(reading: Reading, records: Sequence[CertificateRecord]) -> list[CertificateRow]:
    logs = _logs(reading, [record.id for record in records])
    signed = genuine.signatures_of(reading, [record.id for record in records])
    keys = public_keys(reading.session, reading.keys)
    today = shanghai_date(reading.now)
    rows = []
    for record in records:
        period = period_of(record)
        rows.append(
            CertificateRow(
                id=CertificateId(record.id),
                public_code=record.public_code,
                person_id=record.person_id,
                number=record.number,
                name=record.name,
                qualification=record.qualification,
                item=Names(record.item, record.item_en),
                period=period,
                authority_id=record.authority_id,
                authority=record.authority,
                issued_at=record.issued_at,
                log=tuple(logs[record.id]),
                standing=standing(period, logs[record.id], today),
                is_genuine=genuine.is_genuine(record, signed[record.id, Over.FACTS], keys),
            )
        )
    return rows


def period_of(record: CertificateRecord) -> Period:
    """The period of a certificate, from its row."""
    return Period(record.first_issued_on, record.valid_from, record.valid_until, regime_called(record.regime))


def _logs(reading: Reading, certificate_ids: Sequence[UUID]) -> dict[UUID, list[LogEntry]]:
    logs: dict[UUID, list[LogEntry]] = defaultdict(list)
    query = select(StatusRecord).where(among(StatusRecord.certificate_id, certificate_ids)).order_by(StatusRecord.id)
    for line in reading.session.scalars(query):
        logs[line.certificate_id].append(LogEntry(line.entry, line.effective_on))
    return logs
