"""Looking at prepared deeds of this face. Who may not do a deed to a thing does not see that it was prepared."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from kernel.db import among
from kernel.two_people.deeds import DEEDS
from kernel.two_people.errors import NoSuchPreparedDeed
from kernel.two_people.rules import End, Prepared, Sentence, Signature
from kernel.two_people.tables import EndRecord, PreparedRecord, SignatureRecord
from kernel.work import Reading

LATELY_AT_MOST = 20


def waiting(reading: Reading) -> tuple[Prepared, ...]:
    """What waits for a confirmation and whose deed the actor may do, the soonest to lapse first."""
    wanted = (_own(reading), EndRecord.prepared_id.is_(None), PreparedRecord.until >= reading.now)
    return _all(reading, _rows().where(*wanted).order_by(PreparedRecord.until, PreparedRecord.id))


def lately(reading: Reading) -> tuple[Prepared, ...]:
    """The latest that wait no longer, the newest first."""
    over = EndRecord.prepared_id.is_not(None) | (PreparedRecord.until < reading.now)
    rows = _rows().where(_own(reading), over).order_by(PreparedRecord.id.desc()).limit(LATELY_AT_MOST)
    return _all(reading, rows)


def prepared(reading: Reading, prepared_id: UUID) -> Prepared:
    """One prepared deed, however it stands with it. Raises NoSuchPreparedDeed."""
    found = _all(reading, _rows().where(_own(reading), PreparedRecord.id == prepared_id))
    if not found:
        raise NoSuchPreparedDeed
    return found[0]


def prepared_about(reading: Reading, deed: str, about: UUID) -> Prepared | None:
    """What waits of this deed about this thing, for the pages and rules of its room; whoever asks."""
    wanted = (PreparedRecord.deed == deed, PreparedRecord.about == about)
    open_ = (EndRecord.prepared_id.is_(None), PreparedRecord.until >= reading.now)
    return next(iter(_all(reading, _rows().where(*wanted, *open_))), None)


def prepared_of(reading: Reading, ids: Iterable[UUID]) -> dict[UUID, Prepared]:
    """Prepared deeds by id: for the room that keeps with what it wrote by which of them it was done."""
    return {each.id: each for each in _all(reading, _rows().where(among(PreparedRecord.id, set(ids))))}


def records_to_lapse(reading: Reading) -> Sequence[PreparedRecord]:
    """What nobody confirmed in time and whose end was not written down yet."""
    over = (EndRecord.prepared_id.is_(None), PreparedRecord.until < reading.now)
    return reading.session.scalars(
        select(PreparedRecord).outerjoin(EndRecord, EndRecord.prepared_id == PreparedRecord.id).where(*over)
    ).all()


def _own(reading: Reading) -> ColumnElement[bool]:
    may = [deed for deed in DEEDS.values() if deed.face is reading.face and reading.actor.may(deed.needs)]
    here = (and_(PreparedRecord.deed == deed.name, deed.in_scope(reading, PreparedRecord.about)) for deed in may)
    return or_(false(), *here)


def _rows() -> Select[PreparedRecord, EndRecord]:
    return select(PreparedRecord, EndRecord).outerjoin(EndRecord, EndRecord.prepared_id == PreparedRecord.id)


def _all(reading: Reading, rows: Select[PreparedRecord, EndRecord]) -> tuple[Prepared, ...]:
    found = reading.session.execute(rows).all()
    signed = _signatures(reading, [record.id for record, _ in found])
    return tuple(_as_value(record, end, signed[record.id]) for record, end in found)


def _signatures(reading: Reading, ids: Sequence[UUID]) -> dict[UUID, list[Signature]]:
    by_deed: dict[UUID, list[Signature]] = defaultdict(list)
    wanted = select(SignatureRecord).where(among(SignatureRecord.prepared_id, ids)).order_by(SignatureRecord.signed_at)
    for row in reading.session.scalars(wanted):
        by_deed[row.prepared_id].append(Signature(row.person_id, row.name, row.signed_at))
    return by_deed


def _as_value(record: PreparedRecord, end: EndRecord | None, signed: Sequence[Signature]) -> Prepared:
    return Prepared(
        id=record.id,
        deed=record.deed,
        about=record.about,
        says=tuple(Sentence(each["text"], each["data"]) for each in record.says),
        signatures=record.signatures,
        preparer=Signature(record.prepared_by, record.name, record.prepared_at),
        until=record.until,
        signed=tuple(signed),
        end=None if end is None else End(end.how, end.ended_at, end.name, end.because),
    )
