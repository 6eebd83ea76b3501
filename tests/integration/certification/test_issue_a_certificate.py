"""From hours and passed parts to a certificate, as the registry does it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select, text

from certification.applications import queries as applications
from certification.applications.actions import approve_application, record_passed_part, refuse_application
from certification.applications.errors import AlreadyDecided, BarredUntil
from certification.certificates import queries
from certification.certificates.actions.deciding import (
    cancel_certificate,
    reinstate_certificate,
    revoke_certificate,
    suspend_certificate,
)
from certification.certificates.actions.issuing import take_over_certificate
from certification.certificates.errors import (
    AlreadyOnRegister,
    FormerIsSuspended,
    NoAuthority,
    NotInOwnCause,
    NotIssuedYet,
    PhotoMissing,
)
from certification.certificates.queries.genuine import signatures_of
from certification.certificates.rules.face import proof_statement
from certification.certificates.rules.facts import facts_from_json, signed_message
from certification.certificates.rules.genuine import Over
from certification.certificates.rules.states import State
from certification.certificates.tables import CertificateRecord
from certification.eligibility.errors import HoursMissing
from certification.eligibility.queries import proof
from certification.programmes.rules import plus_years
from exams.standards.rules import Part
from kernel.actor import platform
from kernel.because import ReasonMissing
from kernel.clock import shanghai_date
from kernel.documents import CharacterCannotBePrinted
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.ledger import public_keys
from people.access.rules import Role
from tests.integration.certification.conftest import Office


def approve(office, printing, application_id):
    return approve_application(office.as_officer(), application_id, printing=printing)


def issue(office, printing, person_id):
    office.trained(person_id)
    return approve(office, printing, office.passed(person_id))


def test_a_worker_may_not_issue(office, printing):
    application = office.passed(office.person())
    office.work.actor = office.someone(Role.WORKER)
    with pytest.raises(Forbidden):
        approve_application(office.work, application, printing=printing)


def test_an_officer_of_no_authority_may_not_issue(office, printing):
    application = office.passed(office.person())
    office.work.actor = office.someone(Role.CERTIFICATE_OFFICER)
    with pytest.raises(NoAuthority):
        approve_application(office.work, application, printing=printing)


def test_nobody_issues_to_themselves(office, printing):
    person_id = office.person()
    application = office.passed(person_id)
    office.work.actor = office.someone(
        Role.CERTIFICATE_OFFICER, organisation_id=office.authority_id, person_id=person_id
    )
    with pytest.raises(NotInOwnCause):
        approve_application(office.work, application, printing=printing)


def test_the_whole_way(office, printing):
    person_id = office.person()
    eligibility = office.trained(person_id)
    application_id = office.passed(person_id)
    certificate_id = approve(office, printing, application_id)

    row = queries.certificate(office.work, certificate_id)
    today = shanghai_date(office.work.now)
    assert row.standing.state is State.VALID
    assert row.number.startswith("T99")
    assert len(row.number) == 19
    assert row.period.first_issued_on == row.period.valid_from == today
    assert row.period.valid_until.year == today.year + 6
    assert row.authority == "演示市应急管理局"
    assert applications.application(office.work, application_id).eligibility_id == eligibility.id
    assert [event.NAME for event in office.work.announced] == [
        "certification.eligibility_granted",
        "certification.application_opened",
        "certification.certificate_issued",
    ]


def test_the_face_is_signed_and_an_altered_one_is_noticed(office, printing):
    record = queries.certificate_record(office.work, issue(office, printing, office.person()))
    office.work.session.flush()
    (one,) = signatures_of(office.work, [record.id])[record.id, Over.FACTS]
    keys = public_keys(office.work.session, office.work.keys)
    assert keys.has_signed(one.signature, "certificate", signed_message(record.facts), one.at)
    altered = record.facts | {"valid_until": "2099-01-01"}
    assert not keys.has_signed(one.signature, "certificate", signed_message(altered), one.at)


def test_card_and_pdf_are_drawn_the_same_whenever_asked(office, printing):
    certificate_id = issue(office, printing, office.person("阿卜杜热合曼·买买提依明江"))
    record, photo = (
        queries.certificate_record(office.work, certificate_id),
        queries.photo_of(office.work, certificate_id),
    )
    facts = facts_from_json(record.facts)
    cards = {printing.card(facts, photo=photo, code=record.public_code) for _ in range(2)}
    assert len(cards) == 1
    assert Image.open(BytesIO(cards.pop())).size == (1011, 638)
    days = {"issued_on": shanghai_date(record.issued_at)}
    first, second = (printing.pdf(facts, photo=photo, code=record.public_code, **days) for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF-")


def test_a_rare_character_prints(office, printing):
    assert issue(office, printing, office.person("龑䶮𬱖"))


@pytest.fixture
def waiting(workplace):
    """An application that is really committed; makes one for a person of the given name."""

    def make(name):
        with workplace.transaction(platform("test"), Face.REGISTRY) as work:
            office = Office(work)
            person_id = office.person(name)
            office.trained(person_id)
            return office.passed(person_id), office.officer

    return make


def test_an_unprintable_character_stops_the_issue_and_nothing_is_decided(workplace, waiting, printing):
    application_id, officer = waiting("张𪚥")
    with pytest.raises(CharacterCannotBePrinted) as refusal, workplace.transaction(officer, Face.REGISTRY) as work:
        approve_application(work, application_id, printing=printing)
    assert refusal.value.data == {"character": "𪚥", "codepoint": "U+2A6A5"}
    with workplace.reading(officer, Face.REGISTRY) as reading:
        assert applications.decision(reading, application_id) is None
        assert queries.certificate_of_application(reading, application_id) is None


def test_two_clicks_at_once_issue_one_certificate(workplace, waiting, printing):
    application_id, officer = waiting("张伟")

    def click(_):
        with workplace.transaction(officer, Face.REGISTRY) as work:
            return approve_application(work, application_id, printing=printing)

    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(click, range(3)))) == 1


def test_without_a_photo_nothing_is_issued(office, printing):
    application_id = office.passed(office.person(photo=False))
    with pytest.raises(PhotoMissing):
        approve(office, printing, application_id)


def test_a_second_click_finds_the_first_certificate(office, printing):
    person_id = office.person()
    office.trained(person_id)
    application_id = office.passed(person_id)
    first = approve(office, printing, application_id)
    office.work.session.flush()
    assert approve(office, printing, application_id) == first
    found = office.work.session.scalars(select(CertificateRecord).where(CertificateRecord.person_id == person_id))
    assert len(found.all()) == 1


def test_what_was_refused_is_not_approved(office, printing):
    application_id = office.passed(office.person())
    refuse_application(office.as_officer(), application_id, reason="体检证明缺失。")
    office.work.session.flush()
    with pytest.raises(AlreadyDecided):
        approve(office, printing, application_id)


def test_a_refusal_takes_a_reason(office):
    application_id = office.passed(office.person())
    with pytest.raises(ReasonMissing):
        refuse_application(office.as_officer(), application_id, reason="  ")


def test_one_part_opens_no_application_and_the_same_result_twice_opens_one(office):
    person_id = office.person()
    theory, practical = office.part(person_id, Part.THEORY), office.part(person_id, Part.PRACTICAL)
    assert record_passed_part(office.as_platform(), theory) is None
    assert record_passed_part(office.as_platform(), theory) is None
    opened = record_passed_part(office.as_platform(), practical)
    assert opened
    assert record_passed_part(office.as_platform(), practical) is None


def test_a_part_that_no_longer_counts_completes_nothing(office):
    person_id = office.person()
    long_ago = shanghai_date(office.work.now) - timedelta(days=367)
    record_passed_part(office.as_platform(), office.part(person_id, Part.THEORY, taken_on=long_ago))
    assert record_passed_part(office.as_platform(), office.part(person_id, Part.PRACTICAL)) is None


def test_a_manager_needs_theory_only(office):
    qualification = "chemicals_trade_manager"
    theory = office.part(office.person(), Part.THEORY, qualification)
    assert record_passed_part(office.as_platform(), theory)


def test_hours_that_are_missing_grant_nothing(office):
    with pytest.raises(HoursMissing):
        office.trained(office.person(), hours="147.9")


def test_the_proof_says_what_was_learned(office):
    eligibility = office.trained(office.person())
    office.work.session.flush()
    facts = proof(office.work, eligibility.id)
    assert (facts.hours_required, facts.hours_credited, facts.item) == ("148", "148", "低压电工作业")
    assert facts.number.startswith("PX2026")
    assert facts.outline == "低压电工作业初次取证培训大纲（第1版）"
    assert "_" not in proof_statement(facts), "the code of an outline is not for people"


def state_of(office, certificate_id):
    office.work.session.flush()
    return queries.certificate(office.work, certificate_id).standing.state


def test_suspended_and_reinstated(office, printing):
    certificate_id = issue(office, printing, office.person())
    suspend_certificate(office.as_officer(), certificate_id, reason="核查举报。")
    assert state_of(office, certificate_id) is State.SUSPENDED
    reinstate_certificate(office.as_officer(), certificate_id, reason="举报不实。")
    assert state_of(office, certificate_id) is State.VALID
    assert [line.entry.value for line in queries.history(office.work, certificate_id)] == [
        "issued",
        "suspended",
        "reinstated",
    ]


def test_a_suspension_is_not_walked_around(office, printing):
    person_id = office.person()
    certificate_id = issue(office, printing, person_id)
    suspend_certificate(office.as_officer(), certificate_id, reason="核查举报。")
    office.work.session.flush()
    with pytest.raises(FormerIsSuspended):
        approve(office, printing, office.passed(person_id))


def test_fraud_bars_for_three_years(office, printing):
    person_id = office.person()
    certificate_id = issue(office, printing, person_id)
    revoke_certificate(office.as_officer(), certificate_id, ground="fraud_or_bribery", reason="替考取得。")
    assert state_of(office, certificate_id) is State.REVOKED
    with pytest.raises(BarredUntil):
        approve(office, printing, office.passed(person_id))


def test_after_a_cancellation_a_new_beginning_is_possible(office, printing):
    person_id = office.person()
    certificate_id = issue(office, printing, person_id)
    cancel_certificate(office.as_officer(), certificate_id, reason="本人申请注销。")
    office.work.session.flush()
    again = approve(office, printing, office.passed(person_id))
    assert state_of(office, again) is State.VALID


@pytest.mark.parametrize("table", ["certificates", "status_log", "decisions", "applications", "passed_parts"])
def test_history_is_never_changed(office, printing, table):
    issue(office, printing, office.person())
    office.work.session.flush()
    with pytest.raises(Exception, match="permission denied"):
        office.work.session.execute(text(f"DELETE FROM certification.{table}"))


def taken_over(office, printing, person_id, issued_on, *, reviewed_on=(), source="原台账第12号"):
    return take_over_certificate(
        office.as_officer(),
        person_id=person_id,
        qualification="low_voltage",
        issued_on=issued_on,
        reviewed_on=reviewed_on,
        source=source,
        printing=printing,
    )


@pytest.mark.parametrize(
    ("days_left", "reviewed", "state"),
    [(30, True, State.RENEWAL_DUE), (-40, True, State.EXPIRED), (400, False, State.VOID)],
)
def test_a_card_of_an_earlier_register_is_worth_what_its_own_rule_says(office, printing, days_left, reviewed, state):
    today = shanghai_date(office.work.now)
    issued_on = plus_years(today + timedelta(days=days_left), -6)
    reviews = [plus_years(issued_on, 3)] if reviewed else []
    row = queries.certificate(
        office.work, taken_over(office, printing, office.person(), issued_on, reviewed_on=reviews)
    )
    assert (row.standing.state, row.period.regime.code) == (state, "order_30")
    assert [line.reason for line in queries.history(office.work, row.id)] == ["原台账第12号"] * (1 + len(reviews))


@pytest.mark.parametrize(("days", "source", "refusal"), [(0, " ", ReasonMissing), (1, "原台账", NotIssuedYet)])
def test_a_card_is_taken_over_with_its_source_and_not_from_the_future(office, printing, days, source, refusal):
    issued_on = shanghai_date(office.work.now) + timedelta(days=days)
    with pytest.raises(refusal):
        taken_over(office, printing, office.person(), issued_on, source=source)


def test_nobody_has_two_cards_of_one_trade_by_way_of_an_earlier_register(office, printing):
    person_id, today = office.person(), shanghai_date(office.work.now)
    taken_over(office, printing, person_id, today)
    with pytest.raises(AlreadyOnRegister):
        taken_over(office, printing, person_id, today)
