"""Guessing at passwords, and what strangers can do to somebody whose name they know."""

from datetime import date

import pytest

from kernel.actor import ANYONE, platform
from kernel.faces import Face
from people.accounts.actions import open_account, register_person, sign_in
from people.accounts.errors import TooManyGuesses, WrongNameOrPassword
from people.accounts.rules import (
    GUESSES_FROM_ONE_PLACE,
    GUESSES_PER_NAME,
    NAMES_PER_ADDRESS,
    DocumentKind,
    Sex,
)
from people.accounts.tables import GuessRecord

PASSWORD = "correct horse"
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.{}"


@pytest.fixture
def work(work_as):
    return work_as(platform("test"), Face.REGISTRY)


@pytest.fixture
def door(work):
    """The sign-in of one person, `owner`; it answers with the kind of refusal, or None."""
    person_id = register_person(
        work,
        name="王芳",
        document_kind=DocumentKind.PASSPORT,
        document_number="E00000001",
        sex=Sex.FEMALE,
        birth_date=date(1990, 1, 1),
        phone=None,
    )
    open_account(work, person_id=person_id, username="owner", password=PASSWORD, roles=["worker"], organisation_id=None)
    work.actor = ANYONE

    def knock(password, address, username="owner"):
        outcome = sign_in(work, username=username, password=password, address=address, demonstration=False)
        work.session.flush()
        return type(outcome.problem) if outcome.problem else None

    return knock


def test_who_guesses_from_one_place_waits(door):
    for _ in range(GUESSES_FROM_ONE_PLACE):
        assert door("guess", HOME) is WrongNameOrPassword
    assert door(PASSWORD, HOME) is TooManyGuesses


def test_a_stranger_elsewhere_keeps_nobody_out(door):
    for _ in range(GUESSES_FROM_ONE_PLACE + 1):
        door("guess", ELSEWHERE.format(1))
    assert door(PASSWORD, HOME) is None


def test_many_strangers_keep_out_only_whoever_comes_from_a_new_place(door):
    assert door(PASSWORD, HOME) is None
    for number in range(GUESSES_PER_NAME):
        door("guess", ELSEWHERE.format(number))
    assert door(PASSWORD, ELSEWHERE.format(200)) is TooManyGuesses
    assert door(PASSWORD, HOME) is None


def test_a_room_of_candidates_behind_one_address_keeps_nobody_of_it_out(door):
    for number in range(30):
        door("typed wrong", HOME, f"mistyped{number}")
        for _ in range(GUESSES_FROM_ONE_PLACE - 1):
            door("typed wrong", HOME, f"candidate{number}")
    assert door(PASSWORD, HOME) is None


def test_who_guesses_at_many_names_waits_and_whoever_is_at_home_there_does_not(door):
    assert door(PASSWORD, HOME) is None
    for number in range(NAMES_PER_ADDRESS):
        assert door("guess", HOME, f"name{number}") is WrongNameOrPassword
    assert door("guess", HOME, "one-more") is TooManyGuesses
    assert door(PASSWORD, HOME) is None


def test_a_name_that_nobody_has_is_slowed_down_alike(door):
    for _ in range(GUESSES_FROM_ONE_PLACE):
        assert door("guess", HOME, "nobody") is WrongNameOrPassword
    assert door("guess", HOME, "nobody") is TooManyGuesses


def test_a_password_typed_into_the_wrong_field_is_kept_nowhere(work, door):
    door("owner", HOME, PASSWORD)
    assert PASSWORD not in str([row.facts for row in work.audit_rows()])
    kept = [vars(row) for row in work.session.query(GuessRecord)]
    assert kept
    assert PASSWORD not in str(kept)
