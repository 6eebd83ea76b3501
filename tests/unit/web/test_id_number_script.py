"""The page's judgement of an ID number is the server's: the same numbers, the same kinds of refusal, the same data."""

import json
import subprocess
from datetime import date
from pathlib import Path

from people.accounts.rules.id_numbers import IdNumberMissing, IdNumberUnusable, check_digit, parse_id_number

JUDGE_ALL = Path(__file__).with_name("judge_id_numbers.js")
TODAY = date(2026, 11, 23)
ODD = [
    "",
    " ",
    "Ｘ",
    "²",
    "一",
    "𠮷",
    "-",
    "11010519900307",
    "110105900307123",
    "1 1 0105-1990\u20130307 002x",
    "\ufeff",
]
REGIONS = ("110105", "990101", "160101", "710000", "830000", "000000")
BORN = [
    "00000101",
    "00010101",
    "19000229",
    "20000229",
    "19060101",
    "19051231",
    "20261123",
    "20261124",
    "20261301",
    "19900431",
]


SLIPS = [*"0123456789Xxab -·", "", "３", "X "]


def numbers() -> list[str]:
    """Good numbers, and each with a slip at every place."""
    first_17 = [f"{region}{born}{order}" for region in REGIONS for born in BORN for order in ("013", "208")]
    good = [each + check_digit(each) for each in first_17]
    slipped = [
        number[:place] + SLIPS[(count + place) % len(SLIPS)] + number[place + 1 :]
        for count, number in enumerate(good)
        for place in range(18)
    ]
    return [*ODD, *good, *slipped]


def by_the_server(typed: str, *, demonstration: bool) -> dict[str, object] | None:
    try:
        parse_id_number(typed, today=TODAY, demonstration=demonstration)
    except IdNumberMissing:
        return None  # an empty field is told when the form is sent
    except IdNumberUnusable as problem:
        return {"kind": type(problem).__name__, "data": problem.data}
    return None


def by_the_page(typed: list[str]) -> list[list[dict[str, object] | None]]:
    """The page's judgement of each: of a demonstration, and of none."""
    asked = json.dumps({"numbers": typed, "today": TODAY.isoformat()})
    ran = subprocess.run(["node", str(JUDGE_ALL)], input=asked, capture_output=True, text=True, check=True)
    judged: list[list[dict[str, object] | None]] = json.loads(ran.stdout)
    return judged


def test_page_and_server_judge_alike():
    typed = numbers()
    judged = [[by_the_server(each, demonstration=flag) for flag in (True, False)] for each in typed]
    differ = [
        (each, page, server)
        for each, page, server in zip(typed, by_the_page(typed), judged, strict=True)
        if page != server
    ]
    assert differ == []
    kinds = {found["kind"] for pair in judged for found in pair if found}
    assert len(kinds) == 9, kinds  # every refusal but the empty field was met
