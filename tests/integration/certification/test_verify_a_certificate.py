"""A stranger verifies: through the public role, which is shown what it can name and nothing else."""

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from certification.certificates.actions.deciding import suspend_certificate
from certification.certificates.rules.states import State
from certification.verification.actions import look_up_code, look_up_number
from certification.verification.errors import (
    LookupUnusable,
    NameMissing,
    NumberCannotBeRight,
    TooManyLookups,
    TooManyMisses,
    TooManyMissesOfName,
)
from certification.verification.queries import public_certificate
from certification.verification.rules import BY_NUMBER_AT_MOST, MISSES_OF_CLIENT_AT_MOST, MISSES_OF_NAME_AT_MOST
from kernel.actor import ANYONE, platform
from kernel.audit import seal
from kernel.faces import Face
from kernel.keys import Keyring, folders_of
from kernel.ledger import public_keys
from kernel.walk import Walk
from kernel.work import Reading
from people.accounts.rules.id_numbers import check_digit


def test_the_code_shows_the_state_today(workplace, issued, stranger):
    record, officer = issued
    found = look_up_code(stranger, record.public_code, address="203.0.113.1")
    assert found
    assert (found.name, found.item.zh, found.standing.state) == ("阿卜杜·买买提", "低压电工作业", State.VALID)
    assert record.number not in repr(found)
    assert found.masked_number == f"{record.number[:3]}************{record.number[-4:-1]}*"
    assert found.photo

    with workplace.transaction(officer, Face.REGISTRY) as work:
        suspend_certificate(work, record.id, reason="核查举报。")
    again = look_up_code(stranger, record.public_code, address="203.0.113.1")
    assert again
    assert again.standing.state is State.SUSPENDED


def test_number_and_name_find_it_however_the_dot_is_typed(issued, stranger):
    record, _ = issued
    typed = f" {record.number[:7].lower()} {record.number[7:]}"
    for number, name in [(typed, "阿卜杜•买买提"), (record.number[1:], "阿卜杜买买提")]:
        [found] = look_up_number(stranger, number=number, name=name, address="203.0.113.2")
        assert found.public_code == record.public_code


def test_nobody_leafs_through_the_register(issued, stranger):
    with pytest.raises(ProgrammingError, match="permission denied"):
        stranger.session.execute(text("SELECT name, photo_key FROM certification.public_certificates"))


def test_what_is_shown_holds_nothing_to_try_numbers_against(issued, stranger):
    record, _ = issued
    shown = stranger.session.execute(
        text("SELECT * FROM certification.certificate_of_code(:code)"), {"code": record.public_code}
    ).one()
    assert record.lookup_digest not in [bytes(value) for value in shown if isinstance(value, bytes | memoryview)]
    assert record.number not in repr(shown)


def test_strangers_need_no_signing_key(workplace, issued, tmp_path):
    record, _ = issued
    for name in folders_of(Face.PUBLIC):
        shutil.copytree(workplace.settings.keys_folder / name, tmp_path / name)
    assert not (tmp_path / "signing").exists()
    with Session(workplace.engines.of(Face.PUBLIC)) as session:
        reading = Reading(
            session=session,
            actor=ANYONE,
            now=workplace.clock.now(),
            face=Face.PUBLIC,
            stores=workplace.stores(Face.PUBLIC),
            keys=Keyring(tmp_path, Face.PUBLIC),
        )
        found = public_certificate(reading, record.public_code)
    assert found
    assert found.is_genuine


def test_another_name_finds_nothing(issued, stranger):
    record, _ = issued
    assert look_up_number(stranger, number=record.number, name="张伟", address="203.0.113.3") == []
    assert look_up_code(stranger, "A" * 26, address="203.0.113.3") is None


def test_an_altered_number_is_told_at_once(issued, stranger):
    record, _ = issued
    wrong = record.number[:-2] + ("1" if record.number[-2] != "1" else "2") + record.number[-1]
    with pytest.raises(LookupUnusable) as refusal:
        look_up_number(stranger, number=wrong, name=" ", address="203.0.113.4")
    assert {field: type(problem) for field, problem in refusal.value.fields.items()} == {
        "number": NumberCannotBeRight,
        "name": NameMissing,
    }


def test_trying_numbers_is_stopped_and_others_are_not(issued, work_as):
    record, _ = issued
    stranger = work_as(ANYONE, Face.PUBLIC)
    for _ in range(BY_NUMBER_AT_MOST):
        look_up_number(stranger, number=record.number, name="张伟", address="203.0.113.5")
    assert look_up_number(stranger, number=record.number, name=record.name, address="203.0.113.6")
    with pytest.raises(TooManyLookups):
        look_up_number(stranger, number=record.number, name="张伟", address="203.0.113.5")


def test_every_look_up_is_in_the_sealed_audit(workplace, issued):
    record, _ = issued
    with workplace.transaction(ANYONE, Face.PUBLIC) as work:
        look_up_code(work, record.public_code, address="203.0.113.7")
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        rows = work.session.execute(
            text(
                "SELECT facts FROM kernel.audit WHERE name = 'certification.certificate_looked_up' AND facts @> :code"
            ),
            {"code": f'{{"codes": ["{record.public_code}"]}}'},
        ).all()
        assert len(rows) == 1
        assert "203.0.113.7" not in str(rows)
        while seal(work.session, work.keys, work.now):
            work.session.flush()
        walk = Walk(work.session, workplace.settings.keys_folder, public_keys(work.session, work.keys))
        assert list(walk.findings()) == []


def another_number(turn: int) -> str:
    """A number whose check character fits, of somebody who is not in the register."""
    first = f"110101{1950 + turn % 50}0101{turn % 1000:03d}"
    return first + check_digit(first)


def tried(work, name, address, *, times, first=0):
    for turn in range(first, first + times):
        work.now += timedelta(minutes=1)  # slowly enough for the limit of a minute
        assert look_up_number(work, number=another_number(turn), name=name, address=address) == []


def test_the_numbers_of_one_person_are_not_tried_out_from_many_addresses(issued, stranger):
    record, _ = issued
    for turn in range(MISSES_OF_NAME_AT_MOST):
        tried(stranger, record.name, f"203.0.113.{turn + 100}", times=1, first=turn)
    assert look_up_number(stranger, number=another_number(1), name="钱没有人", address="203.0.113.200") == []
    with pytest.raises(TooManyMissesOfName):
        look_up_number(stranger, number=record.number, name=record.name, address="203.0.113.201")


def test_the_day_after_a_name_can_be_looked_up_again(issued, stranger):
    record, _ = issued
    tried(stranger, record.name, "198.51.100.1", times=MISSES_OF_NAME_AT_MOST)
    stranger.now += timedelta(days=1)
    assert look_up_number(stranger, number=record.number, name=record.name, address="198.51.100.1")


def test_names_are_not_tried_out_from_one_address_but_codes_are_still_scanned(issued, stranger):
    record, _ = issued
    for turn in range(MISSES_OF_CLIENT_AT_MOST):
        tried(stranger, f"钱{turn}", "198.51.100.2", times=1, first=turn)
    assert look_up_code(stranger, record.public_code, address="198.51.100.2")
    assert look_up_number(stranger, number=record.number, name=record.name, address="198.51.100.3")
    with pytest.raises(TooManyMisses):
        look_up_number(stranger, number=record.number, name=record.name, address="198.51.100.2")


def test_a_gate_that_finds_whom_it_looks_up_is_never_stopped_by_the_day(issued, stranger):
    record, _ = issued
    for _ in range(MISSES_OF_CLIENT_AT_MOST + 1):
        stranger.now += timedelta(minutes=1)
        assert look_up_number(stranger, number=record.number, name=record.name, address="198.51.100.4")


def test_one_network_of_the_new_internet_is_one_client(issued, stranger):
    record, _ = issued
    for turn in range(BY_NUMBER_AT_MOST):
        look_up_number(stranger, number=record.number, name=record.name, address=f"2001:db8:7:1::{turn:x}")
    assert look_up_number(stranger, number=record.number, name=record.name, address="2001:db8:7:2::1")
    with pytest.raises(TooManyLookups):
        look_up_number(stranger, number=record.number, name=record.name, address="2001:db8:7:1:ffff::1")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM certification.certificates",
        "SELECT 1 FROM kernel.file_keys",
        "SELECT 1 FROM kernel.files",
        "SELECT 1 FROM certification.lookups",
        "SELECT 1 FROM people.persons",
        "SELECT 1 FROM people.identity_documents",
        "SELECT 1 FROM kernel.audit",
        "INSERT INTO kernel.audit SELECT * FROM kernel.audit",
        "SELECT nextval('certification.proof_numbers')",
    ],
)
def test_the_public_role_reads_the_view_and_nothing_else(stranger, statement):
    with pytest.raises(Exception, match="permission denied"):
        stranger.session.execute(text(statement))
