"""A password that everybody tries first is refused at its field; one that was hashed long ago still opens the door."""

from uuid import uuid4

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from kernel.actor import platform
from kernel.errors import Invalid
from kernel.faces import Face
from people.access.rules import Role
from people.accounts.actions import change_own_password, open_account, register_person, sign_in
from people.accounts.errors import PasswordEasilyGuessed, PasswordTooShort
from people.accounts.queries import account_named, password_hash, sign_in_of
from people.accounts.rules import DocumentKind

FIRST, TELEPHONE = "一把很旧的钥匙，早就该换了", "13812345678"
AS_IT_WAS = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=64 * 1024, parallelism=4),))


@pytest.fixture
def holder(work_as):
    """Signs in with FIRST and chooses another; why not, or None."""

    def choose(role, new):
        work = work_as(platform("test"), Face.REGISTRY)
        username = f"holder-{uuid4().hex[:8]}"
        person_id = register_person(
            work,
            name="王小丽",
            document_kind=DocumentKind.PASSPORT,
            document_number=uuid4().hex[:9].upper(),
            sex=None,
            birth_date=None,
            phone=TELEPHONE,
        )
        open_account(work, person_id=person_id, username=username, password=FIRST, roles=[role], organisation_id=None)
        token = sign_in(work, username=username, password=FIRST, address="::1", demonstration=False).token or ""
        came_in = sign_in_of(work, token)
        assert came_in is not None
        work.actor = came_in.actor
        new = new.replace("USERNAME", username)
        return change_own_password(work, token=token, address="::1", current=FIRST, new=new, again=new)

    return choose


@pytest.mark.parametrize(
    "new",
    [
        "aaaaaaaa",
        "password1",
        " " * 8,
        "88888888",
        "1qaz2wsx",
        "P@ssw0rd",
        "abc12345",
        "woaini1314",
        "5201314520",
        "anpei-demo",
        "19880412",
        "USERNAME",
        "my-USERNAME-1",
        TELEPHONE,
        f"{TELEPHONE}a",
    ],
)
def test_what_is_guessed_first_is_refused_at_its_field(holder, new):
    problem = holder(Role.WORKER, new)
    assert isinstance(problem, Invalid)
    assert isinstance(problem.fields["new"], PasswordEasilyGuessed)


@pytest.mark.parametrize(
    ("role", "short", "long"),
    [
        (Role.WORKER, "kq7-tmx", "kq7-tm2x"),
        (Role.TEACHER, "kq7-tm2xy", "kq7-tm2xyv"),
        (Role.ADMINISTRATOR, "kq7-tm2xyvb", "kq7-tm2xyvbn"),
        (Role.ADMINISTRATOR, "天冷加衣服", "早上八点半开班前会"),
    ],
)
def test_how_long_a_password_is_follows_from_the_role(holder, role, short, long):
    problem = holder(role, short)
    assert isinstance(problem, Invalid)
    assert isinstance(problem.fields["new"], PasswordTooShort)
    assert holder(role, long) is None


def opened(work):
    person_id = register_person(
        work,
        name="老马",
        document_kind=DocumentKind.PASSPORT,
        document_number=uuid4().hex[:9].upper(),
        sex=None,
        birth_date=None,
        phone=None,
    )
    username = f"old-{uuid4().hex[:8]}"
    open_account(
        work, person_id=person_id, username=username, password=FIRST, roles=[Role.WORKER], organisation_id=None
    )
    account = account_named(work, username)
    assert account is not None
    account.password_hash = AS_IT_WAS.hash(FIRST)
    work.session.flush()
    return username


def test_an_old_hash_opens_the_door_and_is_made_anew_there(work_as):
    work = work_as(platform("test"), Face.REGISTRY)
    username = opened(work)
    before = password_hash(work, username) or ""
    assert sign_in(work, username=username, password="wrong", address="::1", demonstration=False).problem
    assert password_hash(work, username) == before
    assert sign_in(work, username=username, password=FIRST, address="::1", demonstration=False).token
    work.session.flush()
    after = password_hash(work, username) or ""
    assert "m=65536" in before
    assert "m=65536" not in after
    assert sign_in(work, username=username, password=FIRST, address="::1", demonstration=False).token
    assert password_hash(work, username) == after
