"""Who may correct a name, a phone and an ID number, when not any more, and what the audit keeps of it."""

from datetime import date
from uuid import uuid4

import pytest

from kernel.actor import platform
from kernel.errors import Forbidden, Invalid
from kernel.faces import Face
from people.accounts.actions import sign_in
from people.accounts.errors import NoSuchPerson, NumberOfAnother
from people.accounts.queries import documents, particulars
from people.accounts.queries.records import on_record
from people.accounts.rules import Sex
from people.appointments.actions import admit_worker
from people.corrections.actions import correct_id_number, correct_particulars, correct_staff_particulars
from people.corrections.errors import NothingIsDifferent, NotOursToCorrect, NumberIsReliedOn
from people.organisations.actions import end_employment, import_staff
from people.organisations.errors import EmploymentUnknown, HasLeft
from people.organisations.formats.workbooks import uploaded
from people.organisations.queries import StaffFilter, all_staff
from tests.integration.people.appointments.conftest import PHONE, administrator, an_enterprise, employ, the_line
from tests.integration.people.organisations.conftest import a_list, a_row, an_id

WHY = "名单录入有误，已核对身份证原件"


@pytest.fixture
def plant(work_as):
    """The plant's manager, with one worker of the staff list."""
    work = work_as(platform("test"), Face.REGISTRY)
    an_enterprise(work, 73, "乙机械厂")
    employ(work)
    return work


def by_the_enterprise(work, line, name="张伟", phone="13900001111", reason=WHY):
    correct_staff_particulars(work, employment_id=line.employment_id, name=name, phone=phone, reason=reason)


def by_the_office(work, line, number, reason=WHY):
    work.actor = administrator()
    correct_id_number(work, person_id=line.person_id, number=number, reason=reason)


def corrections(work):
    return [row for row in work.audit_rows() if row.name.endswith("_corrected")]


def test_an_enterprise_corrects_no_number_and_nobody_by_id(plant):
    line = the_line(plant)
    with pytest.raises(Forbidden):
        correct_id_number(plant, person_id=line.person_id, number=an_id(5), reason=WHY)


def test_an_enterprise_corrects_name_and_phone_of_the_own_worker_and_the_audit_says_what_was_there(plant):
    line = the_line(plant)
    by_the_enterprise(plant, line)
    assert (the_line(plant).name, the_line(plant).phone) == ("张伟", "13900001111")
    (row,) = corrections(plant)
    assert (row.subject, row.facts["name_before"], row.facts["name"]) == (line.person_id, "张伟强", "张伟")
    assert row.facts["reason"] == WHY
    assert PHONE not in str(row.facts)


def test_without_a_reason_nothing_is_corrected(plant):
    with pytest.raises(Invalid) as refused:
        by_the_enterprise(plant, the_line(plant), reason=" ")
    assert set(refused.value.fields) == {"reason"}


def test_what_stands_there_already_is_no_correction(plant):
    with pytest.raises(NothingIsDifferent):
        by_the_enterprise(plant, the_line(plant), name="张伟强", phone=PHONE)


def test_anothers_worker_is_unknown(plant):
    line = the_line(plant)
    an_enterprise(plant, 74, "丙机械厂")
    with pytest.raises(EmploymentUnknown):
        by_the_enterprise(plant, line)


def test_who_works_elsewhere_too_is_corrected_by_the_administrator_only(plant):
    an_enterprise(plant, 74, "丙机械厂")
    line = employ(plant)
    with pytest.raises(NotOursToCorrect, match="administrator"):
        by_the_enterprise(plant, line)


def test_the_administrator_corrects_whoever_it_is(plant):
    an_enterprise(plant, 74, "丙机械厂")
    line = employ(plant)
    plant.actor = administrator()
    correct_particulars(plant, person_id=line.person_id, name="张伟", phone=None, reason=WHY)
    assert (on_record(plant, line.person_id).name, on_record(plant, line.person_id).phone) == ("张伟", None)


def test_who_left_is_corrected_by_nobody_of_the_enterprise(plant):
    line = the_line(plant)
    end_employment(plant, employment_id=line.employment_id, left_on=date(2026, 6, 30))
    with pytest.raises(HasLeft):
        by_the_enterprise(plant, line)


def test_a_wrong_number_is_corrected_with_sex_and_birth_date_before_the_first_sign_in(plant):
    line = the_line(plant)
    admit_worker(plant, employment_id=line.employment_id)
    right = an_id(82, born="19790903")
    by_the_office(plant, line, right)
    assert documents(plant, [line.person_id])[line.person_id][1] == right
    found = particulars(plant, line.person_id)
    assert found is not None
    assert (found.sex, f"{found.birth_date:%Y%m%d}") == (Sex.FEMALE, "19790903")
    (row,) = corrections(plant)
    assert right not in str(row.facts)
    assert row.facts["after"][-4:] == right[-4:]


def test_a_number_under_which_somebody_came_in_is_corrected_by_nobody(plant):
    line = the_line(plant)
    slip = admit_worker(plant, employment_id=line.employment_id)
    assert sign_in(plant, username=slip.username, password=slip.password, address="::1", demonstration=True).token
    with pytest.raises(NumberIsReliedOn):
        by_the_office(plant, line, an_id(82))


def test_nobody_is_given_the_number_of_another(plant):
    line = the_line(plant)
    import_staff(plant, file=uploaded(a_list(a_row(72, "李卫国"))), file_name="x.xlsx")
    assert len(all_staff(plant, StaffFilter())) == 2
    with pytest.raises(Invalid) as refused:
        by_the_office(plant, line, an_id(72))
    assert isinstance(refused.value.fields["document_number"], NumberOfAnother)


def test_nobody_is_corrected_who_is_not_there(plant):
    plant.actor = administrator()
    with pytest.raises(NoSuchPerson):
        correct_particulars(plant, person_id=uuid4(), name="张伟", phone=None, reason=WHY)
