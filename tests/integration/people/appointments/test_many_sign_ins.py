"""First sign-ins for many workers at once."""

from datetime import date
from uuid import uuid4

import pytest

from kernel.errors import Invalid
from people.access.rules import Role
from people.accounts.actions import change_own_password, sign_in
from people.accounts.queries import password_hash, sign_in_of
from people.appointments import actions
from people.appointments.errors import EverybodyHasASignIn, TooManyAtOnce
from people.appointments.queries import accounts_of, staff_without_account
from people.appointments.rules import MOST_SLIPS
from people.organisations.actions import end_employment, import_staff
from people.organisations.errors import EmploymentUnknown, HasLeft
from people.organisations.formats.workbooks import uploaded
from people.organisations.queries import StaffFilter, all_staff
from tests.integration.people.organisations.conftest import a_list, a_row

from .conftest import an_enterprise


@pytest.fixture
def crew(plant):
    """The plant with twelve more workers; two of them gave the same mobile number."""
    phones = ["13800000001", "13800000001", *([None] * 10)]
    rows = [a_row(100 + number, f"工{chr(0x4E00 + number)}", phone=phone) for number, phone in enumerate(phones)]
    import_staff(plant, file=uploaded(a_list(*rows)), file_name="x.xlsx")
    return plant


def lines(work):
    return [row.employment_id for row in all_staff(work, StaffFilter())]


def test_each_gets_a_slip_of_their_own_and_can_sign_in(crew):
    slips = actions.admit_workers(crew, employment_ids=lines(crew))
    assert len(slips) == len({slip.username for slip in slips}) == len({slip.password for slip in slips}) == 13
    assert [slip.name for slip in slips] == sorted(slip.name for slip in slips)
    assert {"13800000001", "13800000001-2"} <= {slip.username for slip in slips}
    for slip in slips:
        assert sign_in(crew, username=slip.username, password=slip.password, address="::1", demonstration=True).token
    assert staff_without_account(crew, StaffFilter()) == ()


def test_each_account_is_audited_and_a_worker_of_this_enterprise(crew):
    slips = actions.admit_workers(crew, employment_ids=lines(crew))
    opened = {row.subject for row in crew.audit_rows() if row.name == "people.account_opened"}
    assert opened == {slip.account_id for slip in slips}
    assert not any(slip.password in str(row.facts) for slip in slips for row in crew.audit_rows())
    people = [row.person_id for row in all_staff(crew, StaffFilter())]
    held = [each for accounts in accounts_of(crew, people).values() for each in accounts]
    assert {(each.roles, each.organisation_id) for each in held} == {((Role.WORKER,), crew.actor.organisation_id)}


def test_who_has_an_account_is_left_out_and_if_all_have_it_is_said(crew):
    first = actions.admit_workers(crew, employment_ids=lines(crew)[:3])
    rest = actions.admit_workers(crew, employment_ids=lines(crew))
    assert (len(first), len(rest)) == (3, 10)
    with pytest.raises(EverybodyHasASignIn):
        actions.admit_workers(crew, employment_ids=lines(crew))


def test_nobody_chosen_is_said_at_the_list(crew):
    with pytest.raises(Invalid) as refused:
        actions.admit_workers(crew, employment_ids=[])
    assert set(refused.value.fields) == {"lines"}


def test_too_many_at_once_are_refused(crew):
    with pytest.raises(TooManyAtOnce):
        actions.admit_workers(crew, employment_ids=[uuid4() for _ in range(MOST_SLIPS + 1)])


def test_one_who_left_or_is_anothers_stops_all(crew):
    chosen = lines(crew)
    other = an_enterprise(crew, 74, "丙机械厂")
    assert other == crew.actor.organisation_id
    with pytest.raises(EmploymentUnknown):
        actions.admit_workers(crew, employment_ids=chosen)


def test_nobody_who_has_left_is_let_in_among_the_others(crew):
    chosen = lines(crew)
    end_employment(crew, employment_id=chosen[3], left_on=date(2026, 6, 30))
    assert chosen[3] not in [row.employment_id for row in staff_without_account(crew, StaffFilter())]
    with pytest.raises(HasLeft):
        actions.admit_workers(crew, employment_ids=chosen)


def test_first_passwords_are_hashed_as_what_nobody_guesses_and_chosen_ones_dearly(crew):
    """Four hundred hashes of the dear kind take a minute; a password drawn at random does not need it."""
    (slip,) = actions.admit_workers(crew, employment_ids=lines(crew)[:1])
    assert (password_hash(crew, slip.username) or "").startswith("$argon2id$v=19$m=8192,t=1,p=1$")
    token = sign_in(crew, username=slip.username, password=slip.password, address="::1", demonstration=True).token
    found = sign_in_of(crew, token or "", demonstration=True)
    assert found is not None
    crew.actor, own = found.actor, "安全第一，预防为主"
    done = change_own_password(crew, token=token or "", address="::1", current=slip.password, new=own, again=own)
    assert done is None
    assert "$m=8192," not in (password_hash(crew, slip.username) or "")
    assert sign_in(crew, username=slip.username, password=own, address="::1", demonstration=True).token
    assert sign_in(crew, username=slip.username, password=slip.password, address="::1", demonstration=True).problem
