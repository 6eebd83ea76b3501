"""What people type is read as they write it; all that is wrong is said at once, each thing at its field."""

from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel

from kernel.errors import Invalid, Problem
from people.organisations.errors import DateMissing, DateUnreadable
from web.typed import (
    Fields,
    Missing,
    NotANumber,
    NotATime,
    NotAWholeNumber,
    NotInTheList,
    TooLong,
    a_day,
    a_line,
    a_number,
    a_remark,
    a_time,
    a_whole_number,
    all_readable,
    among,
    an_id,
    chosen,
    day_sought,
    if_any,
    one_of,
    page_number,
    some_text,
    sought,
)

AN_ID = UUID("0192d7d0-0000-7000-8000-000000000001")


class Part(StrEnum):
    THEORY = "theory"
    PRACTICAL = "practical"


class Form(BaseModel):
    day: str = ""
    part: str = ""
    people: list[str] = []


def meant_by(form: Form) -> tuple[date, Part, list[UUID]]:
    with Fields(form) as read:
        return read("day", a_day), read("part", one_of(Part)), read.each("people", an_id)


def test_everything_wrong_is_said_at_once_each_thing_at_its_field():
    with pytest.raises(Invalid) as caught:
        meant_by(Form(day="soon", part="sleep", people=["x"]))
    assert {field: type(problem) for field, problem in caught.value.fields.items()} == {
        "day": DateUnreadable,
        "part": NotInTheList,
        "people": NotInTheList,
    }


def test_a_form_without_a_fault_is_what_was_meant():
    assert meant_by(Form(day="2026-05-31", part="theory", people=[str(AN_ID)])) == (
        date(2026, 5, 31),
        Part.THEORY,
        [AN_ID],
    )


def test_a_fault_of_the_program_is_not_taken_for_something_typed():
    fields = Fields(Form(day=""))
    with pytest.raises(ZeroDivisionError), fields as read:
        read("day", lambda text: 1 / len(text))


REFUSED: list[tuple[Any, str, type[Problem]]] = [
    (a_day, "", DateMissing),
    (a_day, "2026-02-30", DateUnreadable),
    (a_day, "31.5.", DateUnreadable),
    (a_day, "٢٠٢٦-٠٥-٣١x", DateUnreadable),
    (a_time, "", NotATime),
    (a_time, "24:00", NotATime),
    (a_time, "9:", NotATime),
    (a_time, "nine", NotATime),
    (a_time, "-9:00", NotATime),
    (a_time, "²:00x", NotATime),
    (a_whole_number, "", NotAWholeNumber),
    (a_whole_number, "-1", NotAWholeNumber),
    (a_whole_number, "1.5", NotAWholeNumber),
    (a_whole_number, "1000000", NotAWholeNumber),
    (a_whole_number, "٣", NotAWholeNumber),
    (a_number, "", NotANumber),
    (a_number, "NaN", NotANumber),
    (a_number, "Infinity", NotANumber),
    (a_number, "9" * 201, NotANumber),
    (an_id, "x", NotInTheList),
    (one_of(Part), "", NotInTheList),
    (among(["low_voltage"]), "high", NotInTheList),
    (some_text, "  ", Missing),
    (some_text, "长" * 201, TooLong),
    (a_line, "长" * 201, TooLong),
    (a_remark, "长" * 501, TooLong),
]


@pytest.mark.parametrize(("reader", "text", "problem"), REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(reader, text, problem):
    with pytest.raises(problem):
        reader(text)


READ: list[tuple[Any, str, object]] = [
    (a_day, "2026年5月31日", date(2026, 5, 31)),
    (a_day, "２０２６／５／３１", date(2026, 5, 31)),
    (a_day, " 20260531 ", date(2026, 5, 31)),
    (a_time, "9", time(9)),
    (a_time, "０９：３０", time(9, 30)),
    (a_time, "23:59", time(23, 59)),
    (a_whole_number, "０", 0),
    (a_whole_number, " 999999 ", 999_999),
    (a_number, "１.５", Decimal("1.5")),
    (a_number, "4", Decimal(4)),
    (a_line, "  江城 ", "江城"),
    (a_line, "长" * 200, "长" * 200),
    (a_remark, "长" * 500, "长" * 500),
    (among(["low_voltage"]), "low_voltage", "low_voltage"),
    (if_any(a_day), "  ", None),
    (if_any(a_day), "2026-05-31", date(2026, 5, 31)),
]


@pytest.mark.parametrize(("reader", "text", "value"), READ)
def test_what_people_write_is_read(reader, text, value):
    assert reader(text) == value


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "1" * 30, "٣"])
def test_an_address_without_a_page_that_makes_sense_shows_the_first(page):
    assert page_number({"page": page}) == 1


def test_an_old_link_still_shows_a_list():
    query = {"q": " 张\0" + "长" * 200, "day": "soon", "part": "sleep", "page": "7"}
    assert sought(query) == ("张" + "长" * 98)
    assert (day_sought(query), chosen(Part, query, "part"), page_number(query)) == (None, None, 7)
    assert (sought({}), day_sought({}), chosen(Part, {}, "part"), page_number({})) == ("", None, None, 1)
    assert all_readable(an_id, ["x", str(AN_ID), ""]) == [AN_ID]
