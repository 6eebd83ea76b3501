"""The enterprise's board, from the rows of people and certificates."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import event

from certification.applications.actions import approve_application, record_passed_part, refuse_application
from certification.certificates.actions.deciding import suspend_certificate
from certification.certificates.queries import certificates_of
from certification.compliance import queries as compliance
from certification.compliance import rules
from certification.compliance.queries import obligations, own_board
from certification.eligibility.queries import newest_eligibilities
from exams.standards.rules import Part
from kernel.clock import shanghai_date
from kernel.errors import NotFound
from kernel.ids import new_id
from kernel.law import Book, Confidence, Figure
from people.access.rules import Role
from people.accounts import queries as accounts
from people.organisations.rules.employments import OrganisationKind
from people.organisations.tables import EmploymentRecord, OrganisationRecord, PostRecord
from tests.cast.regions import HERE, PROVINCE, with_regions

SOURCE = "九九省工伤保险实施办法（测试）第五条"


class Plant:
    def __init__(self, office) -> None:
        self.office = office
        self.id = office.organisation(OrganisationKind.ENTERPRISE, "演示机械厂")
        office.work.session.flush()
        self.manager = office.someone(Role.ENTERPRISE_MANAGER, organisation_id=self.id)
        self.post_id = new_id()
        office.work.session.add(
            PostRecord(id=self.post_id, organisation_id=self.id, name="维修电工", kind="maintenance_electrician")
        )
        office.work.session.flush()

    def hires(self, name: str = "张伟", *, insured: bool = True):
        person_id = self.office.person(name)
        self.office.work.session.add(
            EmploymentRecord(
                id=new_id(),
                person_id=person_id,
                organisation_id=self.id,
                post_id=self.post_id,
                post_since=date(2026, 9, 1),
                hired_on=date(2026, 9, 1),
                migrant_worker=False,
                injury_insurance=insured,
                left_on=None,
                created_at=self.office.work.now,
            )
        )
        return person_id

    def board(self):
        self.office.work.actor = self.manager
        self.office.work.session.flush()
        return own_board(self.office.work)

    def stands_in(self, region: str) -> None:
        with_regions(self.office.as_platform())
        self.office.work.session.get_one(OrganisationRecord, self.id).region_code = region

    def sentences(self):
        [line] = self.board()
        return [reason.sentence for reason in line.verdict.bars]


@pytest.fixture
def plant(office):
    return Plant(office)


def test_step_by_step_the_sentence_changes_and_at_last_the_line_is_green(plant, office, printing):
    person_id = plant.hires()
    assert plant.sentences() == [rules.NOT_BEGUN]
    office.trained(person_id)
    assert plant.sentences() == [rules.MAY_SIT]
    record_passed_part(office.as_platform(), office.part(person_id, Part.THEORY))
    assert plant.sentences() == [rules.THEORY_PASSED]
    application_id = record_passed_part(office.as_platform(), office.part(person_id, Part.PRACTICAL))
    assert application_id
    assert plant.sentences() == [rules.ALL_PASSED]
    certificate_id = approve_application(office.as_officer(), application_id, printing=printing)
    [line] = plant.board()
    assert line.verdict.light is rules.Light.GREEN
    assert line.verdict.good_until.year == shanghai_date(office.work.now).year + 6
    suspend_certificate(office.as_officer(), certificate_id, reason="核查举报。")
    [sentence] = plant.sentences()
    assert "suspended" in sentence


def test_a_refused_application_is_said(plant, office):
    person_id = plant.hires()
    application_id = office.passed(person_id)
    refuse_application(office.as_officer(), application_id, reason="体检证明缺失。")
    assert plant.sentences() == [rules.REFUSED]


def test_missing_insurance_bars_whoever_holds_a_certificate(plant, office, printing):
    person_id = plant.hires(insured=False)
    application_id = office.passed(person_id)
    approve_application(office.as_officer(), application_id, printing=printing)
    assert plant.sentences() == [rules.NO_INSURANCE]


def test_who_may_not_work_stands_first(plant, office, printing):
    certified = plant.hires("安全")
    plant.hires("张无证")
    application_id = office.passed(certified)
    approve_application(office.as_officer(), application_id, printing=printing)
    assert [line.staff.name for line in plant.board()] == ["张无证", "安全"]


def test_another_enterprise_sees_nothing_of_it(plant, office):
    plant.hires()
    other = office.organisation(OrganisationKind.ENTERPRISE, "另一家厂")
    office.work.session.flush()
    office.work.actor = office.someone(Role.ENTERPRISE_MANAGER, organisation_id=other)
    assert own_board(office.work) == []


def test_without_an_enterprise_there_is_no_board(office):
    office.work.actor = office.someone(Role.ENTERPRISE_MANAGER)
    with pytest.raises(NotFound):
        own_board(office.work)


@contextmanager
def told(office) -> Iterator[list[int]]:
    """How many parameters each statement takes."""
    counts: list[int] = []

    def count(_connection, _cursor, _statement, parameters, _context, _many) -> None:
        counts.append(len(parameters))

    engine = office.work.session.get_bind()
    event.listen(engine, "before_cursor_execute", count)
    yield counts
    event.remove(engine, "before_cursor_execute", count)


def test_the_board_of_many_is_asked_for_in_as_few_words_as_that_of_few(plant, office):
    plant.hires()
    with told(office) as of_one:
        assert len(plant.board()) == 1
    for number in range(20):
        plant.hires(f"员工{number}")
    with told(office) as of_many:
        assert len(plant.board()) == 21
    assert of_many[-len(of_one) :] == of_one


def test_more_people_than_a_statement_has_parameters_are_asked_about_at_once(plant, office):
    person_id = plant.hires()
    office.trained(person_id)
    many = [person_id, *(uuid4() for _ in range(70_000))]
    assert certificates_of(office.work, many) == {}
    assert set(newest_eligibilities(office.work, many)) == {(person_id, "low_voltage")}
    assert set(accounts.people(office.work, many)) == {person_id}


@pytest.mark.parametrize(("region", "may_work"), [(PROVINCE, True), ("980000", False)])
def test_a_province_that_asks_for_less_does_so_at_its_own_enterprises_only(plant, monkeypatch, region, may_work):
    """Its own rule, with its own source, lets somebody without insurance work; elsewhere the country's bars them."""
    as_it_is = obligations()
    [countrys] = as_it_is.insurances
    own = replace(countrys, code="province", region=region, bars_work=Figure(False, SOURCE, Confidence.READ))
    book = Book([*as_it_is.insurances, own], about=lambda _: ["insurance"])
    monkeypatch.setattr(compliance, "obligations", lambda: replace(as_it_is, insurances=book))
    plant.stands_in(HERE)
    plant.hires(insured=False)
    assert (rules.NO_INSURANCE not in plant.sentences()) is may_work
