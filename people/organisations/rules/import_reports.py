"""Writing down which rows were not taken and why, and reading it back.

Sentences are kept as message ids with their data, so that the report can be read again in either language. What was
typed is kept sealed, for the file of rows to mend; for screens it stands beside it with every number of a document
masked, whatever cell it was typed into.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from people.accounts.rules.id_numbers import masked
from people.organisations.errors import RecalledProblem
from people.organisations.rules.staff_lists import BadRow, CellProblem, Column

FORMAT: Final = 1
# A number of GB 11643 with a slip in its length is still somebody's; a mobile number, with eleven digits, is not one.
_LIKE_A_DOCUMENT: Final = re.compile(r"[0-9０-９][0-9０-９Xx \-]{12,}[0-9０-９Xx]")

# Takes bytes and the name of the place where they belong, gives bytes.
Seal = Callable[[bytes, bytes], bytes]


def as_json(bad_rows: Iterable[BadRow], import_id: UUID, seal: Seal) -> dict[str, Any]:
    """`bad_rows` as plain JSON values; `seal` closes what was typed in a row."""
    return {"format": FORMAT, "rows": [_row_as_json(each, import_id, seal) for each in bad_rows]}


def from_json(written: Mapping[str, Any], import_id: UUID, unseal: Seal | None = None) -> tuple[BadRow, ...]:
    """What `as_json` wrote down; the problems come back as RecalledProblem, reading the same.

    Without `unseal` numbers of documents come back masked.
    """
    return tuple(_row_from_json(each, import_id, unseal) for each in written["rows"])


def shown(column: Column, text: str) -> str:
    """What was typed, as screens show it."""
    return masked(text) if column is Column.ID_NUMBER else _LIKE_A_DOCUMENT.sub(lambda found: masked(found[0]), text)


def _row_as_json(bad: BadRow, import_id: UUID, seal: Seal) -> dict[str, Any]:
    typed = {column.value: text.replace("\0", "") for column, text in bad.typed.items()}
    sealed = seal(json.dumps(typed).encode(), _place(import_id, bad.row))
    return {
        "row": bad.row,
        "shown": {column: shown(Column(column), text) for column, text in typed.items()},
        "sealed": b64encode(sealed).decode(),
        "problems": [
            {"column": each.column.value, "sentence": each.problem.sentence, "data": _plain(each.problem.data)}
            for each in bad.problems
        ],
    }


def _row_from_json(written: Mapping[str, Any], import_id: UUID, unseal: Seal | None) -> BadRow:
    place = _place(import_id, written["row"])
    held = json.loads(unseal(b64decode(written["sealed"]), place)) if unseal else written["shown"]
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


def _place(import_id: UUID, row: int) -> bytes:
    return f"{import_id} row {row}".encode()


def _plain(data: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value if isinstance(value, int) else shown(Column.NAME, str(value).replace("\0", ""))
        for name, value in data.items()
    }
