"""An office brings a list of organisations: each row once, in its own region, and what is wrong costs no other."""

from uuid import UUID

import pytest

from kernel import sheets
from kernel.actor import Actor, platform
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.tasks import Outcome
from kernel.tasks.queries import NoSuchTask
from kernel.tasks.running import run_due
from kernel.work import Workplace
from people.access.rules import Role
from people.admissions import queries
from people.admissions.actions import bring_organisations, cancel_organisations
from people.admissions.actions.listing import KIND, STRIDE
from people.admissions.errors import NoSuchList
from people.admissions.rules.lists import Column, from_json
from people.organisations.errors import FileNotExcel
from people.organisations.queries import all_organisations
from tests.cast.regions import COUNTY, HERE, THERE, officer, with_regions
from tests.integration.people.organisations.conftest import a_code

KINDS = {KIND.name: KIND}


def a_row(serial: int, name: str = "", region: str = "城关区", phone: str = "13800001234") -> list[str]:
    return [name or f"江城第{serial}机械厂", a_code(serial), "", region, "机械", phone]


def a_list(*rows: list[str]) -> bytes:
    headings = ["单位名称", "统一社会信用代码", "单位类型", "所在地区", "所属行业", "联系电话"]
    return sheets.workbook("名单", headings, rows, [12] * len(headings))


class Office:
    """A registry of the city."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.actor = officer(Role.ADMINISTRATOR, HERE)
        with place.transaction(platform("test"), Face.REGISTRY) as work:
            with_regions(work)

    def do(self, deed, *args: UUID, actor: Actor | None = None, **kwargs):
        with self.place.transaction(actor or self.actor, Face.REGISTRY) as work:
            return deed(work, *args, **kwargs)

    def brings(self, *rows: list[str]) -> UUID:
        found: UUID = self.do(bring_organisations, content=a_list(*rows), file_name="企业名单.xlsx", demonstration=True)
        return found

    def steps(self, most: int = 10_000) -> None:
        left = iter(range(most))
        run_due(self.place, KINDS, Face.REGISTRY, keep_going=lambda: next(left, None) is not None)

    def report(self, list_id: UUID, actor: Actor | None = None):
        return self.do(queries.list_report, list_id, actor=actor)

    def registered(self) -> dict[str, str | None]:
        return {row.credit_code: row.region for row in self.do(all_organisations)}


@pytest.fixture(scope="module")
def office(own_workplace: Workplace) -> Office:
    return Office(own_workplace)


def counts(report) -> tuple[int, int, int, int]:
    return report.taken, report.unchanged, report.refused, report.not_reached


@pytest.mark.parametrize("role", [Role.ENTERPRISE_MANAGER, Role.EXAM_OFFICER, Role.CERTIFICATE_OFFICER])
def test_only_the_registry_brings_one(office, role):
    with pytest.raises(Forbidden):
        office.do(bring_organisations, content=a_list(a_row(1)), file_name="x", actor=officer(role, HERE))


def test_what_is_no_workbook_is_said_at_once(office):
    with pytest.raises(FileNotExcel):
        office.do(bring_organisations, content=b"name,code", file_name="x.csv")


def test_rows_that_are_right_are_registered_and_each_other_is_reported(office):
    found = office.brings(a_row(1), a_row(2, region="云溪市"), a_row(3, phone="12"), a_row(1, name="重复"))
    office.steps()
    report = office.report(found)
    assert counts(report) == (1, 0, 3, 0)
    assert office.registered()[a_code(1)] == COUNTY
    bad = from_json(report.bad_rows)
    assert [(each.row, each.problems[0].column) for each in bad] == [
        (3, Column.REGION),
        (4, Column.PHONE),
        (5, Column.CREDIT_CODE),
    ]


def test_the_same_list_again_changes_nothing_and_another_name_is_refused(office):
    rows = [a_row(serial) for serial in range(10, 14)]
    office.brings(*rows)
    office.steps()
    again = office.brings(*rows, a_row(14), a_row(15))
    office.steps()
    assert counts(office.report(again)) == (2, 4, 0, 0)
    renamed = office.brings(a_row(10, name="改名机械厂"))
    office.steps()
    assert counts(office.report(renamed)) == (0, 0, 1, 0)
    (bad,) = from_json(office.report(renamed).bad_rows)
    assert "江城第10机械厂" in str(bad.problems[0].problem)


def test_rows_to_mend_come_in_once_they_are_mended(office):
    first = office.brings(a_row(20, phone="12"))
    office.steps()
    (bad,) = from_json(office.report(first).bad_rows)
    mended = [bad.typed[column] for column in Column]
    mended[5] = "13800001234"
    second = office.brings(mended)
    office.steps()
    assert counts(office.report(second)) == (1, 0, 0, 0)


def test_cancelled_in_the_middle_it_says_how_many_rows_nobody_looked_at(office):
    rows = [a_row(serial) for serial in range(1000, 1000 + 2 * STRIDE)]
    found = office.brings(*rows)
    office.steps(2)
    office.do(cancel_organisations, found)
    office.steps()
    report = office.report(found)
    assert report.taken + report.not_reached == 2 * STRIDE
    assert report.not_reached > 0
    assert set(office.registered()) >= {row[1] for row in rows[: report.taken]}


def test_an_office_of_another_region_finds_neither_task_nor_report(office):
    found = office.brings(a_row(30))
    with pytest.raises(NoSuchTask):
        office.do(queries.list_task, found, actor=officer(Role.ADMINISTRATOR, THERE, UUID(int=9)))
    office.steps()
    with pytest.raises(NoSuchList):
        office.report(found, officer(Role.ADMINISTRATOR, THERE))
    assert office.report(found, officer(Role.ADMINISTRATOR, None)).taken == 1
    assert office.do(queries.list_task, found).outcome is Outcome.FINISHED


def test_the_task_registers_within_the_region_of_whoever_began_it(office):
    """The office's scope is kept with the task: the worker that does it acts for no other."""
    found = office.brings(a_row(40, region="990201"))
    office.steps()
    assert counts(office.report(found)) == (0, 0, 1, 0)
    assert a_code(40) not in office.registered()
