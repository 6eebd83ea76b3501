"""The list of versions as an Excel file: what is on the screen, and no content."""

import io
from collections.abc import Callable, Iterable

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING

from kernel.errors import N_
from question_bank.questions.queries import VersionRow
from question_bank.questions.rules import DEPTH_NAMES, KIND_NAMES
from web.question_bank.authoring.words import STATES
from web.words import day, named, sentence

HEADINGS = (
    N_("Reference"),
    N_("Version"),
    N_("Kind"),
    N_("Knowledge point"),
    N_("Depth"),
    N_("Difficulty"),
    N_("State"),
    N_("Author"),
    N_("Reviewer"),
    N_("Approver"),
    N_("Written on"),
)


def workbook(rows: Iterable[VersionRow], language: str) -> bytes:
    """The rows as .xlsx in the person's language. Every cell is text or a number, so that none is a formula."""
    book = Workbook(write_only=False)
    sheet = book.active
    assert sheet is not None
    sheet.append([sentence(heading, language) for heading in HEADINGS])
    for row in rows:
        sheet.append(_cells(row, lambda names: named(names, language), sentence(STATES[row.state][1], language)))
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            if isinstance(cell.value, str):
                cell.data_type = TYPE_STRING
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(row: VersionRow, said: Callable[[dict[str, str]], str], state: str) -> list[str | int | float]:
    return [
        row.reference,
        row.number,
        said(KIND_NAMES[row.kind]),
        row.point,
        said(DEPTH_NAMES[row.depth]),
        float(row.difficulty),
        state,
        row.author,
        row.reviewer,
        row.approver,
        day(row.written_at),
    ]
