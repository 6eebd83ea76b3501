"""The hot path's statement does what the rule says, and credits nobody else's session."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from kernel.clock import shanghai_date
from kernel.ids import new_id
from people.accounts.queries import token_digest
from training.study.actions import open_session
from training.study.queries import own_session, session
from training.study.rules import length

MIDNIGHT = datetime(2026, 6, 10, 16, tzinfo=UTC)  # in Shanghai

beats = st.lists(
    st.tuples(
        st.integers(-3_000, 40_000),  # how far the clock moved, in milliseconds
        st.integers(-1, 2),  # the beat's number, relative to the last
        st.integers(0, 90_000),
        st.integers(0, 90_000),
    ),
    min_size=1,
    max_size=25,
)


def opened(classroom, code="LV-L13"):
    return open_session(classroom.becomes(classroom.school.zhang), enrolment_id=classroom.enrolment, lesson_code=code)


def sign_in_again(classroom):
    """A sign-in of this moment, as the one before but for its token: hashing a password thirty times takes long."""
    old, classroom.token = classroom.token, str(new_id())
    classroom.work.session.execute(
        text(
            "INSERT INTO people.sessions (token_digest, account_id, opened_at, seen_at, address)"
            " SELECT :new, account_id, :now, :now, address FROM people.sessions WHERE token_digest = :old"
        ),
        {"new": token_digest(classroom.token), "old": token_digest(old), "now": classroom.work.now},
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    beats=beats,
    allowed=st.integers(0, 300_000),
    check_after_and_carried=st.tuples(st.integers(5_000, 120_000), st.integers(0, 60_000)),
    hours_to_midnight=st.sampled_from([15, 0.02]),
)
def test_the_statement_and_the_rule_agree(classroom, beats, allowed, check_after_and_carried, hours_to_midnight):
    check_after, carried = check_after_and_carried
    work = classroom.work
    work.now = MIDNIGHT - timedelta(hours=hours_to_midnight)
    sign_in_again(classroom)
    rule = opened(classroom)
    work.session.execute(
        text(
            "UPDATE training.study_sessions SET allowed_ms = :allowed, check_after_ms = :after, carried_ms = :carried"
            " WHERE id = :id"
        ),
        {"allowed": allowed, "after": check_after, "carried": carried, "id": rule.id},
    )
    work.session.expire_all()
    rule = session(own_session(work, rule.id))
    for moved, ahead, start, end in beats:
        work.now += timedelta(milliseconds=moved)
        sequence = rule.sequence + ahead
        classroom.beat(rule.id, sequence=sequence, played=(start, end))
        rule = rule.beat(sequence=sequence, now=work.now, today=shanghai_date(work.now), played=(start, end))
        assert session(own_session(work, rule.id)) == rule


def test_a_beat_answers_what_the_page_shows(classroom):
    opened_session = opened(classroom)
    classroom.later(10)
    row = classroom.beat(opened_session.id, played=(0, 10_000), place=250)
    assert row is not None
    assert (row["credited_ms"], row["video_played_ms"], row["ended"], row["sequence"]) == (10_000, 10_000, None, 1)
    assert own_session(classroom.work, opened_session.id).place == 250


def test_a_beat_sent_again_answers_the_same(classroom):
    opened_session = opened(classroom)
    classroom.later(10)
    first = classroom.beat(opened_session.id, sequence=1)
    classroom.later(10)
    assert classroom.beat(opened_session.id, sequence=1) == first


def test_without_a_live_sign_in_there_is_no_beat(classroom):
    opened_session = opened(classroom)
    classroom.later(10)
    right, classroom.token = classroom.token, "forged"
    assert classroom.beat(opened_session.id) is None
    classroom.token = right
    classroom.work.session.execute(text("SELECT people.end_session(:token, now())"), {"token": classroom.token})
    assert classroom.beat(opened_session.id) is None


def test_a_beat_does_nothing_to_another_persons_session(classroom, school):
    """Zhang's sign-in, and a session that belongs to Liu."""
    own = opened(classroom)
    classroom.work.session.execute(
        text("UPDATE training.study_sessions SET person_id = :liu WHERE id = :id"),
        {"liu": school.liu.person_id, "id": own.id},
    )
    classroom.later(10)
    assert classroom.beat(own.id) is None


def test_a_beat_keeps_the_sign_in_alive_without_writing_each_time(classroom):
    opened_session = opened(classroom)
    seen = text("SELECT seen_at FROM people.sessions WHERE token_digest = :own").bindparams(
        own=token_digest(classroom.token)
    )
    before = classroom.work.session.scalar(seen)
    classroom.later(60)
    classroom.beat(opened_session.id)
    assert classroom.work.session.scalar(seen) == before
    classroom.later(301)
    classroom.beat(opened_session.id)
    assert classroom.work.session.scalar(seen) == classroom.work.now


def test_opening_elsewhere_ends_the_first_and_the_first_says_so(classroom):
    first = opened(classroom, "LV-L01")
    classroom.later(10)
    classroom.beat(first.id)
    second = opened(classroom, "LV-L04")
    classroom.later(10)
    row = classroom.beat(first.id)
    assert row is not None
    assert (row["ended"], row["credited_ms"]) == ("elsewhere", 10_000)
    classroom.sequence = 0
    row = classroom.beat(second.id)
    assert row is not None
    assert (row["ended"], row["credited_ms"]) == (None, 10_000)


def test_a_lesson_is_worth_no_more_than_its_cap_and_a_day_no_more_than_its_hours(classroom, school):
    lesson = next(each for each in classroom.lessons if each.code == "LV-L01")
    cap = lesson.minutes * 8 * 2
    classroom.study(lesson, cap + 60)
    assert opened(classroom, "LV-L01").allowed_ms == 0
    classroom.work.session.execute(text("UPDATE training.study_sessions SET credited_ms = 0, unconfirmed_ms = 0"))
    classroom.work.session.execute(
        text("UPDATE training.study_sessions SET allowed_ms = 21590000, credited_ms = 21590000 WHERE ended_at IS NULL")
    )
    classroom.work.session.expire_all()
    assert opened(classroom, "LV-L04").allowed_ms == 6 * 3_600_000 - 21_590_000


def test_what_was_played_is_kept_for_the_next_session(classroom):
    first = opened(classroom)
    classroom.later(20)
    classroom.beat(first.id, played=(0, 20_000))
    second = opened(classroom)
    assert (second.before_ms, length(second.video_played)) == (20_000, 20_000)
