"""A bar keeps somebody from exams until a day."""

from datetime import timedelta
from uuid import uuid4

import pytest

from exams.bars.actions import bar_person, lift_bar
from exams.bars.errors import (
    BarEndsBeforeItBegins,
    BarIsLifted,
    BarIsOver,
    BarTooLong,
    NoSuchBar,
)
from exams.bars.queries import bar
from exams.bars.rules import BarState, Ground
from exams.registrations.queries import own_registration
from exams.registrations.rules import Subject
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from people.access.rules import Role
from people.accounts.errors import NoSuchPerson


def test_only_the_office_may(office):
    zhang = office.trained()
    for role in (Role.WORKER, Role.INVIGILATOR, Role.EXAMINER):
        with pytest.raises(Forbidden):
            office.do(bar_person, actor=office.actor(role), person_id=zhang.person_id, until=None, reason="替考")
        with pytest.raises(Forbidden):
            office.do(lift_bar, actor=office.actor(role), bar_id=uuid4(), reason="复核")


def test_a_bar_for_cheating_quotes_no_article_about_certificates(office):
    until = office.now.date() + timedelta(days=365)
    for ground, is_quoted in ((Ground.EXAM_BREACH, False), (Ground.OTHER, False), (Ground.CERTIFICATE_FRAUD, True)):
        zhang = office.trained()
        office.do(bar_person, person_id=zhang.person_id, until=until, reason="2026年第3号处理决定", ground=ground)
        row = office.look(own_registration, office.applied(zhang), actor=zhang)
        (check,) = row.decision.unmet
        assert (check.subject, check.rule is not None) == (Subject.BAR, is_quoted)


def test_it_names_somebody_a_reason_and_a_day_to_come(office):
    zhang = office.trained()
    tomorrow = office.now.date() + timedelta(days=1)
    with pytest.raises(NoSuchPerson):
        office.do(bar_person, person_id=uuid4(), until=tomorrow, reason="替考")
    with pytest.raises(ReasonMissing):
        office.do(bar_person, person_id=zhang.person_id, until=tomorrow, reason="  ")
    with pytest.raises(BarEndsBeforeItBegins):
        office.do(bar_person, person_id=zhang.person_id, until=office.now.date(), reason="替考")


def test_it_speaks_against_an_application_in_its_own_words(office):
    zhang = office.trained()
    until = office.now.date() + timedelta(days=300)
    office.do(bar_person, person_id=zhang.person_id, until=until, reason="替考，取消资格")
    row = office.look(own_registration, office.applied(zhang), actor=zhang)
    assert [check.subject for check in row.decision.unmet] == [Subject.BAR]
    assert row.decision.unmet[0].facts == {"until": str(until), "reason": "替考，取消资格"}


def test_a_lifted_bar_speaks_against_nothing_and_stays_on_record(office):
    zhang = office.trained()
    until = office.now.date() + timedelta(days=300)
    bar_id = office.do(bar_person, person_id=zhang.person_id, until=until, reason="替考")
    with pytest.raises(ReasonMissing):
        office.do(lift_bar, bar_id=bar_id, reason=" ")
    office.do(lift_bar, bar_id=bar_id, reason="复核后撤销处理决定")
    assert office.look(own_registration, office.applied(zhang), actor=zhang).decision.unmet == ()
    row = office.look(bar, bar_id)
    assert (row.state, row.lift_reason) == (BarState.LIFTED, "复核后撤销处理决定")
    with pytest.raises(BarIsLifted):
        office.do(lift_bar, bar_id=bar_id, reason="再次")


def test_a_bar_that_is_over_or_unknown_is_not_lifted(office):
    zhang = office.trained()
    soon, far = (office.now.date() + timedelta(days=days) for days in (2, 366 * 11))
    bar_id = office.do(bar_person, person_id=zhang.person_id, until=soon, reason="替考")
    office.now += timedelta(days=3)
    with pytest.raises(BarIsOver):
        office.do(lift_bar, bar_id=bar_id, reason="复核")
    with pytest.raises(NoSuchBar):
        office.do(lift_bar, bar_id=uuid4(), reason="复核")
    with pytest.raises(BarTooLong):
        office.do(bar_person, person_id=zhang.person_id, until=far, reason="替考")
