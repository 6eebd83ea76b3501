"""Face-to-face hours: recorded by those who teach, for their own learners, once the class was held."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from kernel.errors import Forbidden
from training.classes import queries
from training.classes.actions import record_class
from training.classes.errors import (
    ClassOfWrongLength,
    HeldBeforeEnrolment,
    NobodyAttended,
    NotYetHeld,
    OfAnotherQualification,
    TooMuchForOneDay,
)
from training.classes.rules import ClassHours, Part
from training.enrolments import queries as enrolments
from training.enrolments.errors import NoSuchEnrolment, NotATeacherHere


def recording(classroom, actor, **changes):
    given = {
        "qualification": "low_voltage",
        "part": Part.PRACTICAL,
        "subject": "Wiring a motor",
        "place": "Workshop 2",
        "held_on": date(2026, 6, 10),
        "hours": Decimal(4),
        "teacher_id": classroom.school.second_teacher.person_id,
        "enrolment_ids": [classroom.enrolment],
    }
    return record_class(classroom.becomes(actor), **(given | changes))


def test_learners_record_no_classes(classroom, school):
    with pytest.raises(Forbidden):
        recording(classroom, school.zhang)


def test_another_provider_records_nothing_for_our_learners(classroom, school):
    with pytest.raises(NoSuchEnrolment):
        recording(classroom, school.stranger)


def test_a_class_counts_for_who_attended_and_its_teacher_is_on_record(classroom, school):
    recording(classroom, school.teacher)
    recording(classroom, school.teacher, part=Part.THEORY, hours=Decimal("1.5"))
    attended = queries.attended(classroom.work, [classroom.enrolment])
    assert attended[classroom.enrolment] == ClassHours(Decimal("1.5"), Decimal(4))
    teachers = enrolments.teachers(classroom.work, [classroom.enrolment])[classroom.enrolment]
    assert set(teachers) == {school.teacher.person_id, school.second_teacher.person_id}


def test_a_day_has_no_more_than_eight_hours(classroom, school):
    recording(classroom, school.teacher, hours=Decimal(5))
    with pytest.raises(TooMuchForOneDay):
        recording(classroom, school.teacher, hours=Decimal("3.5"))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"held_on": date(2026, 6, 11)}, NotYetHeld),
        ({"held_on": date(2026, 6, 9)}, HeldBeforeEnrolment),
        ({"hours": Decimal(0)}, ClassOfWrongLength),
        ({"hours": Decimal(9)}, ClassOfWrongLength),
        ({"qualification": "high_voltage"}, OfAnotherQualification),
        ({"enrolment_ids": []}, NobodyAttended),
        ({"teacher_id": uuid4()}, NotATeacherHere),
    ],
)
def test_what_a_class_cannot_be(classroom, school, changes, refusal):
    with pytest.raises(refusal):
        recording(classroom, school.teacher, **changes)
