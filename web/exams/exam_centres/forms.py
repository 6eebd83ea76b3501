"""What is typed about centres, rooms and staff, turned into what a deed needs or into an Invalid by field."""

from typing import Any

from pydantic import BaseModel

from exams.centres.actions import RoomPlan, StaffPlan
from exams.centres.rules import Duty, RoomKind
from web.typed import (
    Fields,
    a_day,
    a_line,
    a_remark,
    a_whole_number,
    among,
    an_id,
    if_any,
    one_of,
)


class TypedNames(BaseModel):
    code: str = ""
    name_zh: str = ""
    name_en: str = ""


class TypedCentre(TypedNames):
    address: str = ""
    region: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `add_centre` that are typed. Raises Invalid by field."""
        with Fields(self) as read:
            code, address, region = read("code", a_line), read("address", a_line), read("region", if_any(a_line))
            names = _names(read)
        return {"code": code, "names": names, "address": address, "region": region}


class TypedRoom(TypedNames):
    kind: str = ""
    rows: str = ""
    columns: str = ""

    def plan(self) -> RoomPlan:
        """Raises Invalid by field."""
        with Fields(self) as read:
            code, names = read("code", a_line), _names(read)
            kind = read("kind", one_of(RoomKind))
            rows, columns = read("rows", a_whole_number), read("columns", a_whole_number)
        return RoomPlan(code=code, names=names, kind=kind, rows=rows, columns=columns)


class TypedStaff(BaseModel):
    person: str = ""
    duty: str = ""
    qualifications: list[str] = []
    certificate_number: str = ""
    certificate_until: str = ""

    def plan(self, examined: list[str]) -> StaffPlan:
        """`examined` are the trades that can be chosen. Raises Invalid by field."""
        with Fields(self) as read:
            person_id = read("person", an_id)
            duty = read("duty", one_of(Duty))
            qualifications = read.each("qualifications", among(examined))
            number = read("certificate_number", a_line)
            until = read("certificate_until", if_any(a_day))
        return StaffPlan(
            person_id=person_id,
            duty=duty,
            qualifications=tuple(qualifications),
            certificate_number=number,
            certificate_until=until,
        )


class TypedSeat(BaseModel):
    number: str = ""
    reason: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `take_seat_out_of_use` that are typed. Raises Invalid by field."""
        with Fields(self) as read:
            number, reason = read("number", a_whole_number), read("reason", a_remark)
        return {"number": number, "reason": reason}


def _names(read: Fields) -> dict[str, str]:
    return {"zh": read("name_zh", a_line), "en": read("name_en", a_line)}
