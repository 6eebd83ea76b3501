"""Who may do what is on one page, and nobody stands on both sides of the wall."""

from itertools import chain
from pathlib import Path

from kernel.work import ACTIONS, OPEN_TO_ALL, PLATFORM_ONLY
from people.access.rules import ROLES, TEACHING_ROLES, TESTING_ROLES, Permission, Role
from web.commands.permissions import as_markdown
from web.loading import load_everything

PAGE = Path(__file__).parent.parent.parent / "docs" / "permissions.md"
TESTING_PACKAGES = ("question_bank:", "exams:")
TEACHING_PACKAGES = ("training:",)


def test_the_matrix_is_the_one_that_was_reviewed():
    assert PAGE.read_text(encoding="utf-8") == as_markdown(), "run `anpei permissions` and review the difference"


def test_permissions_stand_in_alphabetical_order():
    assert [p.value for p in Permission] == sorted(p.value for p in Permission)


def test_no_role_of_teaching_holds_a_permission_of_testing():
    held = set(chain.from_iterable(ROLES[role] for role in TEACHING_ROLES))
    assert [p for p in held if p.startswith(TESTING_PACKAGES)] == []


def test_no_role_of_testing_holds_a_permission_of_teaching():
    held = set(chain.from_iterable(ROLES[role] for role in TESTING_ROLES))
    assert [p for p in held if p.startswith(TEACHING_PACKAGES)] == []


def test_every_permission_is_held_by_someone_and_every_role_is_listed():
    assert set(ROLES) == set(Role)
    assert set(Permission) == set(chain.from_iterable(ROLES.values()))


def test_every_deed_names_a_permission_that_exists():
    load_everything()
    known = {p.value for p in Permission} | {OPEN_TO_ALL, PLATFORM_ONLY}
    assert {name: need for name, need in ACTIONS.items() if str(need) not in known} == {}
