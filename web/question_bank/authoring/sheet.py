"""The list of versions as an Excel file: what is on the screen, and no content."""

from collections.abc import Callable, Iterable, Mapping

from kernel.errors import N_, Refused
from kernel.sheets import Value, workbook
from question_bank.kinds import KIND_NAMES
from question_bank.questions.queries import VersionRow
from question_bank.questions.rules import Depth
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


WIDTHS = (14, 8, 14, 16, 12, 10, 14, 12, 12, 12, 14)
TITLE = N_("Questions")
ROWS_AT_MOST = 20_000  # a file is made in memory


class ListTooLong(Refused):
    sentence = N_("This list has %(rows)s rows and a file holds at most %(most)s. Narrow the list first.")


def as_excel(
    rows: Iterable[VersionRow], depths: Mapping[str, Mapping[Depth, Mapping[str, str]]], language: str
) -> bytes:
    """The rows as .xlsx in the person's language; `depths` has the words of each bank's outline."""
    headings = [sentence(heading, language) for heading in HEADINGS]
    lines = [
        _cells(row, depths[row.bank], lambda names: named(names, language), sentence(STATES[row.state][1], language))
        for row in rows
    ]
    return workbook(sentence(TITLE, language), headings, lines, WIDTHS)


def _cells(
    row: VersionRow, depths: Mapping[Depth, Mapping[str, str]], said: Callable[[Mapping[str, str]], str], state: str
) -> list[Value]:
    return [
        row.reference,
        row.number,
        said(KIND_NAMES[row.kind]),
        row.point,
        said(depths[row.depth]),
        float(row.difficulty),
        state,
        row.author,
        row.reviewer,
        row.approver,
        day(row.written_at),
    ]
