"""Writing down which rows were not taken and why, and reading it back.

Sentences are kept as message ids with their data, so that the report can be read again in either language. What was
typed is kept sealed, for the file of rows to mend; for screens it stands beside it with every number of a document
masked, whatever cell it was typed into.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from kernel.lasting import canonical_json, lasting
from people.accounts.rules.id_numbers import masked
from people.organisations.errors import RecalledProblem
from people.organisations.rules.staff_lists import BadRow, CellProblem, Column

REPORT: Final = lasting("people.staff_import")
TYPED: Final = lasting("people.staff_import_rows")
# A number of GB 11643 with a slip in its length is still somebody's; a mobile number, with eleven digits, is not one.
_LIKE_A_DOCUMENT: Final = re.compile(r"[0-9０-９][0-9０-９Xx \-]{12,}[0-9０-９Xx]")


def as_json(bad_rows: Iterable[BadRow]) -> dict[str, Any]:
    """`bad_rows` as plain JSON values, every number of a document masked."""
    return REPORT.written({"rows": [_row_as_json(each) for each in bad_rows]})


def typed_bytes(bad_rows: Iterable[BadRow]) -> bytes:
    """What was typed in `bad_rows`, whole; to be sealed."""
    rows = {str(bad.row): _typed(bad) for bad in bad_rows}
    return canonical_json(TYPED.written({"rows": rows}))


def from_json(written: Mapping[str, Any], typed: bytes | None = None) -> tuple[BadRow, ...]:
    """What `as_json` wrote down; the problems come back as RecalledProblem, reading the same.

    Without what `typed_bytes` gave, numbers of documents come back masked. Raises FormatUnknown.
    """
    held = TYPED.read(json.loads(typed))["rows"] if typed is not None else {}
    rows = REPORT.read(written)["rows"]
    return tuple(_row_from_json(each, held.get(str(each["row"]), each["shown"])) for each in rows)


def whole_bytes(bad_rows: Iterable[BadRow]) -> bytes:
    """`bad_rows` with what was typed, in one; to be sealed. `from_whole_bytes` reads it back."""
    rows = tuple(bad_rows)
    return canonical_json({"report": as_json(rows), "typed": typed_bytes(rows).decode()})


def from_whole_bytes(whole: bytes) -> tuple[BadRow, ...]:
    """What `whole_bytes` wrote. Raises FormatUnknown."""
    written = json.loads(whole)
    return from_json(written["report"], written["typed"].encode())


def shown(column: Column, text: str) -> str:
    """What was typed, as screens show it."""
    return masked(text) if column is Column.ID_NUMBER else _LIKE_A_DOCUMENT.sub(lambda found: masked(found[0]), text)


def _typed(bad: BadRow) -> dict[str, str]:
    return {column.value: text.replace("\0", "") for column, text in bad.typed.items()}


def _row_as_json(bad: BadRow) -> dict[str, Any]:
    return {
        "row": bad.row,
        "shown": {column: shown(Column(column), text) for column, text in _typed(bad).items()},
        "problems": [
            {"column": each.column.value, "sentence": each.problem.sentence, "data": _plain(each.problem.data)}
            for each in bad.problems
        ],
    }


def _row_from_json(written: Mapping[str, Any], held: Mapping[str, str]) -> BadRow:
    typed = {Column(column): text for column, text in held.items()}
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
    return {
        name: value if isinstance(value, int) else shown(Column.NAME, str(value).replace("\0", ""))
        for name, value in data.items()
    }
