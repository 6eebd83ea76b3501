"""A manager lets the own workers in, and gets into nobody else's account."""

from datetime import date
from uuid import uuid4

import pytest

from kernel.errors import Refused
from people.accounts import queries as accounts
from people.accounts.actions import sign_in
from people.accounts.errors import WrongNameOrPassword
from people.appointments import actions
from people.appointments.errors import HasASignIn, NoSignInYet, NotAWorkersAccount, SignInIsClosed, SignInIsNotOurs
from people.appointments.queries import record
from people.organisations.actions import end_employment
from people.organisations.errors import EmploymentUnknown, HasLeft

from .conftest import PHONE, administrator, an_enterprise, employ, the_line


def enter(work, slip):
    return sign_in(work, username=slip.username, password=slip.password, address="::1", demonstration=True)


def close(work, account_id):
    manager, work.actor = work.actor, administrator()
    actions.close_account(work, account_id=account_id, reason="调离")
    work.actor = manager


def test_a_manager_lets_the_own_worker_in_once(plant):
    line = the_line(plant)
    slip = actions.admit_worker(plant, employment_id=line.employment_id)
    assert slip.username == PHONE
    entered = accounts.sign_in_of(plant, enter(plant, slip).token)
    assert entered is not None
    assert entered.actor.roles == {"worker"}
    with pytest.raises(HasASignIn):
        actions.admit_worker(plant, employment_id=line.employment_id)


def test_a_manager_renews_the_password_of_a_worker_and_of_nobody_else(plant):
    line = the_line(plant)
    slip = actions.admit_worker(plant, employment_id=line.employment_id)
    again = actions.renew_workers_password(plant, employment_id=line.employment_id)
    assert isinstance(enter(plant, slip).problem, WrongNameOrPassword)
    assert enter(plant, again).token
    record(plant, slip.account_id).roles = ["auditor", "worker"]
    plant.session.flush()
    with pytest.raises(NotAWorkersAccount):
        actions.renew_workers_password(plant, employment_id=line.employment_id)


@pytest.mark.parametrize("deed", [actions.admit_worker, actions.renew_workers_password])
def test_another_enterprises_worker_does_not_exist_for_a_manager(plant, deed):
    line = the_line(plant)
    an_enterprise(plant, 74, "丙机械厂")
    with pytest.raises(EmploymentUnknown):
        deed(plant, employment_id=line.employment_id)


def test_who_puts_anothers_worker_on_the_own_list_does_not_get_into_their_account(plant):
    actions.admit_worker(plant, employment_id=the_line(plant).employment_id)
    an_enterprise(plant, 74, "丙机械厂")
    line = employ(plant)
    with pytest.raises(SignInIsNotOurs):
        actions.renew_workers_password(plant, employment_id=line.employment_id)


def test_whose_worker_is_employed_elsewhere_too_asks_the_administrator(plant):
    own, line = plant.actor, the_line(plant)
    actions.admit_worker(plant, employment_id=line.employment_id)
    an_enterprise(plant, 74, "丙机械厂")
    employ(plant)
    plant.actor = own
    with pytest.raises(SignInIsNotOurs):
        actions.renew_workers_password(plant, employment_id=line.employment_id)


def test_the_next_employer_does_not_take_over_the_account_of_the_last(plant):
    line = the_line(plant)
    actions.admit_worker(plant, employment_id=line.employment_id)
    end_employment(plant, employment_id=line.employment_id, left_on=date(2026, 6, 30))
    an_enterprise(plant, 74, "丙机械厂")
    line = employ(plant)
    with pytest.raises(SignInIsNotOurs):
        actions.renew_workers_password(plant, employment_id=line.employment_id)


@pytest.mark.parametrize("is_let_in", [True, False])
def test_nobody_gets_a_sign_in_from_an_enterprise_that_they_have_left(plant, is_let_in):
    line = the_line(plant)
    deed = actions.admit_worker
    if is_let_in:
        deed(plant, employment_id=line.employment_id)
        deed = actions.renew_workers_password
    end_employment(plant, employment_id=line.employment_id, left_on=date(2026, 6, 30))
    with pytest.raises(HasLeft):
        deed(plant, employment_id=line.employment_id)


def test_whoever_has_no_account_has_no_password_to_renew(plant):
    with pytest.raises(NoSignInYet):
        actions.renew_workers_password(plant, employment_id=the_line(plant).employment_id)


@pytest.mark.parametrize("deed", [actions.admit_worker, actions.renew_workers_password])
def test_a_closed_account_is_called_closed_and_the_administrator_named(plant, deed):
    line = the_line(plant)
    close(plant, actions.admit_worker(plant, employment_id=line.employment_id).account_id)
    with pytest.raises(SignInIsClosed, match="administrator"):
        deed(plant, employment_id=line.employment_id)


def test_a_line_of_nobody_is_unknown(plant):
    with pytest.raises(EmploymentUnknown):
        actions.admit_worker(plant, employment_id=uuid4())
    assert issubclass(SignInIsNotOurs, Refused)
