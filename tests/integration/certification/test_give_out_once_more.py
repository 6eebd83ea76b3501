"""A lost card, a misspelt name: the certificate is given out once more, and who decides about it at all."""

from datetime import date, datetime, timedelta

import pytest

from certification.applications.actions import approve_application
from certification.certificates import queries
from certification.certificates.actions.deciding import (
    cancel_certificate,
    record_review,
    reinstate_certificate,
    revoke_certificate,
    suspend_certificate,
)
from certification.certificates.actions.issuing import take_over_certificate
from certification.certificates.actions.reissuing import reissue_certificate
from certification.certificates.errors import (
    IssuedElsewhere,
    NotGivenOutAgain,
    NotInOwnCause,
)
from certification.certificates.rules.states import Entry, State
from certification.programmes.rules import plus_years
from kernel.because import ReasonMissing
from kernel.clock import SHANGHAI, shanghai_date
from kernel.documents import CharacterCannotBePrinted
from kernel.errors import Forbidden
from people.access.rules import Role
from people.accounts.tables import PersonRecord

LOST = "持证人声明证件遗失。"


@pytest.fixture
def held(office, printing):
    """A valid certificate, issued in the name of 张伟."""
    application = office.passed(office.person())
    return approve_application(office.as_officer(), application, printing=printing)


def rename(office, certificate_id, name):
    person_id = queries.certificate_record(office.work, certificate_id).person_id
    person = office.work.session.get(PersonRecord, person_id)
    person.name = name
    office.work.session.flush()


def again(office, printing, certificate_id, reason=LOST):
    office.work.session.flush()
    found = reissue_certificate(office.as_officer(), certificate_id, reason=reason, printing=printing)
    office.work.session.flush()
    return found


def test_a_worker_gives_nothing_out_once_more(office, printing, held):
    office.work.actor = office.someone(Role.WORKER)
    with pytest.raises(Forbidden):
        reissue_certificate(office.work, held, reason=LOST, printing=printing)


def test_it_takes_a_reason(office, printing, held):
    with pytest.raises(ReasonMissing):
        again(office, printing, held, reason=" ")


def test_nobody_does_it_for_themselves(office, printing, held):
    person_id = queries.certificate(office.work, held).person_id
    office.work.actor = office.someone(
        Role.CERTIFICATE_OFFICER, organisation_id=office.authority_id, person_id=person_id
    )
    with pytest.raises(NotInOwnCause):
        reissue_certificate(office.work, held, reason=LOST, printing=printing)


@pytest.mark.parametrize("end", ["suspend", "revoke", "cancel", "replace", "expire"])
def test_what_does_not_count_is_not_given_out_once_more(office, printing, held, end):
    work = office.as_officer()
    if end == "suspend":
        suspend_certificate(work, held, reason="核查举报。")
    elif end == "revoke":
        revoke_certificate(work, held, ground="unfit_for_health", reason="体检不合格。")
    elif end == "cancel":
        cancel_certificate(work, held, reason="本人申请注销。")
    elif end == "replace":
        again(office, printing, held)
    else:
        work.now += timedelta(days=7 * 366)
    with pytest.raises(NotGivenOutAgain):
        again(office, printing, held)


def test_a_lost_card_is_replaced_by_one_with_a_code_of_its_own(office, printing, held):
    found = again(office, printing, held)
    lost, new = (queries.certificate_record(office.work, each) for each in (held, found))
    assert new.public_code != lost.public_code
    kept = ("number", "first_issued_on", "valid_from", "valid_until", "regime", "qualification", "authority_id")
    assert [getattr(new, name) for name in kept] == [getattr(lost, name) for name in kept]
    assert queries.certificate(office.work, found).is_genuine
    rows = [queries.certificate(office.work, each) for each in (held, found)]
    assert [row.standing.state for row in rows] == [State.REPLACED, State.VALID]
    last = queries.history(office.work, held)[-1]
    assert (last.entry, last.reason, last.successor_id) == (Entry.REPLACED, LOST, found)


def test_a_misspelt_name_is_put_right_and_found_by_the_right_one(office, printing, held):
    rename(office, held, "张玮")
    found = queries.certificate_record(office.work, again(office, printing, held, reason="姓名更正。"))
    assert (found.name, found.facts["name"]) == ("张玮", "张玮")
    former = queries.certificate_record(office.work, held)
    assert former.name == "张伟"
    assert found.lookup_digest != former.lookup_digest


def test_what_cannot_be_printed_is_not_given_out_and_the_present_one_stays(office, printing, held):
    rename(office, held, "张𪚥")
    with pytest.raises(CharacterCannotBePrinted):
        again(office, printing, held)
    assert office.work.announced == []


def old_card(office, printing, *, days_left: int, reviewed: bool = True):
    issued_on = plus_years(shanghai_date(office.work.now) + timedelta(days=days_left), -6)
    return take_over_certificate(
        office.as_officer(),
        person_id=office.person(),
        qualification="low_voltage",
        issued_on=issued_on,
        reviewed_on=[plus_years(issued_on, 3)] if reviewed else [],
        source="原台账第12号",
        printing=printing,
    )


def test_a_passed_review_counts_for_the_card_given_out_once_more(office, printing):
    card = old_card(office, printing, days_left=800)
    assert queries.certificate(office.work, again(office, printing, card)).standing.state is State.VALID


def test_the_renewal_in_the_drawer_still_takes_over(office, printing):
    card = old_card(office, printing, days_left=30)
    person_id = queries.certificate(office.work, card).person_id
    application = office.passed(person_id)
    renewal = approve_application(office.as_officer(), application, printing=printing)
    new = again(office, printing, card)
    row = queries.certificate(office.work, new)
    in_hand = queries.renewal_in_hand(office.work, row)
    assert in_hand
    assert in_hand.id == renewal
    office.work.now += timedelta(days=31)
    states = [queries.certificate(office.work, each).standing.state for each in (card, new, renewal)]
    assert states == [State.REPLACED, State.REPLACED, State.VALID]


def test_the_renewal_in_the_drawer_is_given_out_once_more_as_well(office, printing):
    card = old_card(office, printing, days_left=30)
    person_id = queries.certificate(office.work, card).person_id
    application = office.passed(person_id)
    renewal = approve_application(office.as_officer(), application, printing=printing)
    new = again(office, printing, renewal)
    assert queries.certificate(office.work, new).standing.state is State.NOT_YET_VALID
    revoke_certificate(office.as_officer(), card, ground="unfit_for_health", reason="体检不合格。")
    office.work.session.flush()
    assert queries.certificate(office.work, new).standing.state is State.REVOKED


@pytest.mark.parametrize("deed", ["suspend", "reinstate", "revoke", "cancel", "reissue"])
def test_an_officer_of_another_authority_is_told_who_can(office, printing, held, deed):
    if deed == "reinstate":
        suspend_certificate(office.as_officer(), held, reason="核查举报。")
        office.work.session.flush()
    work = office.work
    work.actor = office.elsewhere()
    deeds = {
        "suspend": lambda: suspend_certificate(work, held, reason="核查举报。"),
        "reinstate": lambda: reinstate_certificate(work, held, reason="举报不实。"),
        "revoke": lambda: revoke_certificate(work, held, ground="false_data", reason="信息虚假。"),
        "cancel": lambda: cancel_certificate(work, held, reason="本人申请注销。"),
        "reissue": lambda: reissue_certificate(work, held, reason=LOST, printing=printing),
    }
    with pytest.raises(IssuedElsewhere) as refusal:
        deeds[deed]()
    assert refusal.value.data == {"authority": "演示市应急管理局"}


def test_a_review_may_be_held_where_the_person_works(office, printing):
    office.work.now = datetime(2026, 4, 20, 10, tzinfo=SHANGHAI)
    card = take_over_certificate(
        office.as_officer(),
        person_id=office.person(),
        qualification="low_voltage",
        issued_on=date(2023, 5, 10),
        reviewed_on=[],
        source="原台账第12号",
        printing=printing,
    )
    office.work.actor = office.elsewhere()
    record_review(office.work, card, reason="复审培训8学时、考核合格。")
    office.work.session.flush()
    assert queries.certificate(office.work, card).standing.state is State.VALID
