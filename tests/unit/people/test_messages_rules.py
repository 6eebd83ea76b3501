"""When a message may be sent, and when nobody will say any more how it went: each edge."""

from datetime import UTC, datetime, timedelta

import pytest

from people.messages.rules import GOOD_FOR, LOST_AFTER, MOST_TRIES, RETRY_AFTER, Attempt, Outcome, is_due, is_lost

WRITTEN = datetime(2026, 11, 30, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def after(*outcomes: Outcome | None) -> list[Attempt]:
    return [Attempt(WRITTEN, outcome) for outcome in outcomes]


@pytest.mark.parametrize("outcome", [Outcome.TAKEN, Outcome.REFUSED, Outcome.UNKNOWN, None])
def test_only_what_was_surely_not_taken_is_sent_again(outcome):
    assert not is_due(after(outcome), written_at=WRITTEN, now=WRITTEN + timedelta(hours=20))


def test_the_first_time_is_at_once_and_news_grows_old():
    assert is_due([], written_at=WRITTEN, now=WRITTEN)
    assert is_due([], written_at=WRITTEN, now=WRITTEN + GOOD_FOR - SECOND)
    assert not is_due([], written_at=WRITTEN, now=WRITTEN + GOOD_FOR)


@pytest.mark.parametrize("tries", range(1, MOST_TRIES))
def test_each_further_try_waits_longer(tries):
    made = after(*[Outcome.NOT_TAKEN] * tries)
    assert not is_due(made, written_at=WRITTEN, now=WRITTEN + RETRY_AFTER[tries - 1] - SECOND)
    assert is_due(made, written_at=WRITTEN, now=WRITTEN + RETRY_AFTER[tries - 1])


def test_after_five_tries_it_is_given_up():
    made = after(*[Outcome.NOT_TAKEN] * MOST_TRIES)
    assert not is_due(made, written_at=WRITTEN, now=WRITTEN + timedelta(days=2))


def test_an_attempt_is_lost_ten_minutes_after_it_began():
    assert not is_lost(Attempt(WRITTEN, None), WRITTEN + LOST_AFTER - SECOND)
    assert is_lost(Attempt(WRITTEN, None), WRITTEN + LOST_AFTER)
    assert not is_lost(Attempt(WRITTEN, Outcome.TAKEN), WRITTEN + LOST_AFTER)
