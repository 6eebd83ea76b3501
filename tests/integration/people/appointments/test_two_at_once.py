"""Two offices at the same moment: nobody gets a role of teaching and one of testing."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kernel.actor import platform
from kernel.errors import Invalid
from kernel.faces import Face
from kernel.ids import new_id
from people.access.rules import Role
from people.accounts.tables import PersonRecord
from people.appointments import actions
from people.appointments.queries import roles_elsewhere
from people.organisations.actions import register_organisation
from people.organisations.rules.employments import OrganisationKind
from tests.cast.locks import somebody_waits
from tests.cast.waiting import LIMIT_SECONDS, until
from tests.integration.people.organisations.conftest import a_code

ROLES = {Role.TEACHER: OrganisationKind.TRAINING_PROVIDER, Role.EXAMINER: OrganisationKind.EXAM_CENTRE}


def working(workplace):
    return workplace.transaction(platform("test"), Face.REGISTRY)


@pytest.fixture(scope="module")
def places(own_workplace):
    """Where each of the two roles is held."""
    with working(own_workplace) as work:
        return {
            role: register_organisation(
                work, kind=kind, name=f"单位{serial}", credit_code=a_code(serial), is_demonstration=True
            )
            for serial, (role, kind) in enumerate(ROLES.items(), start=81)
        }


@pytest.fixture
def somebody(own_workplace):
    person_id = new_id()
    with working(own_workplace) as work:
        work.session.add(PersonRecord(id=person_id, name="王秀兰", created_at=work.now))
    return person_id


def appoint(work, person_id, role, places):
    actions.appoint(
        work, person_id=person_id, username=f"u{new_id().hex[-12:]}", roles=[role], organisation_id=places[role]
    )


def worker(workplace, person_id):
    with working(workplace) as work:
        return actions.appoint(
            work, person_id=person_id, username=f"u{new_id().hex[-12:]}", roles=[Role.WORKER], organisation_id=None
        ).account_id


def appointed(workplace, person_id, places):
    return lambda work: appoint(work, person_id, Role.EXAMINER, places)


def changed(workplace, person_id, places):
    account_id = worker(workplace, person_id)
    return lambda work: actions.change_roles(
        work, account_id=account_id, roles=[Role.EXAMINER], organisation_id=places[Role.EXAMINER]
    )


def reopened(workplace, person_id, places):
    account_id = worker(workplace, person_id)
    with working(workplace) as work:
        actions.change_roles(work, account_id=account_id, roles=[Role.EXAMINER], organisation_id=places[Role.EXAMINER])
        actions.close_account(work, account_id=account_id, reason="调离")
    return lambda work: actions.reopen_account(work, account_id=account_id)


@pytest.mark.parametrize("second", [appointed, changed, reopened])
def test_of_two_at_once_that_would_join_teaching_and_testing_the_later_is_refused(
    own_workplace, places, somebody, second
):
    deed = second(own_workplace, somebody, places)

    def other_office():
        with working(own_workplace) as work:
            deed(work)

    with ThreadPoolExecutor(1) as elsewhere:
        with working(own_workplace) as work:
            appoint(work, somebody, Role.TEACHER, places)
            later = elsewhere.submit(other_office)
            until(lambda: later.done() or somebody_waits(own_workplace), "the other office neither waits nor is done")
        with pytest.raises(Invalid) as refused:
            later.result(LIMIT_SECONDS)
    assert set(refused.value.fields) == {"roles"}
    with working(own_workplace) as work:
        assert Role.EXAMINER not in roles_elsewhere(work, somebody)
