"""Reports of lists of staff and of organisations, and the rows that wait to be mended."""

from typing import Any

from people.admissions.rules.lists import REPORT as ORGANISATIONS
from people.admissions.rules.lists import BadRow as BadOrganisation
from people.admissions.rules.lists import CellProblem as OrganisationProblem
from people.admissions.rules.lists import Column as OrganisationColumn
from people.admissions.rules.lists import as_json as organisations_as_json
from people.admissions.rules.lists import from_json as organisations_from_json
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


def write_organisations() -> dict[str, Any]:
    typed = {OrganisationColumn.NAME: "江城机械厂", OrganisationColumn.CREDIT_CODE: "91990100MA"}
    refusal = RecalledProblem("A code of %(length)d characters.", {"length": 10})
    problem = OrganisationProblem(OrganisationColumn.CREDIT_CODE, "91990100MA", refusal)
    return {"content": organisations_as_json([BadOrganisation(7, typed, (problem,))])}


def verify_organisations(kept: Content) -> None:
    found = organisations_from_json(kept["content"])[0]
    hold((found.row, found.problems[0].typed) == (7, "91990100MA"), "a report of organisations is not read")


SPECIMENS = (
    Specimen(REPORT.name, REPORT.format, write_report, verify_report),
    Specimen(ORGANISATIONS.name, ORGANISATIONS.format, write_organisations, verify_organisations),
    Specimen(TYPED.name, TYPED.format, write_typed, verify_typed),
)
