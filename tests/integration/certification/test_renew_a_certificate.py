"""A renewal is issued when it is due, and what befalls the present certificate befalls the one in the drawer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from certification.applications.actions import approve_application
from certification.applications.errors import BarredUntil
from certification.certificates import queries
from certification.certificates.actions.deciding import (
    cancel_certificate,
    reinstate_certificate,
    revoke_certificate,
    suspend_certificate,
)
from certification.certificates.actions.issuing import take_over_certificate
from certification.certificates.errors import FormerIsSuspended, RenewalInHand, RenewalTooEarly
from certification.certificates.rules.states import State
from certification.certificates.rules.validity import renewal
from certification.programmes.rules import plus_years
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from people.access.rules import Role
from tests.cast.locks import somebody_waits
from tests.cast.waiting import until
from tests.integration.certification.conftest import Office

REASON = "核查举报。"


class Drawer:
    """Somebody whose card ends in a month, with the renewal already issued; `later` moves the day."""

    def __init__(self, office, printing, *, renewed: bool = True) -> None:
        self.office, self.printing = office, printing
        self.person_id = office.person()
        self.today = shanghai_date(office.work.now)
        self.present = self.held(days_left=30)
        if renewed:
            self.renewed = self.approve()

    def held(self, *, days_left: int):
        issued_on = plus_years(self.today + timedelta(days=days_left), -6)
        return take_over_certificate(
            self.office.as_officer(),
            person_id=self.person_id,
            qualification="low_voltage",
            issued_on=issued_on,
            reviewed_on=[plus_years(issued_on, 3)],
            source="原台账第12号",
            printing=self.printing,
        )

    def approve(self):
        application = self.office.passed(self.person_id)
        found = approve_application(self.office.as_officer(), application, printing=self.printing)
        self.office.work.session.flush()
        return found

    def states(self, *, later: int = 0) -> tuple[State, State]:
        work = self.office.work
        work.session.flush()
        now = work.now
        work.now = now + timedelta(days=later)
        rows = [queries.certificate(work, each) for each in (self.present, self.renewed)]
        work.now = now
        return rows[0].standing.state, rows[1].standing.state


@pytest.fixture
def drawer(office, printing):
    return Drawer(office, printing)


def revoke(work, certificate_id):
    revoke_certificate(work, certificate_id, ground="responsible_for_accident", reason=REASON)


def suspend(work, certificate_id):
    suspend_certificate(work, certificate_id, reason=REASON)


def cancel(work, certificate_id):
    cancel_certificate(work, certificate_id, reason=REASON)


def lift(work, certificate_id):
    reinstate_certificate(work, certificate_id, reason=REASON)


@pytest.mark.parametrize(
    ("deed", "state"), [(suspend, State.SUSPENDED), (revoke, State.REVOKED), (cancel, State.CANCELLED)]
)
def test_nobody_becomes_valid_again_through_the_renewal_in_the_drawer(drawer, deed, state):
    assert drawer.states() == (State.RENEWAL_DUE, State.NOT_YET_VALID)
    deed(drawer.office.as_officer(), drawer.present)
    assert drawer.states() == (state, state)
    assert drawer.states(later=31)[1] is state
    [present, renewed] = [queries.history(drawer.office.work, each)[-1] for each in (drawer.present, drawer.renewed)]
    assert (present.entry, present.reason, present.barred_until) == (renewed.entry, renewed.reason, None)


def test_a_lifted_suspension_is_lifted_for_the_renewal_too(drawer):
    suspend(drawer.office.as_officer(), drawer.present)
    lift(drawer.office.as_officer(), drawer.present)
    assert drawer.states() == (State.RENEWAL_DUE, State.NOT_YET_VALID)
    assert drawer.states(later=31)[1] is State.VALID


def test_what_the_renewal_was_suspended_for_by_itself_is_not_lifted_by_the_way(drawer):
    suspend(drawer.office.as_officer(), drawer.renewed)
    drawer.office.work.now += timedelta(minutes=1)
    suspend(drawer.office.as_officer(), drawer.present)
    lift(drawer.office.as_officer(), drawer.present)
    assert drawer.states() == (State.RENEWAL_DUE, State.SUSPENDED)


def test_a_suspension_is_not_lifted_for_the_renewal_alone(drawer):
    suspend(drawer.office.as_officer(), drawer.present)
    drawer.office.work.session.flush()
    with pytest.raises(FormerIsSuspended):
        lift(drawer.office.as_officer(), drawer.renewed)


def test_a_renewal_already_revoked_does_not_stand_in_the_way(drawer):
    revoke(drawer.office.as_officer(), drawer.renewed)
    suspend(drawer.office.as_officer(), drawer.present)
    assert drawer.states() == (State.SUSPENDED, State.REVOKED)


def test_a_decision_about_the_renewal_leaves_the_present_card_as_it_is(drawer):
    revoke(drawer.office.as_officer(), drawer.renewed)
    assert drawer.states() == (State.RENEWAL_DUE, State.REVOKED)


def test_a_certificate_that_has_not_begun_is_not_followed_by_another(drawer):
    begins = queries.certificate(drawer.office.work, drawer.renewed).period.valid_from
    with pytest.raises(RenewalInHand) as refusal:
        drawer.approve()
    assert refusal.value.data == {"day": begins}


def test_a_renewal_follows_without_a_gap_and_keeps_the_number(drawer):
    present, renewed = queries.certificates_of(drawer.office.work, [drawer.person_id])[drawer.person_id]
    assert (present.id, renewed.id) == (drawer.present, drawer.renewed)
    assert renewed.period.valid_from == present.period.valid_until
    assert renewed.period.first_issued_on == present.period.first_issued_on
    assert present.number == renewed.number


@pytest.mark.parametrize(("days", "is_due"), [(-1, False), (0, True)])
def test_a_renewal_is_issued_from_the_day_it_is_due(office, printing, days, is_due):
    person_id = office.person()
    application = office.passed(person_id)
    first = approve_application(office.as_officer(), application, printing=printing)
    office.work.session.flush()
    due_from = renewal(queries.certificate(office.work, first).period).due_from
    office.work.now += timedelta(days=(due_from - shanghai_date(office.work.now)).days + days)
    again = office.passed(person_id)
    if is_due:
        assert approve_application(office.as_officer(), again, printing=printing)
        return
    with pytest.raises(RenewalTooEarly) as refusal:
        approve_application(office.as_officer(), again, printing=printing)
    assert refusal.value.data["day"] == due_from


@pytest.fixture
def waiting(workplace, printing):
    """A card that ends in a month, an application for its renewal that waits, and two officers; really committed."""
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        office = Office(work)
        drawer = Drawer(office, printing, renewed=False)
        application = office.passed(drawer.person_id)
        colleague = office.someone(Role.CERTIFICATE_OFFICER, organisation_id=office.authority_id)
    return drawer, application, (office.officer, colleague)


def test_an_approval_waits_for_a_revocation_of_the_same_person(workplace, waiting, printing):
    drawer, application, (officer, colleague) = waiting

    def approve():
        with workplace.transaction(colleague, Face.REGISTRY) as work:
            return approve_application(work, application, printing=printing)

    with ThreadPoolExecutor(1) as pool:
        with workplace.transaction(officer, Face.REGISTRY) as work:
            revoke_certificate(work, drawer.present, ground="fraud_or_bribery", reason="查实替考。")
            work.session.flush()
            approval = pool.submit(approve)
            until(lambda: approval.done() or somebody_waits(workplace), "the approval neither waited nor ended")
            assert not approval.done()
        assert isinstance(approval.exception(), BarredUntil)
    with workplace.reading(officer, Face.REGISTRY) as reading:
        assert [row.id for row in queries.certificates_of(reading, [drawer.person_id])[drawer.person_id]] == [
            drawer.present
        ]
