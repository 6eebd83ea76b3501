"""What is typed about centres, rooms and staff, turned into what a deed needs or into an Invalid by field."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from exams.centres.actions import RoomPlan, StaffPlan
from exams.centres.rules import Duty, RoomKind
from kernel.errors import N_, Invalid, Problem

Short = Annotated[str, StringConstraints(max_length=200)]


class NotInTheList(Problem):
    sentence = N_("Choose one of the list.")


class NotANumber(Problem):
    sentence = N_("Type a whole number.")


class NotADay(Problem):
    sentence = N_("Type the day as 2026-05-31.")


class TypedNames(BaseModel):
    code: Short = ""
    name_zh: Short = ""
    name_en: Short = ""

    def names(self) -> dict[str, str]:
        return {"zh": self.name_zh, "en": self.name_en}


class TypedCentre(TypedNames):
    address: Short = ""


class TypedRoom(TypedNames):
    kind: Short = ""
    rows: Short = ""
    columns: Short = ""

    def plan(self) -> RoomPlan:
        """Raises Invalid."""
        kinds = {kind.value: kind for kind in RoomKind}
        if self.kind not in kinds:
            raise Invalid({"kind": NotInTheList()})
        return RoomPlan(
            code=self.code,
            names=self.names(),
            kind=kinds[self.kind],
            rows=whole_number(self.rows, "rows"),
            columns=whole_number(self.columns, "columns"),
        )


class TypedStaff(BaseModel):
    person: Short = ""
    duty: Short = ""
    qualifications: list[Short] = []
    certificate_number: Short = ""
    certificate_until: Short = ""

    def plan(self, examined: list[str]) -> StaffPlan:
        """`examined` are the trades that can be chosen. Raises Invalid."""
        duties = {duty.value: duty for duty in Duty}
        if self.duty not in duties:
            raise Invalid({"duty": NotInTheList()})
        if not set(self.qualifications) <= set(examined):
            raise Invalid({"qualifications": NotInTheList()})
        return StaffPlan(
            person_id=_person(self.person),
            duty=duties[self.duty],
            qualifications=tuple(self.qualifications),
            certificate_number=self.certificate_number.strip(),
            certificate_until=_day(self.certificate_until),
        )


class TypedSeat(BaseModel):
    number: Short = ""
    reason: Annotated[str, StringConstraints(max_length=500)] = ""


def whole_number(text: str, field: str) -> int:
    """Raises Invalid at `field`."""
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 4):  # noqa: PLR2004 - a thousand
        raise Invalid({field: NotANumber()})
    return int(text)


def _person(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid({"person": NotInTheList()}) from None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Invalid({"certificate_until": NotADay()}) from None
