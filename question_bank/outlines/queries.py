"""Outlines as they are now."""

from sqlalchemy import func, select, tuple_

from kernel.names import Names
from kernel.work import Reading
from question_bank.outlines.errors import NoSuchBank
from question_bank.outlines.rules import Outline, Point
from question_bank.outlines.tables import OutlineRecord, PointRecord


def newest_record(reading: Reading, code: str) -> OutlineRecord | None:
    """The newest version of a bank's outline, for this room's own actions."""
    statement = select(OutlineRecord).where(OutlineRecord.code == code).order_by(OutlineRecord.version.desc()).limit(1)
    return reading.session.scalars(statement).first()


def outline(reading: Reading, code: str) -> Outline:
    """The newest outline of a bank. Raises NoSuchBank."""
    record = newest_record(reading, code)
    if record is None:
        raise NoSuchBank(bank=code)
    return _outline(reading, record)


def outlines(reading: Reading) -> list[Outline]:
    """The newest outline of every bank, by code."""
    newest = select(OutlineRecord.code, func.max(OutlineRecord.version)).group_by(OutlineRecord.code)
    records = reading.session.scalars(
        select(OutlineRecord)
        .where(tuple_(OutlineRecord.code, OutlineRecord.version).in_(newest))
        .order_by(OutlineRecord.code)
    ).all()
    return [_outline(reading, record) for record in records]


def point_names(reading: Reading, code: str) -> dict[str, Names]:
    """Code of a knowledge point -> its names, also for points that only an older outline had."""
    rows = reading.session.execute(
        select(PointRecord.code, PointRecord.name_zh, PointRecord.name_en)
        .where(PointRecord.outline_code == code)
        .order_by(PointRecord.outline_version, PointRecord.place)
    )
    return {point: Names(zh, en) for point, zh, en in rows}


def _outline(reading: Reading, record: OutlineRecord) -> Outline:
    points = reading.session.scalars(
        select(PointRecord)
        .where(PointRecord.outline_code == record.code, PointRecord.outline_version == record.version)
        .order_by(PointRecord.place)
    )
    return Outline(
        code=record.code,
        position=record.position,
        name_zh=record.name_zh,
        name_en=record.name_en,
        is_sample=record.is_sample,
        points=tuple(Point(point.code, point.name_zh, point.name_en) for point in points),
    )
