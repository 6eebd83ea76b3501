"""Who may do what is on one page, and nobody stands on both sides of the wall."""

import importlib
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from sqlalchemy.orm import Session

from host.commands.permissions import as_pages
from host.modules import load_everything
from kernel.actor import ANYONE
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.keys import Keyring
from kernel.settings import Settings
from kernel.store import Stores
from kernel.work import ACTIONS, OPEN_TO_ALL, PLATFORM_ONLY, Work
from people.access.rules import (
    PERMISSIONS,
    ROLES,
    TEACHING_ROLES,
    TESTING_ROLES,
    VOCABULARIES,
    Permission,
    Right,
    Role,
    rights_of,
)

PAGES = Path(__file__).parent.parent.parent / "docs" / "permissions"
TESTING_PACKAGES = ("question_bank:", "exams:")
PACKAGES = ("certification", "exams", "kernel", "people", "question_bank", "simulations", "training")
TEACHING_PACKAGES = ("training:",)


def kept() -> dict[str, str]:
    return {page.name: page.read_text(encoding="utf-8") for page in PAGES.iterdir()}


def test_the_matrix_is_the_one_that_was_reviewed():
    assert kept() == as_pages(), "run `anpei permissions` and review the difference"


def test_permissions_stand_in_alphabetical_order():
    assert list(PERMISSIONS) == sorted(PERMISSIONS)


def test_a_package_names_its_own_permissions_and_no_name_is_taken_twice():
    strange = [
        right
        for vocabulary, package in zip(VOCABULARIES, PACKAGES, strict=True)
        for right in rights_of(vocabulary)
        if right.partition(":")[0] != package
    ]
    assert strange == []
    names = [
        name for vocabulary in VOCABULARIES for name, thing in vars(vocabulary).items() if isinstance(thing, Right)
    ]
    assert sorted(names) == sorted(set(names))


def beyond_the_wall(
    roles: Mapping[Role, Collection[str]], side: Collection[Role], packages: tuple[str, ...]
) -> list[str]:
    """What the roles of one side hold of the other side's packages."""
    return sorted({p for p in chain.from_iterable(roles[role] for role in side) if p.startswith(packages)})


def test_no_role_of_teaching_holds_a_permission_of_testing():
    assert beyond_the_wall(ROLES, TEACHING_ROLES, TESTING_PACKAGES) == []


def test_no_role_of_testing_holds_a_permission_of_teaching():
    assert beyond_the_wall(ROLES, TESTING_ROLES, TEACHING_PACKAGES) == []


def test_a_permission_across_the_wall_is_noticed():
    planted = {**ROLES, Role.TEACHER: ROLES[Role.TEACHER] | {Permission.READ_QUESTIONS}}
    assert beyond_the_wall(planted, TEACHING_ROLES, TESTING_PACKAGES) == ["question_bank:questions:read"]
    planted = {**ROLES, Role.INVIGILATOR: ROLES[Role.INVIGILATOR] | {Permission.HOLD_CLASSES}}
    assert beyond_the_wall(planted, TESTING_ROLES, TEACHING_PACKAGES) == ["training:classes:hold"]


def test_every_permission_is_held_by_someone_and_every_role_is_listed():
    assert set(ROLES) == set(Role)
    assert set(PERMISSIONS) == set(chain.from_iterable(ROLES.values()))


def unknown_needs(deeds: Mapping[str, str]) -> dict[str, str]:
    """Deeds whose need is no permission of the page."""
    known = {*PERMISSIONS} | {OPEN_TO_ALL, PLATFORM_ONLY}
    return {name: need for name, need in deeds.items() if str(need) not in known}


def test_every_deed_names_a_permission_that_exists():
    load_everything()
    assert unknown_needs(ACTIONS) == {}


def test_every_deed_refuses_whoever_does_not_hold_its_need():
    """The guard comes before the arguments, so nothing else of a deed is reached."""
    load_everything()
    keys = Keyring(folder=Path("nowhere"), face=Face.REGISTRY)
    stores, now = Stores(Settings(var=Path("nowhere"))).as_face(Face.REGISTRY), datetime(2026, 6, 1, tzinfo=UTC)
    nobody = Work(session=Session(), actor=ANYONE, now=now, face=Face.REGISTRY, keys=keys, stores=stores)
    let_in = []
    for name, need in ACTIONS.items():
        module, _, deed = name.rpartition(".")
        if need == OPEN_TO_ALL:
            continue
        try:
            getattr(importlib.import_module(module), deed)(nobody)
        except Forbidden:
            continue
        except Exception as problem:  # noqa: BLE001 - whatever it is, the deed has begun
            let_in.append(f"{name}: {problem!r}")
        else:
            let_in.append(name)
    assert let_in == []


def test_a_deed_with_a_need_of_its_own_is_noticed():
    assert unknown_needs({"exams.papers.actions.peek": "exams:papers:peek"}) == {
        "exams.papers.actions.peek": "exams:papers:peek"
    }


def test_a_grant_too_many_is_noticed(monkeypatch):
    monkeypatch.setitem(ROLES, Role.WORKER, ROLES[Role.WORKER] | {Permission.RELEASE_RESULTS})
    assert kept() != as_pages()
