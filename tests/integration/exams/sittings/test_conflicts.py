"""What stands between a person and a sitting: who made the questions, who taught whom and when, who is elsewhere."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text, update

from certification.separation.queries import separation
from certification.separation.rules import findings as said
from exams.integrity.errors import CandidatesMadeQuestions, StaffInConflict
from exams.integrity.queries import findings
from exams.integrity.rules import Ground
from exams.invigilation.actions.admitting import check_in
from exams.practicals.actions import open_practicals, replace_examiner
from exams.practicals.queries import Filters, practicals
from exams.registrations.queries import registration, seated
from exams.registrations.rules import State, Subject
from exams.registrations.tables import RegistrationRecord
from exams.sittings import actions as sittings
from exams.sittings.errors import NoLongerAdmitted
from exams.sittings.queries import duties, sitting
from exams.standards.rules import Part
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.errors import Problem
from kernel.faces import Face
from people.access.rules import Role
from people.accounts.tables import AccountRecord
from people.organisations.rules.employments import OrganisationKind
from people.organisations.tables import EmploymentRecord, OrganisationRecord, PostRecord

MINUTE = timedelta(minutes=1)


def recheck(office):
    office.do(sittings.recheck_staff, actor=platform("recheck"))


# who made the questions


@pytest.fixture
def author(office, low_voltage_bank):
    """Somebody who wrote, reviewed or approved the bank, and who was trained like any other worker."""
    person_id = min(low_voltage_bank)
    with office.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        work.session.execute(
            text(
                "INSERT INTO people.persons (id, name, sex, birth_date, created_at) "
                "VALUES (:id, '命题人甲', 'male', '1990-05-06', now()) ON CONFLICT (id) DO UPDATE "
                "SET name = excluded.name, sex = excluded.sex, birth_date = excluded.birth_date"
            ),
            {"id": person_id},
        )
    worker = replace(office.actor(Role.WORKER), name="命题人甲", person_id=person_id)
    office.train(worker)
    return worker


def put_in_place_of(office, author, worker):
    """The seat of `worker` is `author`'s, as it may be where it was given before this was looked at."""
    with office.workplace.transaction(office.officer, Face.EXAMINATION) as work:
        work.session.execute(
            update(RegistrationRecord)
            .where(RegistrationRecord.person_id == worker.person_id)
            .values(person_id=author.person_id, name=author.name)
        )


def let_go(office, author):
    """No registration of the author is open any more; the next test begins anew."""
    with office.workplace.transaction(office.officer, Face.EXAMINATION) as work:
        work.session.execute(
            update(RegistrationRecord)
            .where(RegistrationRecord.person_id == author.person_id)
            .values(state=State.WITHDRAWN, seat=None)
        )


def test_who_made_questions_of_an_exam_is_refused_when_applying_and_told_why(office, author):
    row = office.look(registration, office.applied(author))
    assert row.state is State.REFUSED
    assert [check.subject for check in row.decision.unmet] == [Subject.QUESTIONS]


def test_everybody_else_is_told_that_they_had_no_part_in_the_questions(office, low_voltage_bank):
    row = office.look(registration, office.applied(office.trained()))
    assert Subject.QUESTIONS in [check.subject for check in row.decision.checks]
    assert row.state is State.APPLIED


def test_no_paper_is_drawn_for_somebody_who_made_its_questions_until_the_seat_is_taken_back(office, author):
    zhang, li = office.trained(), office.trained()
    sitting_id = office.confirmed(zhang, li)
    put_in_place_of(office, author, zhang)
    office.now += MINUTE
    with pytest.raises(CandidatesMadeQuestions, match="命题人甲"):
        office.do(sittings.draw_sitting, sitting_id)
    (row,) = [each for each in office.look(seated, sitting_id) if each.person_id == author.person_id]
    office.do(sittings.unseat_candidate, sitting_id, registration_id=row.id, reason="参与命题")
    office.do(sittings.draw_sitting, sitting_id)
    let_go(office, author)


def test_who_made_the_questions_does_not_pass_the_door_and_the_others_are_not_held_up(office, author):
    zhang, li = office.trained(), office.trained()
    sitting_id = office.confirmed(zhang, li)
    office.now += MINUTE
    office.do(sittings.draw_sitting, sitting_id)
    put_in_place_of(office, author, zhang)
    office.now += timedelta(days=3) - MINUTE
    rows = {row.person_id: row.id for row in office.look(seated, sitting_id)}
    for one in office.invigilators[:2]:
        office.do(sittings.take_up_duty, sitting_id, actor=one)
    with pytest.raises(NoLongerAdmitted, match="命题人甲"):
        office.do(check_in, registration_id=rows[author.person_id], actor=office.invigilators[0])
    office.do(check_in, registration_id=rows[li.person_id], actor=office.invigilators[0])
    office.do(sittings.unseat_candidate, sitting_id, registration_id=rows[author.person_id], reason="参与命题")
    office.do(sittings.open_sitting, sitting_id, actor=office.invigilators[0])
    let_go(office, author)


def test_a_seat_of_somebody_who_is_checked_in_is_not_taken_back(office, low_voltage_bank):
    sitting_id = office.opened_but_for(office.trained())
    (row,) = office.look(seated, sitting_id)
    with pytest.raises(Problem, match="checked in"):
        office.do(sittings.unseat_candidate, sitting_id, registration_id=row.id, reason="不想让他考")


def test_it_is_written_down_and_shown_to_the_auditor_when_it_comes_to_light_afterwards(office, author):
    zhang = office.trained()
    sitting_id = office.closed(zhang)
    put_in_place_of(office, author, zhang)
    for _ in range(2):
        recheck(office)
    (finding,) = office.look(findings, sitting_id)
    assert (finding.name, finding.ground, finding.candidate) == ("命题人甲", Ground.CANDIDATE_QUESTIONS, "命题人甲")
    with office.workplace.reading(office.actor(Role.AUDITOR), Face.REGISTRY) as reading:
        found = [each for one in separation(reading, witness=Path("none")) for each in one.evidence]
    lines = [each for each in found if each.sentence == said.CANDIDATE_MADE_QUESTIONS]
    assert finding.sitting_code in [line.data["sitting"] for line in lines]
    assert all(line.breaks for line in lines)
    let_go(office, author)


# who was on duty and is no longer


def test_a_conflict_of_somebody_relieved_in_mid_exam_is_found_all_the_same(office, low_voltage_bank):
    zhang = office.trained("张三")
    sitting_id = office.opened(zhang)
    first = office.invigilators[0]
    office.assign(sitting_id, office.invigilators[2])
    office.now += timedelta(minutes=100)
    office.do(sittings.relieve_staff, sitting_id, person_id=first.person_id, reason="换班")
    office.train(zhang, teachers=(first.person_id,))
    recheck(office)
    (finding,) = office.look(findings, sitting_id)
    assert (finding.name, finding.ground) == (first.name, Ground.TAUGHT)


def test_somebody_relieved_before_the_exam_without_having_come_is_left_alone(office, low_voltage_bank):
    zhang = office.trained()
    sitting_id = office.confirmed(zhang)
    first, third = office.invigilators[0], office.invigilators[2]
    office.assign(sitting_id, third)
    office.do(sittings.relieve_staff, sitting_id, person_id=third.person_id, reason="生病")
    office.train(zhang, teachers=(third.person_id,))
    recheck(office)
    assert office.look(findings, sitting_id) == []
    assert first.person_id in {duty.person_id for duty in office.look(duties, sitting_id)}


def test_a_conflict_of_an_examiner_who_was_replaced_is_found_all_the_same(office, low_voltage_bank):
    zhang = office.trained()
    office.release(office.closed(zhang))
    sitting_id = office.opened(zhang, part=Part.PRACTICAL)
    first = office.examiners[0]
    for one in office.examiners:
        office.do(sittings.take_up_duty, sitting_id, actor=one)
    office.do(open_practicals, sitting_id)
    (practical,) = office.look(practicals, Filters(sitting=office.look(sitting, sitting_id).code)).rows
    office.assign(sitting_id, office.spare_examiner)
    place = practical.place_of(first.person_id)
    office.do(
        replace_examiner, practical.id, place=place, person_id=office.spare_examiner.person_id, reason="突发疾病离场"
    )
    office.do(sittings.relieve_staff, sitting_id, person_id=first.person_id, reason="突发疾病离场")
    office.train(zhang, teachers=(first.person_id,))
    recheck(office)
    assert first.name in [finding.name for finding in office.look(findings, sitting_id)]


def test_somebody_relieved_while_the_exam_ran_is_looked_at_though_they_never_signed_in(office, low_voltage_bank):
    zhang = office.trained()
    office.release(office.closed(zhang))
    sitting_id = office.opened(zhang, part=Part.PRACTICAL)
    first = office.examiners[0]
    office.now += MINUTE
    office.do(sittings.relieve_staff, sitting_id, person_id=first.person_id, reason="离场")
    office.train(zhang, teachers=(first.person_id,))
    recheck(office)
    assert [finding.name for finding in office.look(findings, sitting_id)] == [first.name]


# who worked for the provider until lately, who taught the candidate something else


def employed(office, person, left_on: date | None):
    """`person` works, or worked until `left_on`, at the provider that trains the candidates of this office."""
    with office.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        if work.session.get(OrganisationRecord, office.provider_id) is None:
            work.session.add(
                OrganisationRecord(
                    id=office.provider_id,
                    kind=OrganisationKind.TRAINING_PROVIDER,
                    name="示范学校",
                    credit_code=f"9{uuid4().hex[:17].upper()}",
                    is_demonstration=True,
                    created_at=work.now,
                )
            )
            work.session.flush()
        post = PostRecord(id=uuid4(), organisation_id=office.provider_id, name=f"教师{uuid4().hex[:6]}", kind="other")
        work.session.add(post)
        work.session.flush()
        work.session.add(
            EmploymentRecord(
                id=uuid4(),
                person_id=person.person_id,
                organisation_id=office.provider_id,
                post_id=post.id,
                post_since=date(2020, 1, 1),
                hired_on=date(2020, 1, 1),
                migrant_worker=False,
                injury_insurance=True,
                left_on=left_on,
                created_at=work.now,
            )
        )


def signed_in_for(office, person, closed_days_ago: int):
    """`person` acted for the provider through an account that was closed some days ago."""
    with office.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        work.session.add(
            AccountRecord(
                id=uuid4(),
                person_id=person.person_id,
                username=f"teacher_{uuid4().hex[:12]}",
                password_hash="no password opens this account",
                roles=[Role.TEACHER.value],
                organisation_id=office.provider_id,
                is_demonstration=True,
                opened_at=office.now - timedelta(days=900),
                closed_at=office.now - timedelta(days=closed_days_ago),
            )
        )


@pytest.mark.parametrize("left", [None, timedelta(days=1), timedelta(days=300)])
def test_who_left_the_provider_within_the_year_is_still_of_the_provider(office, left):
    sitting_id = office.planned()
    office.do(sittings.seat_candidates, sitting_id, registration_ids=[office.applied(office.trained("张三"))])
    employed(office, office.invigilators[0], None if left is None else shanghai_date(office.now) - left)
    with pytest.raises(StaffInConflict, match="示范学校"):
        office.assign(sitting_id, office.invigilators[0])


def test_who_left_the_provider_years_ago_is_free(office):
    sitting_id = office.planned()
    office.do(sittings.seat_candidates, sitting_id, registration_ids=[office.applied(office.trained())])
    employed(office, office.invigilators[0], shanghai_date(office.now) - timedelta(days=366))
    signed_in_for(office, office.invigilators[0], 400)
    office.assign(sitting_id, office.invigilators[0])
    assert [each.person_id for each in office.look(duties, sitting_id)] == [office.invigilators[0].person_id]


def test_who_taught_there_through_an_account_closed_yesterday_is_still_of_the_provider(office):
    sitting_id = office.planned()
    office.do(sittings.seat_candidates, sitting_id, registration_ids=[office.applied(office.trained())])
    signed_in_for(office, office.invigilators[0], 1)
    with pytest.raises(StaffInConflict, match="示范学校"):
        office.assign(sitting_id, office.invigilators[0])


def test_who_taught_the_candidate_another_trade_is_in_conflict_too(office):
    zhang = office.trained("张三")
    office.train(zhang, qualification="chemicals_trade_manager", teachers=(office.invigilators[0].person_id,))
    sitting_id = office.planned()
    office.do(sittings.seat_candidates, sitting_id, registration_ids=[office.applied(zhang)])
    with pytest.raises(StaffInConflict, match="taught 张三"):
        office.assign(sitting_id, office.invigilators[0])
