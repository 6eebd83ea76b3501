"""Who may study what, and the presence check as a deed."""

import pytest
from sqlalchemy import text

from kernel.errors import Forbidden
from training.courses.errors import NoSuchCheck, NoSuchLesson, NotAnAnswer
from training.enrolments.errors import NoSuchEnrolment
from training.study.actions import answer_check, answer_presence, open_session
from training.study.errors import NoSuchSession, NothingAsked, SessionIsOver
from training.study.queries import own_session, right_answers, session
from training.study.rules import Ended


def test_who_teaches_does_not_collect_hours(classroom, school):
    for actor in (school.teacher, school.manager):
        with pytest.raises(Forbidden):
            open_session(classroom.becomes(actor), enrolment_id=classroom.enrolment, lesson_code="LV-L01")


def test_nobody_studies_on_anothers_enrolment(classroom, school):
    with pytest.raises(NoSuchEnrolment):
        open_session(classroom.becomes(school.liu), enrolment_id=classroom.enrolment, lesson_code="LV-L01")


def test_a_lesson_that_the_course_does_not_have(classroom, school):
    with pytest.raises(NoSuchLesson):
        open_session(classroom.becomes(school.zhang), enrolment_id=classroom.enrolment, lesson_code="LV-L99")


@pytest.fixture
def asked(classroom, school):
    """Zhang's session in the moment in which a presence check has come up."""
    work = classroom.becomes(school.zhang)
    opened = open_session(work, enrolment_id=classroom.enrolment, lesson_code="LV-L01")
    for _ in range(8):
        classroom.later(10)
        classroom.beat(opened.id)
    session_now = session(own_session(work, opened.id))
    assert session_now.asked_at is not None
    return session_now


def test_a_presence_check_answered_in_time_is_on_record(classroom, school, asked):
    work = classroom.becomes(school.zhang)
    answered = answer_presence(work, session_id=asked.id)
    assert (answered.ended, answered.asked_at, answered.credited_ms) == (None, None, asked.credited_ms)
    kept = work.session.execute(text("SELECT check_number, answered_at FROM training.presence_answers")).all()
    assert [tuple(row) for row in kept] == [(1, work.now)]


def test_too_late_an_answer_takes_the_minutes_back(classroom, school, asked):
    work = classroom.becomes(school.zhang)
    classroom.later(200)
    answered = answer_presence(work, session_id=asked.id)
    assert (answered.ended, answered.credited_ms) == (Ended.ABSENT, 0)
    with pytest.raises(SessionIsOver):
        answer_presence(work, session_id=asked.id)


def test_an_answer_that_nobody_asked_for_is_no_sign_of_presence(classroom, school):
    work = classroom.becomes(school.zhang)
    opened = open_session(work, enrolment_id=classroom.enrolment, lesson_code="LV-L01")
    classroom.later(10)
    classroom.beat(opened.id)
    with pytest.raises(NothingAsked):
        answer_presence(work, session_id=opened.id)


def test_who_opens_the_page_again_and_again_is_asked_all_the_same(classroom, school):
    """The outline asks after 35 to 60 seconds; each visit lasts 30."""
    asked, kept = 0, 0
    for _ in range(8):
        work = classroom.becomes(school.zhang)
        visit = open_session(work, enrolment_id=classroom.enrolment, lesson_code="LV-L01")
        classroom.sequence = 0
        for _ in range(3):
            classroom.later(10)
            row = classroom.beat(visit.id)
            asked += row["asked_at"] is not None
            kept = row["credited_ms"]
    assert asked > 0
    assert kept <= 60_000 + 30_000


def test_who_is_asked_and_opens_the_page_again_has_not_answered(classroom, school, asked):
    classroom.later(5)
    again = open_session(classroom.becomes(school.zhang), enrolment_id=classroom.enrolment, lesson_code="LV-L01")
    assert (again.before_ms, again.carried_ms) == (0, 0)
    assert own_session(classroom.work, asked.id).ended is Ended.ELSEWHERE


def test_nobody_answers_for_another(classroom, school, asked):
    with pytest.raises(NoSuchSession):
        answer_presence(classroom.becomes(school.liu), session_id=asked.id)


def test_who_teaches_does_not_answer(classroom, school, asked):
    with pytest.raises(Forbidden):
        answer_presence(classroom.becomes(school.teacher), session_id=asked.id)


def answering(classroom, actor, answer, check="LV-L01-C1"):
    return answer_check(
        classroom.becomes(actor),
        enrolment_id=classroom.enrolment,
        lesson_code="LV-L01",
        check_id=check,
        answer=answer,
    )


def test_a_wrong_answer_gets_its_reason_and_the_right_one_counts(classroom, school):
    lesson = next(each for each in classroom.lessons if each.code == "LV-L01")
    assert not answering(classroom, school.zhang, "true").is_right
    assert right_answers(classroom.work, [classroom.enrolment]) == {}
    assert answering(classroom, school.zhang, "false").is_right
    assert right_answers(classroom.work, [classroom.enrolment]) == {(classroom.enrolment, lesson.id): {"LV-L01-C1"}}
    attempts = classroom.work.session.execute(text("SELECT answer FROM training.check_attempts ORDER BY id"))
    assert [answer for (answer,) in attempts] == ["true", "false"]


def test_to_answer_a_question_is_a_sign_of_presence(classroom, school):
    work = classroom.becomes(school.zhang)
    opened = open_session(work, enrolment_id=classroom.enrolment, lesson_code="LV-L01")
    classroom.later(20)
    classroom.beat(opened.id)
    assert own_session(work, opened.id).unconfirmed_ms == 20_000
    answering(classroom, school.zhang, "false")
    assert own_session(work, opened.id).unconfirmed_ms == 0
    again = open_session(classroom.becomes(school.zhang), enrolment_id=classroom.enrolment, lesson_code="LV-L01")
    assert again.carried_ms == 0


def test_what_cannot_be_answered(classroom, school):
    with pytest.raises(NoSuchCheck):
        answering(classroom, school.zhang, "true", "LV-L01-C99")


def test_what_is_no_answer(classroom, school):
    with pytest.raises(NotAnAnswer):
        answering(classroom, school.zhang, "perhaps")


def test_whose_question_it_is(classroom, school):
    with pytest.raises(NoSuchEnrolment):
        answering(classroom, school.liu, "true")


def test_who_may_not_answer(classroom, school):
    with pytest.raises(Forbidden):
        answering(classroom, school.manager, "true")
