"""Two enterprises bring their lists in the same moment: neither waits for the other, and a person stays one person."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from sqlalchemy import text

from kernel.actor import platform
from kernel.faces import Face
from people.organisations import queries
from people.organisations.actions import add_post, import_staff, register_organisation
from people.organisations.errors import NameDiffersFromRecord
from people.organisations.formats.workbooks import uploaded
from people.organisations.queries import StaffFilter
from people.organisations.rules.employments import OrganisationKind
from people.organisations.rules.import_reports import from_json
from tests.cast.locks import somebody_waits
from tests.cast.waiting import LIMIT_SECONDS, until

from .conftest import a_code, a_list, a_row, as_manager_of

serials = count(101)


class Enterprise:
    """An enterprise that is on record, and works of its manager that commit."""

    def __init__(self, workplace) -> None:
        self.workplace = workplace
        serial = next(serials)
        with workplace.transaction(platform("test"), Face.REGISTRY) as work:
            self.id = register_organisation(
                work,
                kind=OrganisationKind.ENTERPRISE,
                name=f"企业{serial}",
                credit_code=a_code(serial),
                is_demonstration=True,
            )
            as_manager_of(work, self.id)
            add_post(work, name="维修电工", kind="maintenance_electrician")

    def brings(self, work, *rows: list[object]):
        as_manager_of(work, self.id)
        return queries.staff_import(work, import_staff(work, file=uploaded(a_list(*rows)), file_name="a.xlsx"))

    def at_work(self):
        return self.workplace.transaction(platform("test"), Face.REGISTRY)

    def brings_alone(self, *rows: list[object]):
        with self.at_work() as work:
            return self.brings(work, *rows)

    def staff(self):
        with self.at_work() as work:
            return queries.all_staff(as_manager_of(work, self.id), StaffFilter())


@pytest.fixture
def two(own_workplace):
    return Enterprise(own_workplace), Enterprise(own_workplace)


def one(workplace, statement):
    with workplace.engines.of(Face.REGISTRY).connect() as connection:
        return connection.scalar(text(statement))


def test_a_list_does_not_wait_for_that_of_another_enterprise(two):
    first, second = two
    with ThreadPoolExecutor(1) as elsewhere, first.at_work() as work:
        first.brings(work, a_row(11))
        assert elsewhere.submit(second.brings_alone, a_row(12)).result(LIMIT_SECONDS).taken == 1
    assert len(first.staff()) == len(second.staff()) == 1


def test_somebody_new_on_two_lists_at_once_is_one_person(two, own_workplace):
    first, second = two
    with ThreadPoolExecutor(1) as elsewhere:
        with first.at_work() as work:
            first.brings(work, a_row(21), a_row(22, "李卫国"))
            later = elsewhere.submit(second.brings_alone, a_row(22, "李卫国"), a_row(21))
            until(lambda: later.done() or somebody_waits(own_workplace), "the second list neither waits nor is done")
        assert later.result(LIMIT_SECONDS).taken == 2
    assert {row.person_id for row in first.staff()} == {row.person_id for row in second.staff()}
    alone = "SELECT count(*) FROM people.persons WHERE id NOT IN (SELECT person_id FROM people.identity_documents)"
    assert one(own_workplace, alone) == 0, "nobody stays behind without a document"


def test_of_two_lists_that_name_the_same_number_differently_the_later_learns_it(two, own_workplace):
    first, second = two
    with ThreadPoolExecutor(1) as elsewhere:
        with first.at_work() as work:
            first.brings(work, a_row(31))
            later = elsewhere.submit(second.brings_alone, a_row(31, "张强"), a_row(32, "李卫国"))
            until(lambda: later.done() or somebody_waits(own_workplace), "the second list neither waits nor is done")
        report = later.result(LIMIT_SECONDS)
    assert (report.taken, report.refused) == (1, 1)
    (bad,) = from_json(report.bad_rows)
    assert bad.problems[0].problem.sentence == NameDiffersFromRecord.sentence


def test_two_lists_of_one_enterprise_employ_nobody_twice(two, own_workplace):
    first, _ = two
    with ThreadPoolExecutor(1) as elsewhere:
        with first.at_work() as work:
            first.brings(work, a_row(41))
            later = elsewhere.submit(first.brings_alone, a_row(41))
            until(lambda: later.done() or somebody_waits(own_workplace), "the second list neither waits nor is done")
        assert later.result(LIMIT_SECONDS).unchanged == 1
    assert len(first.staff()) == 1
