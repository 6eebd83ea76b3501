"""A candidate applies, is told why or why not, and may withdraw."""

from datetime import UTC, date, datetime, timedelta

import pytest

from exams.registrations.actions import apply, withdraw_registration
from exams.registrations.errors import ExamDayOutOfReach, NoSuchRegistration, NotExamined, RegistrationIsOver
from exams.registrations.queries import own_registration, own_registrations, registration
from exams.registrations.rules import State, Subject
from exams.standards.rules import Part
from kernel.errors import Forbidden
from people.access.rules import Role


def test_only_who_may_register_for_themselves(office):
    for role in (Role.EXAM_OFFICER, Role.TEACHER, Role.INVIGILATOR):
        with pytest.raises(Forbidden):
            office.do(apply, actor=office.actor(role), qualification="low_voltage", part=Part.THEORY)


def test_a_trained_worker_is_accepted_and_told_the_rule(office):
    zhang = office.trained()
    registration_id = office.applied(zhang)
    row = office.look(own_registration, registration_id, actor=zhang)
    assert row.state is State.APPLIED
    assert row.decision.regime == "order_19"
    training = next(check for check in row.decision.checks if check.subject is Subject.TRAINING)
    assert training.facts["provider"] == "示范学校"


def test_without_training_the_refusal_is_kept_with_its_reason(office):
    zhang = office.actor(Role.WORKER)
    row = office.look(own_registration, office.applied(zhang), actor=zhang)
    assert row.state is State.REFUSED
    assert [check.subject for check in row.decision.unmet] == [Subject.TRAINING]


def test_two_taps_are_one_registration(office):
    zhang, li = office.trained(), office.actor(Role.WORKER)
    assert office.applied(zhang) == office.applied(zhang)
    assert office.applied(li) == office.applied(li)  # a refusal for the same reasons is not repeated either
    assert len(office.look(own_registrations, actor=zhang)) == 1


def test_who_is_refused_may_apply_again_when_things_have_changed(office):
    zhang = office.actor(Role.WORKER)
    refused = office.applied(zhang)
    office.train(zhang)
    accepted = office.applied(zhang)
    assert accepted != refused
    assert office.look(own_registration, accepted, actor=zhang).state is State.APPLIED


def test_the_practical_waits_for_the_theory(office):
    zhang = office.trained()
    row = office.look(own_registration, office.applied(zhang, Part.PRACTICAL), actor=zhang)
    assert [check.subject for check in row.decision.unmet] == [Subject.THEORY]


def test_a_day_may_be_chosen_on_which_one_is_of_age(office):
    birthday = office.now.date() + timedelta(days=20)
    young = office.trained(born=date(birthday.year - 18, birthday.month, birthday.day))
    today = office.applied(young)
    assert office.look(own_registration, today, actor=young).state is State.REFUSED
    later = office.do(apply, actor=young, qualification="low_voltage", part=Part.THEORY, earliest_on=birthday)
    assert office.look(own_registration, later, actor=young).state is State.APPLIED


@pytest.mark.parametrize("days", [-1, 61])
def test_the_day_lies_within_sixty_days(office, days):
    with pytest.raises(ExamDayOutOfReach):
        office.do(
            apply,
            actor=office.trained(),
            qualification="low_voltage",
            part=Part.THEORY,
            earliest_on=office.now.date() + timedelta(days=days),
        )


def test_a_last_day_is_promised_where_the_rule_names_one_and_nowhere_else(office):
    new = office.look(registration, office.applied(office.trained()))
    assert (new.decision.regime, new.exam_by) == ("order_19", None)
    office.now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    old = office.look(registration, office.applied(office.trained()))
    assert (old.decision.regime, old.exam_by) == ("order_30", date(2026, 5, 1))


def test_there_is_no_practical_for_managers(office):
    with pytest.raises(NotExamined):
        office.do(apply, actor=office.trained(), qualification="chemicals_trade_manager", part=Part.PRACTICAL)


def test_a_registration_is_seen_and_withdrawn_by_its_person_only(office):
    zhang, li = office.trained(), office.trained()
    registration_id = office.applied(zhang)
    with pytest.raises(NoSuchRegistration):
        office.look(own_registration, registration_id, actor=li)
    with pytest.raises(NoSuchRegistration):
        office.do(withdraw_registration, actor=li, registration_id=registration_id)
    office.do(withdraw_registration, actor=zhang, registration_id=registration_id)
    assert office.look(own_registration, registration_id, actor=zhang).state is State.WITHDRAWN
    with pytest.raises(RegistrationIsOver):
        office.do(withdraw_registration, actor=zhang, registration_id=registration_id)
    assert office.applied(zhang) != registration_id
