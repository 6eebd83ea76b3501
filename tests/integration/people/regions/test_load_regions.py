"""A list of regions comes in, and comes again a year later."""

from uuid import UUID

import pytest

from kernel.actor import platform
from kernel.errors import Forbidden
from kernel.faces import Face
from people.access.rules import Role
from people.organisations.actions import register_organisation
from people.organisations.queries import all_organisations
from people.organisations.rules.employments import OrganisationKind
from people.regions.actions import Loaded, load_regions
from people.regions.errors import NoSuchRegion, RegionGone, RegionMissing, RegionNotKnown
from people.regions.queries import path_to, place_for, regions
from people.regions.rules import Level
from tests.cast.regions import COUNTY, HERE, PROVINCE, THERE, TOWN, officer, with_regions
from tests.integration.people.organisations.conftest import a_code

HEADING = "代码,名称\n"


@pytest.fixture
def work(work_as):
    return with_regions(work_as(platform("test"), Face.REGISTRY))


def a_list(*rows: tuple[str, str]):
    return (HEADING + "".join(f"{code},{name}\n" for code, name in rows)).encode()


def codes(work, **asked):
    return {region.code for region in regions(work, **asked)}


def test_only_the_platform_loads_one(work):
    work.actor = officer(Role.ADMINISTRATOR, None)
    with pytest.raises(Forbidden):
        load_regions(work, a_list(("980000", "他省")))


def test_the_same_list_again_changes_nothing(work):
    announced = len(work.announced)
    with_regions(work)
    assert len(work.announced) == announced


def test_a_list_speaks_for_its_own_provinces_only(work):
    before = codes(work)
    assert load_regions(work, a_list(("980000", "江北省"), ("980100", "北江市"))) == Loaded(2, 0, 0)
    assert codes(work) == before | {"980000", "980100"}


def test_what_a_new_list_has_no_longer_stays_for_what_stands_there_and_takes_nothing_new(work):
    loaded = load_regions(work, a_list((PROVINCE, "江南省"), (HERE, "江城市"), ("990103", "新区")))
    assert (loaded.added, loaded.gone) == (1, 7)
    assert codes(work) == {PROVINCE, HERE, "990103"}
    assert [region.code for region in path_to(work, COUNTY)] == [PROVINCE, HERE, COUNTY]
    with pytest.raises(RegionGone):
        place_for(work, COUNTY)
    assert place_for(work, None, otherwise=COUNTY) == HERE


def test_a_place_that_comes_back_counts_again(work):
    load_regions(work, a_list((PROVINCE, "江南省")))
    with_regions(work)
    assert place_for(work, COUNTY) == COUNTY


def test_an_officer_chooses_among_the_places_of_the_own_region(work):
    work.actor = officer(Role.ADMINISTRATOR, HERE)
    assert codes(work) == {HERE, COUNTY, TOWN, "990102"}
    assert codes(work, smallest=Level.COUNTY) == {HERE, COUNTY, "990102"}
    with pytest.raises(NoSuchRegion):
        place_for(work, THERE)
    with pytest.raises(NoSuchRegion):
        place_for(work, PROVINCE)


@pytest.mark.parametrize(("typed", "refusal"), [("990199", RegionNotKnown), (None, RegionMissing)])
def test_nothing_stands_where_there_is_no_place(work, typed, refusal):
    with pytest.raises(refusal):
        place_for(work, typed)


def an_enterprise(work, serial=1, **where):
    return register_organisation(
        work,
        kind=OrganisationKind.ENTERPRISE,
        name=f"第{serial}机械厂",
        credit_code=a_code(serial),
        is_demonstration=True,
        **where,
    )


def places(work, *own: UUID):
    """Where these stand, those that the actor sees: other tests leave organisations in the database."""
    return {row.id: row.region for row in all_organisations(work) if row.id in own}


def test_an_organisation_stands_where_it_was_said_or_where_its_credit_code_was_given(work):
    by_code, as_said = an_enterprise(work, 1), an_enterprise(work, 2, region=TOWN)
    assert places(work, by_code, as_said) == {by_code: HERE, as_said: TOWN}


def test_an_officer_neither_sees_nor_registers_an_organisation_elsewhere(work):
    there = an_enterprise(work, 1, region=THERE)
    own = an_enterprise(work, 2, region=COUNTY)
    work.actor = officer(Role.ADMINISTRATOR, HERE)
    assert places(work, there, own) == {own: COUNTY}
    with pytest.raises(NoSuchRegion):
        an_enterprise(work, 3, region=THERE)


def test_without_a_list_of_regions_organisations_stand_nowhere_and_are_the_whole_installations(work_as):
    work = work_as(platform("test"), Face.REGISTRY)
    own = an_enterprise(work)
    assert places(work, own) == {own: None}
    work.actor = officer(Role.ADMINISTRATOR, HERE)
    assert places(work, own) == {}
