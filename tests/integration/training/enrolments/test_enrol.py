"""Who may enrol whom, and what an enrolment needs."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kernel.actor import platform
from kernel.because import ReasonMissing
from kernel.clock import shanghai_date
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.law import Book
from people.accounts.errors import NoSuchPerson
from people.organisations.rules.employments import OrganisationKind
from people.organisations.tables import OrganisationRecord
from tests.cast.regions import HERE, PROVINCE, with_regions
from training.courses.actions import load_course
from training.courses.errors import NoSuchCourse
from training.courses.queries import course_package
from training.enrolments import actions, queries
from training.enrolments.actions import enrol, leave, withdraw
from training.enrolments.errors import (
    AlreadyEnrolled,
    EnrolledElsewhere,
    EnrolmentIsOver,
    NoSuchEnrolment,
    NotATeacherHere,
    NoTeacher,
    NotYourProvider,
    TeachesThemselves,
)
from training.enrolments.rules import State
from training.outlines.errors import OutlineNotConfirmed, PracticeUnknown
from training.outlines.queries import outlines
from training.outlines.rules import Outlines, TrainingKind
from training.study.actions import open_session
from training.study.reactions import person_withdrawn

from ..conftest import OTHER_SCHOOL, SCHOOL  # noqa: TID252 - the school of these tests


def enrolling(work, school, **changes):
    given = {
        "person_id": school.liu.person_id,
        "course": "low_voltage",
        "kind": TrainingKind.INITIAL,
        "provider_id": SCHOOL,
        "provider_name": "Training school",
        "teacher_ids": [school.teacher.person_id],
    }
    return enrol(work, **(given | changes))


def test_learners_and_teachers_may_not_enrol_anybody(classroom, school):
    for actor in (school.zhang, school.teacher):
        with pytest.raises(Forbidden):
            enrolling(classroom.becomes(actor), school)


def test_a_manager_enrols_for_the_own_provider_only(classroom, school):
    with pytest.raises(NotYourProvider):
        enrolling(classroom.becomes(school.stranger), school)


def test_a_manager_enrols_and_the_learner_sees_it_and_others_do_not(classroom, school):
    work = classroom.becomes(school.manager)
    made = enrolling(work, school)
    announced = work.announced[-1]
    assert (announced.NAME, announced.outline, announced.demonstration) == (
        "training.person_enrolled",
        "low_voltage.initial",
        False,
    )
    assert made in [each.id for each in queries.provider_page(work, state=None).rows]
    assert [each.id for each in queries.own_enrolments(classroom.becomes(school.liu))] == [made]
    with pytest.raises(NoSuchEnrolment):
        queries.own_enrolment(classroom.becomes(school.zhang), made)
    with pytest.raises(NoSuchEnrolment):
        queries.provider_enrolment(classroom.becomes(school.stranger), made)


def test_a_provider_leafs_through_its_learners_by_state_and_person(classroom, school):
    work = classroom.becomes(school.manager)
    left = enrolling(work, school)
    withdraw(work, enrolment_id=left, reason="moved away")
    everybody = queries.provider_page(work, state=None, page=99)
    assert ([each.id for each in everybody.rows], everybody.page, everybody.pages) == (
        [left, classroom.enrolment],
        1,
        1,
    )
    for state, there in ((State.LEARNING, [classroom.enrolment]), (State.WITHDRAWN, [left]), (State.COMPLETED, [])):
        assert [each.id for each in queries.provider_page(work, state=state).rows] == there
    assert queries.provider_page(work, state=None, people=[school.zhang.person_id]).total == 1
    assert set(queries.provider_people(work)) == {school.zhang.person_id, school.liu.person_id}
    assert queries.provider_page(classroom.becomes(school.stranger), state=None).total == 0


def test_nobody_is_enrolled_twice(classroom, school):
    with pytest.raises(AlreadyEnrolled):
        enrolling(classroom.becomes(school.manager), school, person_id=school.zhang.person_id)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"teacher_ids": []}, NoTeacher),
        ({"course": "nowhere"}, NoSuchCourse),
        ({"person_id": OTHER_SCHOOL}, NoSuchPerson),
        ({"kind": TrainingKind.RENEWAL}, OutlineNotConfirmed),
    ],
)
def test_what_an_enrolment_cannot_do_without(classroom, school, changes, refusal):
    with pytest.raises(refusal):
        enrolling(classroom.becomes(school.manager), school, **changes)


def test_nobody_teaches_themselves(classroom, school):
    with pytest.raises(TeachesThemselves):
        enrolling(classroom.becomes(school.manager), school, teacher_ids=[school.liu.person_id])


def test_nobody_is_named_a_teacher_who_does_not_teach_here(classroom, school):
    with pytest.raises(NotATeacherHere):
        enrolling(classroom.becomes(school.manager), school, teacher_ids=[school.stranger.person_id])


def test_who_was_withdrawn_may_begin_again(classroom, school):
    work = classroom.becomes(school.manager)
    withdraw(work, enrolment_id=classroom.enrolment, reason="moved away")
    again = enrolling(work, school, person_id=school.zhang.person_id)
    assert [each.id for each in queries.own_enrolments(classroom.becomes(school.zhang))] == [again]


def test_only_the_own_provider_withdraws_and_only_once(classroom, school):
    with pytest.raises(Forbidden):
        withdraw(classroom.becomes(school.teacher), enrolment_id=classroom.enrolment, reason="")


def test_another_provider_does_not_even_find_it(classroom, school):
    with pytest.raises(NoSuchEnrolment):
        withdraw(classroom.becomes(school.stranger), enrolment_id=classroom.enrolment, reason="")


def test_a_withdrawn_enrolment_stays_withdrawn(classroom, school):
    work = classroom.becomes(school.manager)
    withdraw(work, enrolment_id=classroom.enrolment, reason="moved away")
    with pytest.raises(EnrolmentIsOver):
        withdraw(work, enrolment_id=classroom.enrolment, reason="again")


def test_a_provider_says_why_a_learner_leaves_and_it_stays_on_the_file(classroom, school):
    withdraw(classroom.becomes(school.manager), enrolment_id=classroom.enrolment, reason=" moved away ")
    file = queries.provider_enrolment(classroom.work, classroom.enrolment)
    assert (file.state, file.withdrawn_reason) == (State.WITHDRAWN, "moved away")


def test_a_reason_is_asked_for(classroom, school):
    with pytest.raises(ReasonMissing):
        withdraw(classroom.becomes(school.manager), enrolment_id=classroom.enrolment, reason="  ")


def test_a_provider_locks_nobody_out_of_another(classroom, school):
    """Zhang was enrolled at one school, leaves by themselves, and begins at another."""
    elsewhere = {
        "person_id": school.zhang.person_id,
        "provider_id": OTHER_SCHOOL,
        "teacher_ids": [school.other_teacher.person_id],
    }
    leave(classroom.becomes(school.zhang), enrolment_id=classroom.enrolment)
    assert queries.own_enrolments(classroom.work) == []
    made = enrolling(classroom.becomes(school.stranger), school, **elsewhere)
    assert [each.id for each in queries.own_enrolments(classroom.becomes(school.zhang))] == [made]


def test_another_provider_is_told_that_the_learner_can_leave(classroom, school):
    with pytest.raises(EnrolledElsewhere):
        enrolling(
            classroom.becomes(school.stranger),
            school,
            person_id=school.zhang.person_id,
            provider_id=OTHER_SCHOOL,
            teacher_ids=[school.other_teacher.person_id],
        )


def test_nobody_leaves_for_another(classroom, school):
    with pytest.raises(NoSuchEnrolment):
        leave(classroom.becomes(school.liu), enrolment_id=classroom.enrolment)


def test_who_teaches_leaves_no_course(classroom, school):
    with pytest.raises(Forbidden):
        leave(classroom.becomes(school.teacher), enrolment_id=classroom.enrolment)


def test_a_course_is_left_once(classroom, school):
    leave(classroom.becomes(school.zhang), enrolment_id=classroom.enrolment)
    with pytest.raises(EnrolmentIsOver):
        leave(classroom.becomes(school.zhang), enrolment_id=classroom.enrolment)


def test_a_lesson_that_is_open_stops_when_its_learner_is_withdrawn(classroom, school):
    opened = open_session(classroom.becomes(school.zhang), enrolment_id=classroom.enrolment, lesson_code="LV-L01")
    withdraw(classroom.becomes(school.manager), enrolment_id=classroom.enrolment, reason="moved away")
    person_withdrawn(classroom.work, classroom.work.announced[-1])
    row = classroom.beat(opened.id)
    assert row is not None
    assert row["ended"] == "withdrawn"


def test_a_safety_manager_of_a_chemicals_trader_is_enrolled_and_has_no_practice_to_do(classroom, school):
    load_course(classroom.becomes(platform("test")), course_package("chemicals_trade_manager"))
    made = enrolling(classroom.becomes(school.manager), school, course="chemicals_trade_manager")
    outline = queries.provider_enrolment(classroom.work, made).outline
    assert (outline.code, outline.total, outline.practical) == ("chemicals_trade_manager.initial", Decimal(48), None)


@pytest.mark.parametrize("qualification", ["work_at_height", "refrigeration_operation"])
def test_nobody_begins_a_trade_whose_practice_nobody_has_confirmed(classroom, school, qualification):
    """Online hours could fill the whole outline of people who climb or handle refrigerants."""
    package = replace(course_package("low_voltage"), code="other", qualification=qualification, digest=b"other")
    load_course(classroom.becomes(platform("test")), package)
    with pytest.raises(PracticeUnknown):
        enrolling(classroom.becomes(school.manager), school, course="other")


@pytest.fixture
def school_in_a_province(workplace, machine):
    """The school stands in a city of the demonstration's province; afterwards nobody knows of either."""
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        with_regions(work)
        work.session.add(
            OrganisationRecord(
                id=SCHOOL,
                kind=OrganisationKind.TRAINING_PROVIDER,
                name="江城安全技术学校",
                credit_code="91110000TRAINING01",
                region_code=HERE,
                is_demonstration=True,
                created_at=work.now,
            )
        )
    yield
    with machine.embedded.superuser(machine.database) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM people.organisations WHERE id = %s", [SCHOOL])
        connection.execute("DELETE FROM people.regions")


@pytest.mark.usefixtures("school_in_a_province")
@pytest.mark.parametrize(("region", "hours"), [(PROVINCE, 1), ("980000", 0)])
def test_training_is_as_long_as_the_province_of_the_school_asks(classroom, school, monkeypatch, region, hours):
    as_it_is = outlines()
    own = [replace(each, code="province", region=region, total=each.total + 1) for each in as_it_is.all]
    about = lambda each: [(each.qualification, each.kind, each.is_demonstration)]  # noqa: E731
    longer = Outlines(Book([*as_it_is.all, *own], about=about))
    for reader in (actions, queries):
        monkeypatch.setattr(reader, "outlines", lambda: longer)
    work = classroom.becomes(school.manager)
    made = queries.provider_enrolment(work, enrolling(work, school))
    asked = as_it_is.in_force("low_voltage", TrainingKind.INITIAL, shanghai_date(work.now), demonstration=False)
    assert made.hours_required == asked.total + hours
