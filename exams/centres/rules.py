"""Rooms, seats and staff. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from exams.centres.errors import (
    CertificateOver,
    CodeMissing,
    LeftThePool,
    NameMissing,
    RoomTooLarge,
    TradesMissing,
    TradesOfAnInvigilator,
    TradeUnknownToExaminer,
)
from kernel.errors import Refused
from kernel.names import Names

CentreId = NewType("CentreId", UUID)
RoomId = NewType("RoomId", UUID)
StaffId = NewType("StaffId", UUID)

SEATS_AT_MOST = 200
NAME_AT_MOST: Final = 100
_CODE: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,19})")


class RoomKind(StrEnum):
    THEORY = "theory"
    PRACTICAL = "practical"


class Duty(StrEnum):
    """What somebody of the pool does in a sitting."""

    INVIGILATOR = "invigilator"  # 监考员
    EXAMINER = "examiner"  # 考评员


DUTY_NAMES: dict[Duty, Names] = {
    Duty.INVIGILATOR: Names("监考员", "invigilator"),
    Duty.EXAMINER: Names("考评员", "examiner"),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """Number, and where it stands in the room: row from the front, column from the left, both from 1.

    `out_of_use` says why nobody is seated here; None where somebody may be.
    """

    number: int
    row: int
    column: int
    out_of_use: str | None = None


def seats_of(rows: int, columns: int) -> tuple[Seat, ...]:
    """Seats numbered row by row from the front left. Raises RoomTooLarge."""
    if not (rows > 0 and columns > 0 and rows * columns <= SEATS_AT_MOST):
        raise RoomTooLarge(fields={"rows": RoomTooLarge(most=SEATS_AT_MOST)}, most=SEATS_AT_MOST)
    return tuple(
        Seat((row - 1) * columns + column, row, column)
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    )


def readable_code(typed: str) -> str:
    """The code of a centre or a room, as it stands on tickets. Raises CodeMissing."""
    code = typed.strip()
    if not _CODE.fullmatch(code):
        raise CodeMissing(fields={"code": CodeMissing()})
    return code


def readable_names(names: Mapping[str, str]) -> dict[str, str]:
    """The names in both languages; where the English one is missing, the Chinese stands for it. Raises NameMissing."""
    zh, en = (" ".join(names.get(language, "").split()) for language in ("zh", "en"))
    wrong = {
        f"name_{language}": NameMissing()
        for language, name in (("zh", zh), ("en", en or zh))
        if not 1 <= len(name) <= NAME_AT_MOST or not name.isprintable()
    }
    if wrong:
        raise NameMissing(fields=wrong)
    return {"zh": zh, "en": en or zh}


def require_trades(duty: Duty, qualifications: Collection[str]) -> None:
    """Raises TradesMissing, TradesOfAnInvigilator."""
    if duty is Duty.EXAMINER and not qualifications:
        raise TradesMissing(fields={"qualifications": TradesMissing()})
    if duty is Duty.INVIGILATOR and qualifications:
        raise TradesOfAnInvigilator(fields={"qualifications": TradesOfAnInvigilator()})


@dataclass(frozen=True, slots=True)
class PoolMember:
    """One person of the pool, for one duty; `qualifications` are the trades of an examiner."""

    name: str
    duty: Duty
    qualifications: frozenset[str]
    certificate_until: date | None
    is_active: bool


def is_fit(member: PoolMember, qualification: str, day: date) -> bool:
    """Whether `require_fit` has nothing against it."""
    try:
        require_fit(member, qualification, day)
    except Refused:
        return False
    return True


def require_fit(member: PoolMember, qualification: str, day: date) -> None:
    """May this member do this duty for this trade on that day.

    Raises:
        LeftThePool, CertificateOver, TradeUnknownToExaminer.
    """
    if not member.is_active:
        raise LeftThePool(name=member.name)
    if member.certificate_until is not None and member.certificate_until < day:
        raise CertificateOver(name=member.name, until=member.certificate_until)
    if member.duty is Duty.EXAMINER and qualification not in member.qualifications:
        raise TradeUnknownToExaminer(name=member.name)
