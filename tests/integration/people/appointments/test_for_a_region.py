"""Roles are held for a region, and an administrator of a region gives nothing that reaches beyond it."""

import pytest

from kernel.actor import platform
from kernel.errors import Invalid
from kernel.faces import Face
from people.access.rules import HELD_EVERYWHERE, HELD_FOR_A_REGION, Role
from people.appointments import actions
from people.appointments.errors import NoSuchAccount
from people.appointments.queries import AccountFilter, account, all_accounts
from people.organisations.actions import register_organisation
from people.organisations.errors import OrganisationUnknown
from people.organisations.queries import organisation_with_code
from people.organisations.rules.employments import OrganisationKind
from people.regions.errors import NoSuchRegion
from tests.cast.regions import COUNTY, HERE, PROVINCE, THERE, officer, with_regions
from tests.integration.people.organisations.conftest import a_code

from .test_appoint import enter, held, somebody


@pytest.fixture
def work(work_as):
    """Of an administrator of the city, where there are two authorities: one here, one in the next city."""
    work = with_regions(work_as(platform("test"), Face.REGISTRY))
    for place in (HERE, THERE):
        register_organisation(
            work,
            kind=OrganisationKind.AUTHORITY,
            name=f"{place}应急管理局",
            credit_code=a_code(int(place)),
            region=place,
            is_demonstration=True,
        )
    work.actor = officer(Role.ADMINISTRATOR, HERE)
    return work


def the_authority(work, place):
    found = organisation_with_code(work, a_code(int(place)))
    assert found is not None
    return found.id


def appoint(work, role, region, *, at=HERE, username="wangxl"):
    return actions.appoint(
        work,
        person_id=somebody(work),
        username=username,
        roles=[role],
        organisation_id=the_authority(work, at),
        region=region,
    )


@pytest.mark.parametrize("role", sorted(HELD_FOR_A_REGION))
def test_who_holds_a_role_for_a_region_acts_for_it(work, role):
    slip = appoint(work, role, COUNTY)
    assert account(work, slip.account_id).region == COUNTY
    assert held(work, enter(work, slip).token).actor.scope.region == COUNTY


@pytest.mark.parametrize(
    ("role", "region", "field"),
    [
        *((role, None, "region") for role in sorted(HELD_FOR_A_REGION)),
        *((role, None, "roles") for role in sorted(HELD_EVERYWHERE)),
        *((role, COUNTY, "region") for role in (Role.AUDITOR, Role.EXAMINER, Role.INVIGILATOR, Role.WORKER)),
    ],
)
def test_an_administrator_of_a_region_gives_nothing_that_reaches_further(work, role, region, field):
    with pytest.raises(Invalid) as refused:
        appoint(work, role, region)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("region", [THERE, PROVINCE])
def test_nor_for_another_region_or_for_the_whole_of_which_it_is_a_part(work, region):
    with pytest.raises(NoSuchRegion):
        appoint(work, Role.EXAM_OFFICER, region)


def test_nor_at_an_organisation_elsewhere(work):
    with pytest.raises(OrganisationUnknown):
        appoint(work, Role.INVIGILATOR, None, at=THERE)


def test_who_serves_by_duty_is_bound_to_no_place(work):
    slip = appoint(work, Role.INVIGILATOR, None)
    assert held(work, enter(work, slip).token).actor.scope.is_everywhere


@pytest.fixture
def beyond(work):
    """Accounts that an administrator of the city has no business with, given by one who acts everywhere."""
    city, work.actor = work.actor, officer(Role.ADMINISTRATOR, None)
    slips = [
        appoint(work, Role.EXAM_OFFICER, None, username="everywhere"),
        appoint(work, Role.INSPECTOR, PROVINCE, username="province"),
        appoint(work, Role.AUDITOR, None, username="auditor"),
        appoint(work, Role.INVIGILATOR, None, at=THERE, username="elsewhere"),
        actions.appoint(work, person_id=somebody(work), username="nowhere", roles=[Role.WORKER], organisation_id=None),
    ]
    work.actor = city
    return [slip.account_id for slip in slips]


def test_accounts_that_reach_further_or_stand_elsewhere_are_not_seen(work, beyond):
    own = appoint(work, Role.EXAM_OFFICER, COUNTY)
    assert [row.id for row in all_accounts(work, AccountFilter())] == [own.account_id]
    for account_id in beyond:
        with pytest.raises(NoSuchAccount):
            account(work, account_id)


@pytest.mark.parametrize(
    "deed",
    [
        lambda work, it: actions.change_roles(work, account_id=it, roles=[Role.WORKER], organisation_id=None),
        lambda work, it: actions.reset_password(work, account_id=it),
        lambda work, it: actions.end_sessions(work, account_id=it),
        lambda work, it: actions.close_account(work, account_id=it, reason="x"),
        lambda work, it: actions.reopen_account(work, account_id=it),
    ],
    ids=["roles", "password", "sessions", "close", "reopen"],
)
@pytest.mark.parametrize("which", range(5))
def test_nothing_is_done_to_them(work, beyond, which, deed):
    with pytest.raises(NoSuchAccount):
        deed(work, beyond[which])
