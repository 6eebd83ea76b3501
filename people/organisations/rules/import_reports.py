"""Writing down which rows were not taken and why, and reading it back.

Sentences are kept as message ids with their data, so that the report can be read again in either language.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from people.organisations.errors import RecalledProblem
from people.organisations.rules.staff_lists import BadRow, CellProblem, Column

FORMAT: Final = 1


def as_json(bad_rows: Iterable[BadRow]) -> dict[str, Any]:
    """`bad_rows` as plain JSON values."""
    return {"format": FORMAT, "rows": [_row_as_json(each) for each in bad_rows]}


def from_json(written: Mapping[str, Any]) -> tuple[BadRow, ...]:
    """What `as_json` wrote down; the problems come back as RecalledProblem, reading the same."""
    return tuple(_row_from_json(each) for each in written["rows"])


def _row_as_json(bad: BadRow) -> dict[str, Any]:
    return {
        "row": bad.row,
        "typed": {column.value: text.replace("\0", "") for column, text in bad.typed.items()},
        "problems": [
            {"column": each.column.value, "sentence": each.problem.sentence, "data": _plain(each.problem.data)}
            for each in bad.problems
        ],
    }


def _row_from_json(written: Mapping[str, Any]) -> BadRow:
    typed = {Column(column): text for column, text in written["typed"].items()}
    problems = tuple(
        CellProblem(
            row=written["row"],
            column=Column(each["column"]),
            typed=typed.get(Column(each["column"]), ""),
            problem=RecalledProblem(each["sentence"], each["data"]),
        )
        for each in written["problems"]
    )
    return BadRow(written["row"], typed, problems)


def _plain(data: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int) else str(value).replace("\0", "") for name, value in data.items()}
