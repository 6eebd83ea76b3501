"""An administrator gives, changes and takes back."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from kernel.because import ReasonMissing
from kernel.errors import Forbidden, Invalid
from kernel.faces import Face
from kernel.ids import new_id
from people.access.rules import Role, permissions_of
from people.accounts import queries as accounts
from people.accounts.actions import change_own_password, sign_in
from people.accounts.errors import (
    AccountIsClosed,
    ChooseYourPasswordFirst,
    DemonstrationAccount,
    NoSuchPerson,
    OneTimePasswordOver,
    TooManyGuesses,
    WrongNameOrPassword,
)
from people.accounts.tables import PersonRecord
from people.appointments import actions
from people.appointments.errors import (
    AccountIsOpen,
    NoSuchAccount,
    NotYourOwn,
)
from people.appointments.queries import account, record
from people.appointments.rules import AccountState
from people.organisations.actions import register_organisation
from people.organisations.rules.employments import OrganisationKind
from tests.integration.people.organisations.conftest import a_code

from .conftest import administrator


def somebody(work, name="王秀兰"):
    record = PersonRecord(id=new_id(), name=name, sex=None, birth_date=None, phone=None, created_at=work.now)
    work.session.add(record)
    work.session.flush()
    return record.id


def centre(work, serial=71):
    return register_organisation(
        work, kind=OrganisationKind.EXAM_CENTRE, name="江东考试点", credit_code=a_code(serial), is_demonstration=True
    )


def an_invigilator(work, username="wangxl"):
    return actions.appoint(
        work,
        person_id=somebody(work),
        username=username,
        roles=[Role.INVIGILATOR],
        organisation_id=centre(work),
    )


def enter(work, slip, password=None):
    return sign_in(work, username=slip.username, password=password or slip.password, address="::1", demonstration=True)


def held(work, token):
    found = accounts.sign_in_of(work, token)
    assert found is not None
    return found


def choose(work, slip, token, **changed):
    work.actor = held(work, token).actor
    typed = {"current": slip.password, "new": "安全第一，预防为主", "again": "安全第一，预防为主"} | changed
    return change_own_password(work, token=token, address="::1", **typed)


@pytest.mark.parametrize("role", [Role.WORKER, Role.ENTERPRISE_MANAGER, Role.EXAM_OFFICER, Role.AUDITOR])
def test_only_an_administrator_may(work_as, role):
    stranger = replace(administrator(), permissions=permissions_of([role]))
    for deed in (
        lambda work: actions.appoint(work, person_id=uuid4(), username="x", roles=[], organisation_id=None),
        lambda work: actions.change_roles(work, account_id=uuid4(), roles=[], organisation_id=None),
        lambda work: actions.reset_password(work, account_id=uuid4()),
        lambda work: actions.end_sessions(work, account_id=uuid4()),
        lambda work: actions.close_account(work, account_id=uuid4(), reason="x"),
        lambda work: actions.reopen_account(work, account_id=uuid4()),
    ):
        with pytest.raises(Forbidden):
            deed(work_as(stranger, Face.REGISTRY))


def test_the_first_password_is_good_once_and_gives_way_to_ones_own(office):
    slip = an_invigilator(office)
    assert account(office, slip.account_id).state is AccountState.ONE_TIME
    token = enter(office, slip).token
    assert held(office, token).must_choose_password
    assert choose(office, slip, token) is None
    assert not held(office, token).must_choose_password
    assert isinstance(enter(office, slip).problem, WrongNameOrPassword)
    assert enter(office, slip, "安全第一，预防为主").token


def test_it_is_good_for_two_weeks_and_only_where_it_can_be_changed(office):
    slip = an_invigilator(office)
    office.now += timedelta(days=15)
    assert isinstance(enter(office, slip).problem, OneTimePasswordOver)
    office.now -= timedelta(days=15)
    office.face = Face.EXAMINATION
    assert isinstance(enter(office, slip).problem, ChooseYourPasswordFirst)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"current": "not it"}, "current"),
        ({"new": "short", "again": "short"}, "new"),
        ({"new": "88888888", "again": "88888888"}, "new"),
        ({"new": "my-wangxl-1", "again": "my-wangxl-1"}, "new"),
        ({"again": "安全第一，预防为辅"}, "again"),
    ],
)
def test_a_password_is_refused_at_its_field(office, changed, field):
    slip = an_invigilator(office)
    problem = choose(office, slip, enter(office, slip).token, **changed)
    assert isinstance(problem, Invalid)
    assert set(problem.fields) == {field}
    assert account(office, slip.account_id).state is AccountState.ONE_TIME


def test_the_current_password_is_not_guessed_from_a_left_session(office):
    slip = an_invigilator(office)
    token = enter(office, slip).token
    for _ in range(5):
        assert isinstance(choose(office, slip, token, current="x"), Invalid)
    assert isinstance(choose(office, slip, token), TooManyGuesses)


def test_a_new_password_ends_the_other_sign_ins_and_a_reset_all_of_them(office):
    slip = an_invigilator(office)
    here, there = enter(office, slip).token, enter(office, slip).token
    choose(office, slip, here)
    assert accounts.sign_in_of(office, here)
    assert accounts.sign_in_of(office, there) is None
    office.actor = administrator()
    again = actions.reset_password(office, account_id=slip.account_id)
    assert accounts.sign_in_of(office, here) is None
    assert enter(office, again).token


def test_roles_change_and_hold_at_once(office):
    slip = an_invigilator(office)
    token = enter(office, slip).token
    place = account(office, slip.account_id).organisation_id
    actions.change_roles(office, account_id=slip.account_id, roles=[Role.EXAMINER], organisation_id=place)
    assert held(office, token).actor.roles == {"examiner"}


@pytest.mark.parametrize(
    "deed",
    [
        lambda work, own: actions.change_roles(work, account_id=own, roles=[Role.WORKER], organisation_id=None),
        lambda work, own: actions.reset_password(work, account_id=own),
        lambda work, own: actions.close_account(work, account_id=own, reason="x"),
    ],
)
def test_nobody_changes_the_own_account(office, deed):
    slip = an_invigilator(office)
    office.actor = replace(office.actor, account_id=slip.account_id)
    with pytest.raises(NotYourOwn):
        deed(office, slip.account_id)


def test_a_closed_account_lets_nobody_in_until_it_is_opened_again(office):
    slip = an_invigilator(office)
    token = enter(office, slip).token
    actions.close_account(office, account_id=slip.account_id, reason="调离")
    assert accounts.sign_in_of(office, token) is None
    assert isinstance(enter(office, slip).problem, AccountIsClosed)
    again = actions.reopen_account(office, account_id=slip.account_id)
    assert enter(office, again).token
    with pytest.raises(AccountIsOpen):
        actions.reopen_account(office, account_id=slip.account_id)


@pytest.mark.parametrize(
    ("deed", "problem"),
    [
        (lambda work, slip: actions.close_account(work, account_id=slip.account_id, reason=" "), ReasonMissing),
        (lambda work, _: actions.reset_password(work, account_id=uuid4()), NoSuchAccount),
        (
            lambda work, slip: actions.appoint(
                work, person_id=somebody(work), username=slip.username, roles=[Role.WORKER], organisation_id=None
            ),
            Invalid,
        ),
        (
            lambda work, _: actions.appoint(
                work, person_id=uuid4(), username="nobody", roles=[Role.WORKER], organisation_id=None
            ),
            NoSuchPerson,
        ),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(office, deed, problem):
    slip = an_invigilator(office)
    with pytest.raises(problem):
        deed(office, slip)


def test_nobody_gets_the_other_side_by_a_second_account(office):
    slip = an_invigilator(office)
    provider = register_organisation(
        office,
        kind=OrganisationKind.TRAINING_PROVIDER,
        name="某学校",
        credit_code=a_code(72),
        is_demonstration=True,
    )
    person_id = account(office, slip.account_id).person_id
    with pytest.raises(Invalid) as refused:
        actions.appoint(office, person_id=person_id, username="wang2", roles=[Role.TEACHER], organisation_id=provider)
    assert set(refused.value.fields) == {"roles"}


def test_the_cast_of_the_demonstration_stays_as_it_is(office):
    slip = an_invigilator(office)
    record(office, slip.account_id).is_demonstration = True
    with pytest.raises(DemonstrationAccount):
        actions.reset_password(office, account_id=slip.account_id)
