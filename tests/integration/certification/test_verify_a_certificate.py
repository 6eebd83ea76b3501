"""A stranger verifies: through the public role, which is shown what it can name and nothing else."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from certification.applications.actions import approve_application
from certification.certificates.actions import suspend_certificate
from certification.certificates.queries import certificate_record
from certification.certificates.rules.states import State
from certification.verification.actions import look_up_code, look_up_number
from certification.verification.errors import LookupUnusable, NameMissing, NumberCannotBeRight, TooManyLookups
from certification.verification.queries import public_photo
from certification.verification.rules import BY_NUMBER_AT_MOST
from kernel.actor import ANYONE, platform
from kernel.audit import seal
from kernel.faces import Face
from kernel.walk import Walk
from tests.integration.certification.conftest import Office


@pytest.fixture
def issued(workplace, printing):
    """A certificate that is really committed, so that the public role can see it."""
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        office = Office(work)
        person_id = office.person("阿卜杜·买买提")
        office.trained(person_id)
        application_id = office.passed(person_id)
        certificate_id = approve_application(office.as_officer(), application_id, printing=printing)
        record = certificate_record(work, certificate_id)
        officer = office.officer
    return record, officer


@pytest.fixture
def stranger(work_as):
    return work_as(ANYONE, Face.PUBLIC)


def test_the_code_shows_the_state_today(workplace, issued, stranger):
    record, officer = issued
    found = look_up_code(stranger, record.public_code, address="203.0.113.1")
    assert found
    assert (found.name, found.item.zh, found.standing.state) == ("阿卜杜·买买提", "低压电工作业", State.VALID)
    assert record.number not in repr(found)
    assert found.masked_number == f"{record.number[:5]}**********{record.number[-4:]}"
    assert public_photo(stranger, record.public_code)

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
        stranger.session.execute(text("SELECT name, photo FROM certification.public_certificates"))


def test_what_is_shown_holds_nothing_to_try_numbers_against(issued, stranger):
    record, _ = issued
    shown = stranger.session.execute(
        text("SELECT * FROM certification.certificate_of_code(:code)"), {"code": record.public_code}
    ).one()
    assert record.lookup_digest not in [bytes(value) for value in shown if isinstance(value, bytes | memoryview)]
    assert record.number not in repr(shown)


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
        while seal(work.session, work.keys.signing, work.now):
            work.session.flush()
        walk = Walk(work.session, workplace.settings.keys_folder, work.keys.signing.public)
        assert list(walk.findings()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM certification.certificates",
        "SELECT 1 FROM certification.certificate_photos",
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
