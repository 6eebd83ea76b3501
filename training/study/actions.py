"""Every write about study: opening a session, beats, presence, self-checks.

BEAT is the hot path: one statement on one row, sent straight to the driver. It is `StudySession.beat` in SQL.
"""

from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range

from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.locks import hold
from kernel.work import Work, action
from people.access.rules import Permission
from training.classes import queries as classes
from training.courses import queries as courses
from training.courses.errors import NoSuchCheck
from training.courses.rules import Feedback, Lesson
from training.enrolments import queries as enrolments
from training.enrolments.errors import EnrolmentIsOver
from training.enrolments.queries import Enrolment
from training.enrolments.rules import State
from training.study import queries
from training.study.rules import Ended, StudySession, carried_from, check_after_ms
from training.study.tables import CheckAttemptRecord, PresenceAnswerRecord, StudySessionRecord

# $1 token digest  $2 now  $3 sign-ins seen before this are idle  $4 sign-ins opened before this are too old  $5 session
# $6 sequence  $7 today  $8 played from  $9 played to (ms)  $10 place  $11 the longest silence that is credited
# $12 a sign-in that was last noted before this is noted again
BEAT = """
WITH who AS (
    SELECT s.token_digest, s.seen_at, a.person_id
    FROM people.sessions s JOIN people.accounts a ON a.id = s.account_id
    WHERE s.token_digest = $1 AND s.ended_at IS NULL AND a.closed_at IS NULL
      AND s.seen_at > $3::timestamptz AND s.opened_at > $4::timestamptz
), touched AS MATERIALIZED (
    SELECT people.note_seen(token_digest, $2::timestamptz) FROM who WHERE seen_at < $12::timestamptz
), was AS MATERIALIZED (
    SELECT s.*
    FROM training.study_sessions s JOIN who ON who.person_id = s.person_id
    WHERE s.id = $5 FOR UPDATE OF s
), step AS (
    SELECT was.*,
           coalesce($2::timestamptz - asked_at > answer_within, false) AS overdue,
           day <> $7::date AS new_day,
           asked_at IS NOT NULL AND ($2::timestamptz - asked_at > answer_within OR day <> $7::date) AS unanswered,
           asked_at IS NULL AND day = $7::date AND $2::timestamptz - last_at <= $11::interval AS counts,
           floor(extract(epoch FROM greatest($2::timestamptz - last_at, interval '0')) * 1000)::bigint AS elapsed_ms
    FROM was WHERE ended_at IS NULL AND sequence < $6::bigint
), credit AS (
    SELECT step.*,
           CASE WHEN counts THEN greatest(0, least(elapsed_ms, allowed_ms - credited_ms)) ELSE 0 END AS credit_ms,
           greatest(0, $8::bigint, $9::bigint - elapsed_ms) AS played_from,
           least($9::bigint, video_ms) AS played_to
    FROM step
), done AS (
    UPDATE training.study_sessions s
    SET sequence = $6::bigint,
        last_at = greatest(c.last_at, $2::timestamptz),
        credited_ms = c.credited_ms + c.credit_ms - CASE WHEN c.unanswered THEN c.unconfirmed_ms ELSE 0 END,
        unconfirmed_ms = CASE WHEN c.unanswered THEN 0 ELSE c.unconfirmed_ms + c.credit_ms END,
        asked_at = CASE WHEN c.counts AND c.carried_ms + c.unconfirmed_ms + c.credit_ms >= c.check_after_ms
                        THEN $2::timestamptz ELSE c.asked_at END,
        ended_at = CASE WHEN c.overdue OR c.new_day THEN $2::timestamptz END,
        ended = CASE WHEN c.overdue THEN 'absent' WHEN c.new_day THEN 'new_day' END,
        video_played = c.video_played + CASE WHEN c.counts AND c.played_from < c.played_to
            THEN int8multirange(int8range(c.played_from, c.played_to)) ELSE '{}'::int8multirange END,
        video_at = CASE WHEN $9::bigint > 0 THEN least($9::bigint, c.video_ms) ELSE c.video_at END,
        place = $10::integer
    FROM credit c WHERE s.id = c.id
    RETURNING s.*
), result AS (
    SELECT * FROM done
    UNION ALL
    SELECT * FROM was WHERE NOT EXISTS (SELECT FROM done)
)
SELECT sequence, before_ms + credited_ms AS credited_ms, credited_ms >= allowed_ms AS is_full, asked_at, answer_within,
       ended, (SELECT coalesce(sum(upper(r) - lower(r)), 0)::bigint FROM unnest(video_played) AS r) AS video_played_ms
FROM result, (SELECT count(*) FROM touched) AS noted
"""


@action(needs=Permission.LEARN)
def open_session(work: Work, *, enrolment_id: UUID, lesson_code: str) -> StudySession:
    """Begin to study a lesson. A session that the learner has open elsewhere ends.

    Raises:
        NoSuchEnrolment, NoSuchLesson: they are not the learner's.
        EnrolmentIsOver: nothing more is credited to a finished course.
    """
    enrolment = enrolments.own_enrolment(work, enrolment_id)
    if enrolment.state is not State.LEARNING:
        raise EnrolmentIsOver
    lesson = courses.lesson(work, enrolment.course_id, lesson_code)
    end_live_session(work, enrolment.person_id, Ended.ELSEWHERE)
    record = _opened(work, enrolment, lesson)
    work.session.add(record)
    work.session.flush()
    return queries.session(record)


def end_live_session(work: Work, person_id: UUID, why: Ended) -> None:
    """Close the person's live session, with the consequence of a presence check that was not answered.

    Holds everything else that opens or closes a session of this person until the transaction ends.
    """
    hold(work.session, f"training.study:{person_id}")
    live = queries.live_session(work, person_id)
    if live is not None:
        _store(live, queries.session(live).end(now=work.now, why=why))
        work.session.flush()


def _opened(work: Work, enrolment: Enrolment, lesson: Lesson) -> StudySessionRecord:
    pace, today, session_id = enrolment.outline.pace, shanghai_date(work.now), new_id()
    before = queries.studied(work, [enrolment.id]).get((enrolment.id, lesson.id), queries.NOTHING_STUDIED)
    left_of_lesson = pace.lesson_cap_ms(lesson.minutes) - before.credited_ms
    last = queries.newest_session(work, enrolment.person_id)
    drawn = check_after_ms(session_id, 1, pace.presence_after_seconds)
    carried, asks_after = carried_from(queries.session(last) if last else None, drawn)
    left_of_day = _left_of_day(work, enrolment, today)
    return StudySessionRecord(
        id=session_id,
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        lesson_id=lesson.id,
        day=today,
        opened_at=work.now,
        last_at=work.now,
        sequence=0,
        before_ms=before.credited_ms,
        credited_ms=0,
        allowed_ms=max(0, min(left_of_lesson, left_of_day)),
        carried_ms=carried,
        unconfirmed_ms=0,
        check_number=1,
        check_after_ms=asks_after,
        answer_within=timedelta(seconds=pace.presence_answer_within_seconds),
        video_ms=lesson.video.length_ms if lesson.video else 0,
        video_played=[Range(start, end) for start, end in before.video_played],
        video_at=before.video_at,
        place=before.place,
    )


def _left_of_day(work: Work, enrolment: Enrolment, today: date) -> int:
    outline, person = enrolment.outline, enrolment.person_id
    in_class = sum((each.hours for each in classes.attended_on(work, [person], today).get(person, [])), Decimal(0))
    return outline.day_cap_ms - outline.ms_of(in_class) - queries.credited_on(work, person, today)


@action(needs=Permission.LEARN)
def answer_presence(work: Work, *, session_id: UUID) -> StudySession:
    """The learner answers the presence check. One that comes too late ends the session that is returned.

    Raises:
        NoSuchSession: it is not the learner's.
        SessionIsOver: it ended before.
        NothingAsked: an answer to a question that was never put is no sign of anybody.
    """
    record = queries.own_session(work, session_id)
    before, number = queries.session(record), record.check_number
    answered = before.answer(now=work.now, check_after_ms=_next_check(work, record))
    _store(record, answered)
    if before.asked_at is not None and answered.ended_at is None:
        record.check_number += 1
        work.session.add(
            PresenceAnswerRecord(
                id=new_id(),
                session_id=record.id,
                check_number=number,
                asked_at=before.asked_at,
                answered_at=work.now,
            )
        )
    work.session.flush()
    return answered


def _next_check(work: Work, record: StudySessionRecord) -> int:
    pace = enrolments.held_enrolment(work, record.enrolment_id).outline.pace
    return check_after_ms(record.id, record.check_number + 1, pace.presence_after_seconds)


@action(needs=Permission.LEARN)
def answer_check(work: Work, *, enrolment_id: UUID, lesson_code: str, check_id: str, answer: str) -> Feedback:
    """Answer a self-check; every attempt is kept. To answer is a sign of presence.

    Raises:
        NoSuchEnrolment, NoSuchLesson, NoSuchCheck, NotAnAnswer.
    """
    enrolment = enrolments.own_enrolment(work, enrolment_id)
    lesson = courses.lesson(work, enrolment.course_id, lesson_code)
    check = lesson.check(check_id)
    if check is None:
        raise NoSuchCheck
    feedback = check.answered(answer)
    work.session.add(
        CheckAttemptRecord(
            id=new_id(),
            enrolment_id=enrolment.id,
            lesson_id=lesson.id,
            check_id=check_id,
            answer=answer,
            is_right=feedback.is_right,
            at=work.now,
        )
    )
    live = queries.live_session(work, enrolment.person_id)
    if live is not None and live.asked_at is None:
        _store(live, queries.session(live).confirm(now=work.now, check_after_ms=_next_check(work, live)))
        live.check_number += 1
    work.session.flush()
    return feedback


CHANGED_BY_DEEDS = (
    "credited_ms",
    "carried_ms",
    "unconfirmed_ms",
    "check_after_ms",
    "asked_at",
    "ended_at",
    "ended",
    "last_at",
)


def _store(record: StudySessionRecord, session: StudySession) -> None:
    values = asdict(session)
    for name in CHANGED_BY_DEEDS:
        setattr(record, name, values[name])
