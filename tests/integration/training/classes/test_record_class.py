"""Face-to-face hours: recorded by those who teach, for their own learners, once the class was held."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from kernel.actor import platform
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from training.classes import queries
from training.classes.actions import record_class, strike_attendance
from training.classes.errors import (
    ClassOfWrongLength,
    ClassPastMidnight,
    CountedAlready,
    HeldBeforeEnrolment,
    InAnotherClass,
    NobodyAttended,
    NobodyToStrike,
    NoSuchClass,
    NotYetHeld,
    OfAnotherQualification,
    StruckAlready,
    TooMuchForOneDay,
)
from training.classes.rules import ClassHours, Part
from training.courses.actions import load_course
from training.courses.queries import course_package
from training.enrolments import queries as enrolments
from training.enrolments.actions import enrol
from training.enrolments.errors import NoSuchEnrolment, NotATeacherHere
from training.outlines.rules import TrainingKind
from training.records.queries import progress
from training.study.actions import open_session

from ..conftest import OTHER_SCHOOL  # noqa: TID252 - the school of these tests

EVENING = timedelta(hours=11)  # 20:00 in Shanghai: the classes of the day are over


@pytest.fixture
def evening(classroom):
    classroom.work.now += EVENING
    return classroom


@pytest.fixture
def other_course(evening, school):
    """Zhang in a second course on the same days, at another provider."""
    work = evening.becomes(platform("test"))
    package = course_package("low_voltage")
    load_course(work, replace(package, code="other", qualification="high_voltage", digest=b"other"))
    return enrol(
        work,
        person_id=school.zhang.person_id,
        course="other",
        kind=TrainingKind.INITIAL,
        provider_id=OTHER_SCHOOL,
        provider_name="Another school",
        teacher_ids=[school.other_teacher.person_id],
    )


def recording(classroom, actor, **changes):
    given = {
        "qualification": "low_voltage",
        "part": Part.PRACTICAL,
        "subject": "Wiring a motor",
        "place": "Workshop 2",
        "held_on": date(2026, 6, 10),
        "begins": time(8, 30),
        "hours": Decimal(4),
        "teacher_id": classroom.school.second_teacher.person_id,
        "enrolment_ids": [classroom.enrolment],
    }
    return record_class(classroom.becomes(actor), **(given | changes))


def test_learners_record_no_classes(evening, school):
    with pytest.raises(Forbidden):
        recording(evening, school.zhang)


def test_another_provider_records_nothing_for_our_learners(evening, school):
    with pytest.raises(NoSuchEnrolment):
        recording(evening, school.stranger)


def attended(classroom, enrolment=None):
    enrolment = enrolment or classroom.enrolment
    return queries.attended(classroom.work, [enrolment]).get(enrolment, ClassHours())


def test_a_class_counts_for_who_attended_and_its_teacher_is_on_record(evening, school):
    recording(evening, school.teacher)
    recording(evening, school.teacher, part=Part.THEORY, begins=time(14), hours=Decimal("1.5"))
    assert attended(evening) == ClassHours(Decimal("1.5"), Decimal(4))
    teachers = enrolments.teachers(evening.work, [evening.enrolment])[evening.enrolment]
    assert set(teachers) == {school.teacher.person_id, school.second_teacher.person_id}


def test_a_day_has_no_more_than_eight_hours(evening, school):
    recording(evening, school.teacher, hours=Decimal(5))
    with pytest.raises(TooMuchForOneDay):
        recording(evening, school.teacher, begins=time(14), hours=Decimal("3.5"))


def test_nobody_sits_in_the_same_class_twice(evening, school):
    """The form sent twice, or entered again by somebody else."""
    recording(evening, school.teacher)
    with pytest.raises(InAnotherClass):
        recording(evening, school.manager, subject="Wiring, again")


def test_nobody_sits_in_two_classes_at_once(evening, school):
    recording(evening, school.teacher)  # 08:30, four times 45 minutes: until 11:30
    recording(evening, school.teacher, begins=time(11, 30), hours=Decimal(1))
    with pytest.raises(InAnotherClass):
        recording(evening, school.teacher, begins=time(12, 14), hours=Decimal(1))


def test_a_day_is_one_day_for_a_person_in_two_courses_of_two_providers(evening, school, other_course):
    recording(evening, school.teacher, hours=Decimal(8))
    with pytest.raises(TooMuchForOneDay):
        recording(
            evening,
            school.other_teacher,
            qualification="high_voltage",
            teacher_id=school.other_teacher.person_id,
            enrolment_ids=[other_course],
            begins=time(16),
            hours=Decimal(1),
        )


def test_after_a_whole_day_of_class_nothing_is_credited_online(evening, school):
    recording(evening, school.teacher, hours=Decimal(8))
    opened = open_session(evening.becomes(school.zhang), enrolment_id=evening.enrolment, lesson_code="LV-L01")
    assert opened.allowed_ms == 0


def test_online_study_gives_way_to_a_class_that_is_recorded_later(evening, school):
    """With a whole day of class, the study of that day counts no more towards the hours; the lesson stays studied."""
    evening.sign_in()
    evening.study(evening.lessons[0], 60)
    mine = enrolments.own_enrolments(evening.becomes(school.zhang))
    assert progress(evening.work, mine)[evening.enrolment].online > 0
    recording(evening, school.teacher, hours=Decimal(8))
    course = progress(evening.work, mine)[evening.enrolment]
    assert course.online == 0
    assert course.credited == Decimal(8)
    assert course.lessons[0].credited_ms == 60_000


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"held_on": date(2026, 6, 11)}, NotYetHeld),
        ({"begins": time(18)}, NotYetHeld),
        ({"held_on": date(2026, 6, 9)}, HeldBeforeEnrolment),
        ({"held_on": date(2026, 6, 9), "begins": time(22)}, ClassPastMidnight),
        ({"hours": Decimal(0)}, ClassOfWrongLength),
        ({"hours": Decimal(9)}, ClassOfWrongLength),
        ({"qualification": "high_voltage"}, OfAnotherQualification),
        ({"enrolment_ids": []}, NobodyAttended),
        ({"teacher_id": uuid4()}, NotATeacherHere),
    ],
)
def test_what_a_class_cannot_be(evening, school, changes, refusal):
    with pytest.raises(refusal):
        recording(evening, school.teacher, **changes)


def striking(classroom, actor, class_id, **changes):
    given = {"class_id": class_id, "enrolment_ids": [classroom.enrolment], "reason": "Zhang was ill that day"}
    strike_attendance(classroom.becomes(actor), **(given | changes))


def test_a_wrong_record_is_struck_out_stays_readable_and_can_be_made_right(evening, school):
    class_id = recording(evening, school.teacher)
    striking(evening, school.teacher, class_id)
    assert attended(evening) == ClassHours()
    (line,) = queries.attendances(evening.becomes(school.manager), class_id)
    assert line.struck_reason == "Zhang was ill that day"
    assert [each.struck_reason for each in queries.classes_of(evening.work, evening.enrolment)] == [line.struck_reason]
    assert evening.work.announced[-1].NAME == "training.attendance_struck"
    recording(evening, school.teacher, hours=Decimal(2))
    assert attended(evening).practical == 2


def test_learners_strike_nothing_out(evening, school):
    class_id = recording(evening, school.teacher)
    with pytest.raises(Forbidden):
        striking(evening, school.zhang, class_id)


def test_another_provider_does_not_even_find_the_class(evening, school):
    class_id = recording(evening, school.teacher)
    with pytest.raises(NoSuchClass):
        striking(evening, school.stranger, class_id)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"reason": " "}, ReasonMissing), ({"enrolment_ids": []}, NobodyToStrike)],
)
def test_what_striking_out_needs(evening, school, changes, refusal):
    class_id = recording(evening, school.teacher)
    with pytest.raises(refusal):
        striking(evening, school.teacher, class_id, **changes)


def test_nothing_is_struck_out_twice(evening, school):
    class_id = recording(evening, school.teacher)
    striking(evening, school.teacher, class_id)
    with pytest.raises(StruckAlready):
        striking(evening, school.teacher, class_id)


def test_hours_that_were_handed_over_are_not_struck_out(evening, school):
    class_id = recording(evening, school.teacher)
    record = enrolments.locked(evening.work, evening.enrolment)
    record.completed_at, record.completed_on, record.hours_credited = evening.work.now, date(2026, 6, 10), Decimal(4)
    with pytest.raises(CountedAlready):
        striking(evening, school.teacher, class_id)


@pytest.mark.parametrize("table", ["classes", "attendances", "attendance_strikes"])
def test_what_was_recorded_of_a_class_is_never_changed(evening, school, table):
    striking(evening, school.teacher, recording(evening, school.teacher))
    with pytest.raises(DatabaseError, match="permission denied"):
        evening.work.session.execute(text(f"DELETE FROM training.{table}"))
