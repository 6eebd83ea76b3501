"""Whose photo a manager may keep, and whose they may not replace."""

import hashlib
from datetime import date

import pytest

from kernel.errors import Forbidden
from people.accounts.actions import keep_photo
from people.accounts.formats import identity_photo
from people.accounts.queries import photo
from people.accounts.rules import Sex
from people.appointments.actions import admit_worker, keep_staff_photo
from people.appointments.errors import PhotoIsNotOurs
from people.demonstration.formats import portrait
from people.organisations.actions import end_employment
from people.organisations.errors import EmploymentUnknown, HasLeft

from .conftest import an_enterprise, employ, the_line

FIRST, SECOND = portrait("zhu", Sex.FEMALE, 38), portrait("zhu2", Sex.MALE, 50)


def keep(work, line, upload=FIRST):
    keep_staff_photo(work, employment_id=line.employment_id, photo=identity_photo(upload))


def test_a_manager_keeps_photos_of_the_own_staff_and_of_no_person_by_name(plant):
    line = the_line(plant)
    with pytest.raises(Forbidden):
        keep_photo(plant, person_id=line.person_id, photo=identity_photo(FIRST))


def test_the_audit_holds_what_was_there_and_what_is_there_now(plant):
    line = the_line(plant)
    marks = []
    for upload in (FIRST, SECOND):
        keep(plant, line, upload)
        marks.append(hashlib.sha256(photo(plant, line.person_id) or b"").hexdigest())
    notes = [row.facts for row in plant.audit_rows() if row.name == "people.photo_kept"]
    assert notes == [{"before": None, "after": marks[0]}, {"before": marks[0], "after": marks[1]}]


def test_anothers_line_is_unknown(plant):
    line = the_line(plant)
    an_enterprise(plant, 74, "丙机械厂")
    with pytest.raises(EmploymentUnknown):
        keep(plant, line)


def test_who_has_left_keeps_the_photo_that_is_there(plant):
    line = the_line(plant)
    keep(plant, line)
    end_employment(plant, employment_id=line.employment_id, left_on=date(2026, 6, 30))
    with pytest.raises(HasLeft):
        keep(plant, line, SECOND)


def test_another_employer_may_bring_the_first_photo_but_replaces_none(plant):
    an_enterprise(plant, 74, "丙机械厂")
    line = employ(plant)
    keep(plant, line)
    with pytest.raises(PhotoIsNotOurs, match="administrator"):
        keep(plant, line, SECOND)


def test_the_photo_of_somebody_with_an_account_elsewhere_is_not_replaced(plant):
    line = the_line(plant)
    admit_worker(plant, employment_id=line.employment_id)
    keep(plant, line)
    end_employment(plant, employment_id=line.employment_id, left_on=date(2026, 6, 30))
    an_enterprise(plant, 74, "丙机械厂")
    line = employ(plant)
    with pytest.raises(PhotoIsNotOurs):
        keep(plant, line, SECOND)
