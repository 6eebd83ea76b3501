"""Which codes are to be sent, and which are good."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from kernel.db import among
from kernel.work import Reading
from people.codes.rules import WORTH_SENDING_FOR, Use, digest_of
from people.codes.tables import CodeRecord


@dataclass(frozen=True, slots=True)
class Asked:
    """A code that is to be sent, in words without it."""

    id: UUID
    use: Use
    said: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The latest code for an organisation. `good_until` is None until it leaves."""

    id: UUID
    of: UUID
    phone: str
    asked_at: datetime
    good_until: datetime | None
    is_spent: bool


@dataclass(frozen=True, slots=True)
class Good:
    """A code that somebody typed and that is good: for which organisation, and at which telephone it arrived."""

    id: UUID
    of: UUID
    phone: str


def worth_sending(reading: Reading, *, besides: Select[UUID | None]) -> list[Asked]:
    """Codes asked for lately and not among `besides`, the oldest first."""
    wanted = select(CodeRecord).where(
        or_(
            *(
                (CodeRecord.use == use) & (CodeRecord.asked_at > reading.now - lasts)
                for use, lasts in WORTH_SENDING_FOR.items()
            )
        ),
        CodeRecord.spent_at.is_(None),
        CodeRecord.id.not_in(besides),
    )
    return [Asked(row.id, row.use, row.said) for row in reading.session.scalars(wanted.order_by(CodeRecord.asked_at))]


def latest(reading: Reading, organisations: Collection[UUID]) -> dict[UUID, Sent]:
    """The latest code for the first sign-in at each organisation; those for which none was asked are missing."""
    newest = (
        select(CodeRecord)
        .where(CodeRecord.use == Use.FIRST_SIGN_IN, among(CodeRecord.of, organisations))
        .ext(distinct_on(CodeRecord.of))
        .order_by(CodeRecord.of, CodeRecord.asked_at.desc(), CodeRecord.id.desc())
    )
    return {
        row.of: Sent(row.id, row.of, row.phone, row.asked_at, row.good_until, row.spent_at is not None)
        for row in reading.session.scalars(newest)
        if row.of is not None
    }


def asked_of() -> Select[UUID | None]:
    """The organisations for which a first sign-in was ever asked: a subquery for those that choose the others."""
    return select(CodeRecord.of).where(CodeRecord.use == Use.FIRST_SIGN_IN, CodeRecord.of.is_not(None))


def asked_lately(reading: Reading, of: UUID, since: datetime) -> tuple[int, datetime | None]:
    """How many codes were asked for an organisation since then, and when the last."""
    counted = select(func.count(), func.max(CodeRecord.asked_at)).where(
        CodeRecord.use == Use.FIRST_SIGN_IN, CodeRecord.of == of, CodeRecord.asked_at > since
    )
    count, last = reading.session.execute(counted).one()
    return count, last


def good_first_sign_in(reading: Reading, typed: str) -> Good | None:
    """What a code of a first sign-in that somebody typed is good for."""
    wanted = digest_of(Use.FIRST_SIGN_IN, UUID(int=0), typed)
    row = reading.session.scalar(
        select(CodeRecord).where(
            CodeRecord.use == Use.FIRST_SIGN_IN,
            CodeRecord.digest == wanted,
            CodeRecord.spent_at.is_(None),
            CodeRecord.good_until > reading.now,
        )
    )
    return None if row is None or row.of is None else Good(row.id, row.of, row.phone)
