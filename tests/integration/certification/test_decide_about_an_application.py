"""What an application rests on, who decides about it, and that a refusal is not the end of the way."""

from datetime import date, timedelta

import pytest

from certification.applications import queries
from certification.applications.actions import (
    approve_application,
    record_passed_part,
    refuse_application,
    reopen_application,
)
from certification.applications.errors import (
    AlreadyDecided,
    BarredUntil,
    DecidedElsewhere,
    NotRefused,
    OpenDuringABar,
)
from certification.certificates.actions.deciding import revoke_certificate
from certification.certificates.errors import NoAuthority, NotInOwnCause
from certification.certificates.queries import certificate, certificate_record
from certification.certificates.rules.states import State
from certification.programmes.rules import plus_years
from exams.standards.rules import Part
from kernel.because import ReasonMissing
from kernel.clock import shanghai_date
from kernel.errors import Forbidden
from people.access.rules import Role

MISSING, THERE = "体检证明缺失。", "已补交体检证明。"


@pytest.fixture
def refused(office):
    application = office.passed(office.person())
    refuse_application(office.as_officer(), application, reason=MISSING)
    return application


def approve(office, printing, application):
    return approve_application(office.as_officer(), application, printing=printing)


def test_a_worker_does_not_open_a_refused_application_again(office, refused):
    office.work.actor = office.someone(Role.WORKER)
    with pytest.raises(Forbidden):
        reopen_application(office.work, refused, reason=THERE)


def test_without_a_reason_nothing_is_decided_anew(office, refused):
    with pytest.raises(ReasonMissing):
        reopen_application(office.as_officer(), refused, reason=" ")


def test_only_what_was_refused_is_decided_anew(office, printing):
    waiting = office.passed(office.person())
    with pytest.raises(NotRefused):
        reopen_application(office.as_officer(), waiting, reason=THERE)


def test_what_was_approved_is_not_decided_anew(office, printing):
    application = office.passed(office.person())
    approve(office, printing, application)
    with pytest.raises(NotRefused):
        reopen_application(office.as_officer(), application, reason=THERE)


def test_nobody_opens_the_own_application_again(office, refused):
    person_id = queries.application(office.work, refused).person_id
    office.work.actor = office.someone(
        Role.CERTIFICATE_OFFICER, organisation_id=office.authority_id, person_id=person_id
    )
    with pytest.raises(NotInOwnCause):
        reopen_application(office.work, refused, reason=THERE)


def test_what_was_missing_is_brought_and_the_certificate_is_issued(office, printing, refused):
    reopen_application(office.as_officer(), refused, reason=THERE)
    assert queries.decision(office.work, refused) is None
    assert refused in [row.id for row in queries.applications(office.work, waiting=True)]
    assert certificate(office.work, approve(office, printing, refused)).standing.state is State.VALID
    assert [(turn.approved, turn.reason) for turn in queries.turns(office.work, refused)] == [
        (False, MISSING),
        (None, THERE),
        (True, None),
    ]
    assert refused not in [row.id for row in queries.applications(office.work, waiting=True)]


def test_it_may_be_refused_once_more_and_opened_once_more(office, printing, refused):
    for _ in range(2):
        office.work.now += timedelta(minutes=1)
        reopen_application(office.as_officer(), refused, reason=THERE)
        office.work.now += timedelta(minutes=1)
        refuse_application(office.as_officer(), refused, reason=MISSING)
    assert [turn.approved for turn in queries.turns(office.work, refused)] == [False, None, False, None, False]
    with pytest.raises(AlreadyDecided):
        approve(office, printing, refused)


@pytest.mark.parametrize("deed", ["reopen", "approve", "refuse"])
def test_who_refused_decides_anew_and_no_other_authority(office, printing, refused, deed):
    if deed != "reopen":
        reopen_application(office.as_officer(), refused, reason=THERE)
    office.work.actor = office.elsewhere()
    deeds = {
        "reopen": lambda: reopen_application(office.work, refused, reason=THERE),
        "approve": lambda: approve_application(office.work, refused, printing=printing),
        "refuse": lambda: refuse_application(office.work, refused, reason=MISSING),
    }
    with pytest.raises(DecidedElsewhere) as refusal:
        deeds[deed]()
    assert refusal.value.data == {"authority": "演示市应急管理局"}


def test_an_officer_of_no_authority_refuses_nothing(office):
    application = office.passed(office.person())
    office.work.actor = office.someone(Role.CERTIFICATE_OFFICER)
    with pytest.raises(NoAuthority):
        refuse_application(office.work, application, reason=MISSING)


def test_a_person_sees_the_own_applications_and_no_others(office, refused):
    person_id = queries.application(office.work, refused).person_id
    office.work.actor = office.someone(Role.WORKER, person_id=person_id)
    assert [(row.id, row.approved, row.reason) for row in queries.own_applications(office.work)] == [
        (refused, False, MISSING)
    ]
    office.work.actor = office.someone(Role.WORKER)
    assert queries.own_applications(office.work) == []


@pytest.mark.parametrize(("days", "counts"), [(0, True), (-1, False)])
def test_a_part_is_not_lost_because_an_office_released_late(office, days, counts):
    person_id, last_taken = office.person(), shanghai_date(office.work.now) - timedelta(days=90)
    until = last_taken + timedelta(days=days)
    theory = office.part(person_id, Part.THEORY, taken_on=last_taken - timedelta(days=300), valid_until=until)
    assert record_passed_part(office.as_platform(), theory) is None
    opened = record_passed_part(office.as_platform(), office.part(person_id, Part.PRACTICAL, taken_on=last_taken))
    assert bool(opened) is counts


def barred(office, printing, person_id) -> date:
    certificate_id = approve(office, printing, office.passed(person_id))
    revoke_certificate(office.as_officer(), certificate_id, ground="fraud_or_bribery", reason="查实替考。")
    office.work.session.flush()
    return plus_years(shanghai_date(office.work.now), 3) - timedelta(days=1)


def test_a_bar_is_not_sat_out_with_an_application_in_the_drawer(office, printing):
    person_id = office.person()
    last = barred(office, printing, person_id)
    application = office.passed(person_id)
    with pytest.raises(BarredUntil) as refusal:
        approve(office, printing, application)
    assert refusal.value.data == {"day": last}


def test_nor_is_it_approved_when_the_bar_is_over(office, printing):
    person_id = office.person()
    barred(office, printing, person_id)
    application = office.passed(person_id)
    office.work.now += timedelta(days=3 * 366)
    with pytest.raises(OpenDuringABar):
        approve(office, printing, application)


def test_an_examination_after_the_bar_leads_to_a_certificate(office, printing):
    person_id = office.person()
    barred(office, printing, person_id)
    office.work.now += timedelta(days=3 * 366)
    assert certificate(office.work, approve(office, printing, office.passed(person_id))).standing.state is State.VALID


def test_a_later_training_does_not_turn_a_specimen_into_a_certificate(office, printing):
    person_id = office.person(region="110105")
    office.trained(person_id, demonstration=True)
    application = office.passed(person_id)
    office.trained(person_id, demonstration=False)
    review = queries.review(office.as_officer(), application, printing)
    assert review.draft
    assert review.draft.facts.demonstration
    issued = certificate_record(office.work, approve(office, printing, application))
    assert issued.facts["demonstration"]
    assert issued.demonstration
