"""Which roles go together, and where each is held."""

import pytest

from kernel.errors import Invalid
from people.access.rules import TEACHING_ROLES, TESTING_ROLES, Role
from people.appointments.errors import NoRole, OrganisationMissing, RoleElsewhere, RolesOnBothSides, UserNameShape
from people.appointments.rules import PLACES, require_fitting, user_name
from people.organisations.rules.employments import OrganisationKind


@pytest.mark.parametrize("typed", ["wangxl", "w.li-2", " Wangxl ", "13812345678"])
def test_a_user_name_is_kept_in_small_letters(typed):
    assert user_name(typed) == typed.strip().lower()


@pytest.mark.parametrize("typed", ["", "ab", "-ab", "ab-", "王秀兰", "a b c", "x" * 41, "a/b", "a\0b"])
def test_other_user_names_are_refused(typed):
    with pytest.raises(UserNameShape):
        user_name(typed)


@pytest.mark.parametrize("teaching", sorted(TEACHING_ROLES))
@pytest.mark.parametrize("testing", sorted(TESTING_ROLES))
def test_nobody_stands_on_both_sides_in_one_account_or_in_two(teaching, testing):
    with pytest.raises(RolesOnBothSides):
        require_fitting([teaching, testing], OrganisationKind.AUTHORITY)
    with pytest.raises(RolesOnBothSides):
        require_fitting([testing], OrganisationKind.EXAM_CENTRE, elsewhere=[teaching])


@pytest.mark.parametrize("role", sorted(PLACES))
def test_a_role_is_held_where_it_belongs_and_nowhere_else(role):
    for kind in OrganisationKind:
        if kind in PLACES[role]:
            require_fitting([role], kind)
        else:
            with pytest.raises(RoleElsewhere) as refused:
                require_fitting([role], kind)
            assert set(refused.value.fields) == {"roles"}
    with pytest.raises(OrganisationMissing):
        require_fitting([role], None)


def test_a_worker_needs_no_organisation_and_everybody_a_role():
    require_fitting([Role.WORKER], None)
    with pytest.raises(NoRole) as refused:
        require_fitting([], OrganisationKind.AUTHORITY)
    assert isinstance(refused.value, Invalid)
