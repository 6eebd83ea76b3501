"""A province has a standard of its own: exams at its centres follow it, those elsewhere the country's."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from exams.practicals import queries as practicals
from exams.practicals.actions import open_practicals
from exams.sittings.queries import sitting
from exams.standards import queries as standards
from exams.standards.errors import NoStandard
from exams.standards.rules import Part, Standard
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from kernel.law import Book, Confidence, Figure
from tests.cast.exam_day import bank_is_there
from tests.cast.regions import PROVINCE, with_regions
from tests.integration.exams.conftest import AT_NINE, ExamOffice

ELSEWHERE = "980000"
TRADE = "low_voltage"
SOURCE = "九九省安全生产考试实施细则（测试）第八条"


@pytest.fixture
def workplace(own_workplace):
    """One that knows its regions."""
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        with_regions(work)
    return own_workplace


def of_a_province(region: str) -> Book[Standard]:
    """The standards as they are, and one of a province that gives candidates 80 minutes and passes them at 85."""
    own = replace(
        standards.standard_for(TRADE, Part.THEORY, shanghai_date(AT_NINE)),
        code="province",
        region=region,
        minutes=Figure(80, SOURCE, Confidence.READ),
    )
    return Book([*standards.standards(), own], about=lambda each: [(each.qualification, each.part)])


@pytest.mark.parametrize(("region", "minutes"), [(PROVINCE, 80), (ELSEWHERE, 120)])
def test_a_sitting_is_held_by_the_standard_of_the_province_of_its_centre(workplace, monkeypatch, region, minutes):
    book = of_a_province(region)
    monkeypatch.setattr(standards, "standards", lambda: book)
    office = ExamOffice(workplace)
    planned = office.look(sitting, office.planned())
    assert planned.minutes == minutes
    assert (planned.standard["code"] == "province") is (region == PROVINCE)


def test_where_only_another_province_examines_a_trade_no_sitting_is_planned(workplace, monkeypatch):
    own = of_a_province(ELSEWHERE).coded("province")
    monkeypatch.setattr(
        standards, "standards", lambda: Book([own], about=lambda each: [(each.qualification, each.part)])
    )
    with pytest.raises(NoStandard):
        ExamOffice(workplace).planned()


def test_the_blueprint_of_another_province_is_not_taken_for_the_countrys(monkeypatch):
    day = shanghai_date(AT_NINE)
    own = replace(of_a_province(PROVINCE).coded("province"), blueprint="of_the_province")
    book = Book([own, *standards.standards()], about=lambda each: [(each.qualification, each.part)])
    countrys = standards.blueprint_of(TRADE, Part.THEORY, day)
    monkeypatch.setattr(standards, "standards", lambda: book)
    assert standards.blueprint_of(TRADE, Part.THEORY, day) == countrys
    assert standards.blueprint_of(TRADE, Part.THEORY, day, PROVINCE) == "of_the_province"


@pytest.mark.parametrize("region", [PROVINCE, ELSEWHERE])
def test_a_practical_is_marked_by_the_standard_of_the_province_of_its_centre(workplace, monkeypatch, region):
    countrys = practicals.standard_for(TRADE, shanghai_date(AT_NINE))
    own = replace(countrys, code="province", version=countrys.version + 90, region=region)
    book = Book([*practicals.standards(), own], about=lambda each: [each.qualification])
    monkeypatch.setattr(practicals.dated, "standards", lambda: book)
    bank_is_there(workplace)
    office = ExamOffice(workplace)
    zhang = office.trained()
    office.release(office.closed(zhang))
    sitting_id: UUID = office.opened(zhang, part=Part.PRACTICAL)
    office.do(open_practicals, sitting_id)
    office.now += timedelta(seconds=1)
    [practical] = office.look(practicals.own_practicals, actor=zhang)
    assert practical.standard.version == (own if region == PROVINCE else countrys).version
