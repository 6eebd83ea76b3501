"""Credit never outruns the clock, whatever is sent, in whatever order, however often."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.study.errors import NothingAsked, SessionIsOver
from training.study.rules import (
    BEAT_AT_MOST,
    Ended,
    StudySession,
    carried_from,
    check_after_ms,
    is_covered,
    length,
)

START = datetime(2026, 6, 1, 1, tzinfo=UTC)
TODAY = date(2026, 6, 1)
SESSION = UUID(int=7)
HOUR_MS = 3_600_000


def a_session(**changes):
    values: dict[str, Any] = {
        "id": SESSION,
        "day": TODAY,
        "last_at": START,
        "allowed_ms": 6 * HOUR_MS,
        "check_after_ms": 600_000,
        "answer_within": timedelta(seconds=60),
        "video_ms": 90_000,
    }
    return StudySession(**(values | changes))


def after(session, *seconds: float):
    """The session after a beat at each of `seconds` past the start."""
    for second in seconds:
        session = session.beat(sequence=session.sequence + 1, now=START + timedelta(seconds=second), today=TODAY)
    return session


def test_a_beat_credits_the_time_since_the_one_before():
    assert after(a_session(), 10, 20, 27).credited_ms == 27_000


def test_a_beat_sent_twice_counts_once():
    session = a_session().beat(sequence=1, now=START + timedelta(seconds=10), today=TODAY)
    assert session.beat(sequence=1, now=START + timedelta(seconds=20), today=TODAY) == session


def test_a_long_silence_credits_nothing_and_then_it_goes_on():
    limit = BEAT_AT_MOST.total_seconds()
    assert after(a_session(), limit).credited_ms == limit * 1_000
    assert after(a_session(), 10, 130).credited_ms == 10_000
    assert after(a_session(), 10, 130, 140).credited_ms == 20_000


def test_a_clock_that_stands_or_goes_back_credits_nothing():
    assert after(a_session(), 10, 10, 5, 10).credited_ms == 10_000


def test_the_presence_check_stops_the_credit_until_it_is_answered():
    asked = after(a_session(check_after_ms=20_000), 10, 20)
    assert asked.asked_at == START + timedelta(seconds=20)
    waiting = after(asked, 30, 40)
    assert waiting.credited_ms == 20_000
    confirmed = waiting.confirm(now=START + timedelta(seconds=50), check_after_ms=20_000)
    assert (confirmed.asked_at, confirmed.unconfirmed_ms) == (None, 0)
    assert after(confirmed, 60).credited_ms == 30_000


def test_a_missed_presence_check_takes_back_the_stretch_and_ends_the_session():
    asked = after(a_session(check_after_ms=20_000), 10, 20)
    confirmed = asked.confirm(now=START + timedelta(seconds=20), check_after_ms=20_000)
    missed = after(confirmed, 30, 40, 60, 80, 101)
    assert (missed.ended, missed.credited_ms) == (Ended.ABSENT, 20_000)
    assert after(missed, 110) == missed


def test_an_answer_one_second_late_is_no_answer():
    asked = after(a_session(check_after_ms=20_000), 10, 20)
    in_time = asked.confirm(now=START + timedelta(seconds=80), check_after_ms=20_000)
    late = asked.confirm(now=START + timedelta(seconds=81), check_after_ms=20_000)
    assert (in_time.ended, in_time.credited_ms) == (None, 20_000)
    assert (late.ended, late.credited_ms) == (Ended.ABSENT, 0)


def test_opening_another_lesson_does_not_escape_an_overdue_check():
    asked = after(a_session(check_after_ms=20_000), 10, 20)
    ended = asked.end(now=START + timedelta(seconds=500), why=Ended.ELSEWHERE)
    assert (ended.ended, ended.credited_ms) == (Ended.ABSENT, 0)


def test_opening_another_lesson_does_not_escape_a_question_that_stands():
    confirmed = after(a_session(check_after_ms=20_000), 10, 20).confirm(
        now=START + timedelta(seconds=20), check_after_ms=20_000
    )
    asked = after(confirmed, 30, 40)
    ended = asked.end(now=START + timedelta(seconds=45), why=Ended.ELSEWHERE)
    assert (ended.ended, ended.credited_ms, ended.unconfirmed_ms) == (Ended.ELSEWHERE, 20_000, 0)


def test_midnight_does_not_answer_a_question_that_stands():
    asked = after(a_session(check_after_ms=20_000), 10, 20)
    ended = asked.beat(sequence=3, now=START + timedelta(seconds=30), today=TODAY + timedelta(days=1))
    assert (ended.ended, ended.credited_ms) == (Ended.NEW_DAY, 0)


def test_an_answer_to_a_question_that_nobody_put_is_refused():
    session = after(a_session(), 10)
    with pytest.raises(NothingAsked):
        session.answer(now=START + timedelta(seconds=15), check_after_ms=600_000)
    with pytest.raises(SessionIsOver):
        session.end(now=START, why=Ended.DONE).answer(now=START, check_after_ms=600_000)


def test_what_was_studied_without_a_sign_goes_into_the_next_session_until_somebody_answers():
    first = after(a_session(check_after_ms=30_000), 10, 20)
    closed = first.end(now=START + timedelta(seconds=20), why=Ended.ELSEWHERE)
    assert carried_from(closed, 90_000) == (20_000, 30_000)
    second = after(a_session(last_at=START + timedelta(seconds=20), carried_ms=20_000, check_after_ms=30_000), 30)
    assert second.asked_at == START + timedelta(seconds=30)
    answered = second.answer(now=START + timedelta(seconds=35), check_after_ms=90_000)
    assert (answered.carried_ms, answered.credited_ms) == (0, 10_000)
    assert carried_from(answered, 90_000) == (0, 90_000)
    assert carried_from(None, 90_000) == (0, 90_000)


def test_a_session_ends_with_its_day():
    session = after(a_session(), 10)
    tomorrow = session.beat(sequence=2, now=START + timedelta(seconds=20), today=TODAY + timedelta(days=1))
    assert (tomorrow.ended, tomorrow.credited_ms) == (Ended.NEW_DAY, 10_000)


def test_a_video_is_covered_only_as_fast_as_it_plays():
    ten = START + timedelta(seconds=10)
    honest = a_session().beat(sequence=1, now=ten, today=TODAY, played=(0, 10_000))
    jumped = a_session().beat(sequence=1, now=ten, today=TODAY, played=(0, 90_000))
    assert honest.video_played == ((0, 10_000),)
    assert length(jumped.video_played) == 10_000


def test_a_video_is_covered_at_95_percent():
    assert is_covered(85_500, 90_000)
    assert not is_covered(85_499, 90_000)


def test_presence_checks_come_within_their_range_and_are_the_same_everywhere():
    drawn = {check_after_ms(SESSION, number, (480, 840)) for number in range(50)}
    assert all(480_000 <= each <= 840_000 for each in drawn)
    assert len(drawn) > 20
    assert check_after_ms(SESSION, 3, (480, 840)) == check_after_ms(SESSION, 3, (480, 840))


deeds = st.lists(
    st.tuples(
        st.sampled_from(["beat", "beat", "beat", "confirm"]),
        st.integers(-5_000, 45_000),  # by how much the clock moved, in milliseconds; it may be read out of order
        st.integers(-2, 3),  # the beat's number, relative to the last: repeated, late, ahead
        st.integers(0, 100_000),
        st.integers(0, 100_000),
    ),
    max_size=60,
)


@given(deeds=deeds, allowed=st.integers(0, 400_000), check_after=st.integers(1_000, 200_000))
def test_credit_never_exceeds_the_clock_nor_what_is_allowed(deeds, allowed, check_after):
    session = a_session(allowed_ms=allowed, check_after_ms=check_after)
    now = latest = START
    for deed, moved, ahead, one, other in deeds:
        now += timedelta(milliseconds=moved)
        latest = max(latest, now)
        if deed == "beat":
            session = session.beat(sequence=session.sequence + ahead, now=now, today=TODAY, played=(one, other))
        else:
            session = session.confirm(now=now, check_after_ms=check_after)
        wall_ms = (latest - START) / timedelta(milliseconds=1)
        assert 0 <= session.credited_ms <= min(wall_ms, allowed)
        assert 0 <= session.unconfirmed_ms <= session.credited_ms
        assert length(session.video_played) <= min(wall_ms, session.video_ms)


visits = st.lists(
    st.tuples(
        st.lists(st.integers(0, 40), max_size=12),  # seconds before each beat
        st.sampled_from([Ended.ELSEWHERE, Ended.DONE, "left", "answered"]),  # how the visit goes on
        st.integers(0, 120),  # seconds until the page is opened again
    ),
    max_size=25,
)


@given(visits=visits, draws=st.lists(st.integers(60, 100), min_size=25, max_size=25))
def test_no_way_of_opening_again_is_credited_more_than_one_interval_without_an_answer(visits, draws):
    """The latest question comes after 100 seconds, and one beat may bring up to 30 more than that."""
    now, last, kept, since_answer = START, None, 0, 0
    for (waits, then, pause), drawn in zip(visits, draws, strict=False):
        carried, asks_after = carried_from(last, drawn * 1_000)
        session = a_session(last_at=now, carried_ms=carried, check_after_ms=asks_after)
        for number, wait in enumerate(waits, start=1):
            now += timedelta(seconds=wait)
            session = session.beat(sequence=number, now=now, today=TODAY)
        if then == "answered" and session.asked_at is not None and session.ended_at is None:
            session = session.answer(now=now, check_after_ms=drawn * 1_000)
            since_answer = -session.credited_ms - kept if session.ended_at is None else since_answer
        now += timedelta(seconds=pause)
        last = session.end(now=now, why=then if isinstance(then, Ended) else Ended.ELSEWHERE)
        kept += last.credited_ms
        assert kept + since_answer <= 130_000
