"""A bar keeps somebody from exams until a day."""

from datetime import timedelta
from uuid import uuid4

import pytest

from exams.registrations.actions import bar_person
from exams.registrations.errors import BarEndsBeforeItBegins, BarNeedsAReason
from exams.registrations.queries import own_registration
from exams.registrations.rules import Subject
from kernel.errors import Forbidden
from people.access.rules import Role
from people.accounts.errors import NoSuchPerson


def test_only_the_office_may(office):
    zhang = office.trained()
    for role in (Role.WORKER, Role.INVIGILATOR, Role.EXAMINER):
        with pytest.raises(Forbidden):
            office.do(bar_person, actor=office.actor(role), person_id=zhang.person_id, until=None, reason="替考")


def test_it_names_somebody_a_reason_and_a_day_to_come(office):
    zhang = office.trained()
    tomorrow = office.now.date() + timedelta(days=1)
    with pytest.raises(NoSuchPerson):
        office.do(bar_person, person_id=uuid4(), until=tomorrow, reason="替考")
    with pytest.raises(BarNeedsAReason):
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
