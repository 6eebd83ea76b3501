"""Reports of staff lists, and the rows that wait to be mended."""

from typing import Any

from people.organisations.errors import RecalledProblem
from people.organisations.rules.import_reports import REPORT, TYPED, typed_bytes
from people.organisations.rules.import_reports import as_json as report_as_json
from people.organisations.rules.import_reports import from_json as report_from_json
from people.organisations.rules.staff_lists import BadRow, CellProblem, Column
from tests.golden.specimens.what import Content, Specimen, hold


def bad_rows() -> tuple[BadRow, ...]:
    problem = CellProblem(3, Column.ID_NUMBER, "990101198804120011", RecalledProblem("Not a number: %(typed)s", {}))
    return (BadRow(3, {Column.NAME: "李卫国", Column.ID_NUMBER: "990101198804120011"}, (problem,)),)


def write_report() -> dict[str, Any]:
    return {"content": report_as_json(bad_rows())}


def verify_report(kept: Content) -> None:
    hold(report_from_json(kept["content"])[0].row == 3, "a report is not read")


def write_typed() -> dict[str, Any]:
    return {"content": typed_bytes(bad_rows()).decode()}


def verify_typed(kept: Content) -> None:
    (row,) = report_from_json(report_as_json(bad_rows()), kept["content"].encode())
    hold(row.typed[Column.ID_NUMBER] == "990101198804120011", "rows to mend are not read whole")


SPECIMENS = (
    Specimen(REPORT.name, REPORT.format, write_report, verify_report),
    Specimen(TYPED.name, TYPED.format, write_typed, verify_typed),
)
