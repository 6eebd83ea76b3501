"""What a certificate is worth on a day, tried on both sides of every border."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.certificates.errors import (
    AlreadySuspended,
    CertificateIsOver,
    HasExpired,
    NoReviewHeld,
    NotSuspended,
)
from certification.certificates.rules.states import (
    Entry,
    LogEntry,
    State,
    barred_until,
    check_may_append,
    holds_until,
    standing,
)
from certification.certificates.rules.validity import (
    Period,
    first_period,
    renewal,
    renewed_period,
    reviews_abolished_from,
)
from certification.programmes.errors import NoRuleInForce
from certification.programmes.queries import validity_regimes

DAY = timedelta(days=1)
REGIMES = validity_regimes()
OPERATOR, MANAGER = "special_operation", "safety_manager"
NEW_ORDER = date(2026, 6, 1)

issue_days = st.dates(date(2012, 3, 1), date(2035, 12, 31))


def log_of(*lines: tuple[Entry, date]) -> list[LogEntry]:
    return [LogEntry(entry, day) for entry, day in lines]


def state(period: Period, day: date, *lines: tuple[Entry, date]) -> State:
    return standing(period, log_of((Entry.ISSUED, period.valid_from), *lines), day).state


def test_the_published_sample_card():
    period = first_period(REGIMES, OPERATOR, date(2017, 1, 19))
    assert (period.valid_from, period.valid_until) == (date(2017, 1, 19), date(2023, 1, 19))
    assert period.regime.code == "order_30"


def test_the_last_day_of_the_old_order_and_the_first_of_the_new():
    assert first_period(REGIMES, OPERATOR, NEW_ORDER - DAY).regime.code == "order_30"
    assert first_period(REGIMES, OPERATOR, NEW_ORDER).regime.code == "order_19"


def test_a_manager_certificate_is_valid_for_three_years():
    assert first_period(REGIMES, MANAGER, date(2026, 11, 22)).valid_until == date(2029, 11, 22)


def test_before_the_first_rule_nothing_is_issued():
    with pytest.raises(NoRuleInForce):
        first_period(REGIMES, OPERATOR, date(2010, 6, 30))


def test_a_leap_day_gains_no_day():
    assert first_period(REGIMES, OPERATOR, date(2024, 2, 29)).valid_until == date(2030, 2, 28)


@given(issue_days, st.sampled_from([OPERATOR, MANAGER]))
def test_it_holds_on_its_last_day_and_not_on_the_next(issued_on, position):
    period = first_period(REGIMES, position, issued_on)
    reviews = [] if position == MANAGER else [(Entry.REVIEWED, issued_on)] * 2
    assert state(period, period.valid_until, *reviews) is State.RENEWAL_DUE
    assert state(period, period.valid_until + DAY, *reviews) is State.EXPIRED


@given(issue_days)
def test_it_is_not_valid_before_its_first_day(issued_on):
    period = first_period(REGIMES, OPERATOR, issued_on)
    assert standing(period, [], issued_on - DAY).state is State.NOT_YET_VALID
    assert standing(period, [], issued_on).state is State.VALID


@given(issue_days, st.integers(-40, 2600))
def test_the_forecast_is_what_then_happens(issued_on, later):
    period = first_period(REGIMES, OPERATOR, issued_on)
    today = issued_on + timedelta(days=later)
    now = standing(period, [], today)
    if now.lasts_until:
        assert standing(period, [], now.lasts_until).state is now.state
        assert standing(period, [], now.lasts_until + DAY).state is not now.state
    good = holds_until(period, [], today)
    assert (good is None) is (not now.state.holds)
    if good:
        assert standing(period, [], good).state.holds
        assert not standing(period, [], good + DAY).state.holds


@given(issue_days, st.integers(0, 2600))
def test_since_is_the_first_day_of_the_present_state(issued_on, later):
    period = first_period(REGIMES, OPERATOR, issued_on)
    now = standing(period, [], issued_on + timedelta(days=later))
    assert standing(period, [], now.since).state is now.state
    assert standing(period, [], now.since - DAY).state is not now.state


def test_a_review_under_the_old_order_falls_due_and_voids_when_missed():
    period = first_period(REGIMES, OPERATOR, date(2020, 3, 10))
    due = date(2023, 3, 10)
    assert state(period, due - timedelta(days=61)) is State.VALID
    assert state(period, due - timedelta(days=60)) is State.REVIEW_DUE
    assert state(period, due) is State.REVIEW_DUE
    assert state(period, due + DAY) is State.VOID
    assert state(period, due + DAY, (Entry.REVIEWED, due)) is State.VALID


def test_a_review_due_on_the_last_day_of_the_old_order_is_still_held():
    period = first_period(REGIMES, OPERATOR, date(2023, 5, 31))
    assert state(period, date(2026, 5, 31)) is State.REVIEW_DUE
    assert state(period, NEW_ORDER) is State.VOID


def test_a_review_due_on_the_first_day_of_the_new_order_is_never_asked():
    period = first_period(REGIMES, OPERATOR, date(2023, 6, 1))
    for day in (date(2026, 5, 31), NEW_ORDER, NEW_ORDER + DAY):
        assert state(period, day) is State.VALID


@given(st.dates(date(2023, 6, 1), date(2026, 5, 31)), st.integers(0, 2100))
def test_no_card_whose_review_falls_after_the_change_is_ever_review_due_or_void(issued_on, later):
    period = first_period(REGIMES, OPERATOR, issued_on)
    assert state(period, issued_on + timedelta(days=later)) not in {State.REVIEW_DUE, State.VOID}


@given(issue_days, st.integers(0, 6 * 365 - 1))
def test_a_renewal_keeps_the_first_day_and_leaves_no_gap(issued_on, later):
    former = first_period(REGIMES, OPERATOR, issued_on)
    again = renewed_period(REGIMES, OPERATOR, issued_on + timedelta(days=later), former)
    assert again.first_issued_on == former.first_issued_on == issued_on
    assert again.valid_from == former.valid_until
    lines = [(Entry.REVIEWED, issued_on)] * 2 + [(Entry.REPLACED, again.valid_from)]
    for day in (again.valid_from - DAY, again.valid_from, again.valid_from + DAY):
        assert [state(former, day, *lines).holds, standing(again, [], day).state.holds].count(True) == 1


def test_after_expiry_there_is_no_renewal_but_a_new_beginning():
    former = first_period(REGIMES, OPERATOR, date(2017, 1, 19))
    assert renewed_period(REGIMES, OPERATOR, date(2023, 1, 19), former).first_issued_on == date(2017, 1, 19)
    assert renewed_period(REGIMES, OPERATOR, date(2023, 1, 20), former).first_issued_on == date(2023, 1, 20)


PERIOD = first_period(REGIMES, OPERATOR, date(2026, 7, 1))
NOW = date(2027, 1, 1)


def test_a_suspension_holds_from_its_day_until_it_is_lifted():
    lines = [(Entry.SUSPENDED, date(2026, 9, 1)), (Entry.REINSTATED, date(2026, 10, 1))]
    assert state(PERIOD, date(2026, 8, 31), *lines) is State.VALID
    assert state(PERIOD, date(2026, 9, 1), *lines) is State.SUSPENDED
    assert state(PERIOD, date(2026, 10, 1), *lines) is State.VALID


def test_lifted_and_suspended_on_one_day_the_later_line_counts():
    day = date(2026, 9, 1)
    once = [(Entry.SUSPENDED, day), (Entry.REINSTATED, day)]
    assert state(PERIOD, day, *once) is State.VALID
    assert state(PERIOD, day, *once, (Entry.SUSPENDED, day)) is State.SUSPENDED


def test_revoked_and_then_struck_off_shows_as_revoked():
    lines = [(Entry.REVOKED, date(2026, 9, 1)), (Entry.CANCELLED, date(2026, 9, 2))]
    assert state(PERIOD, NOW, *lines) is State.REVOKED


def test_a_suspended_certificate_expires_all_the_same():
    assert state(PERIOD, PERIOD.valid_until + DAY, (Entry.SUSPENDED, NOW)) is State.EXPIRED


@pytest.mark.parametrize("end", [Entry.REVOKED, Entry.CANCELLED, Entry.REPLACED])
@pytest.mark.parametrize("entry", [Entry.SUSPENDED, Entry.REINSTATED, Entry.REVOKED, Entry.CANCELLED, Entry.REVIEWED])
def test_after_the_end_nothing_is_decided_any_more(end, entry):
    with pytest.raises(CertificateIsOver):
        check_may_append(PERIOD, log_of((end, NOW)), entry, NOW)


def test_until_its_replacement_takes_effect_a_certificate_can_be_revoked():
    check_may_append(PERIOD, log_of((Entry.REPLACED, NOW + DAY)), Entry.REVOKED, NOW)


def test_what_makes_no_sense_is_refused():
    with pytest.raises(AlreadySuspended):
        check_may_append(PERIOD, log_of((Entry.SUSPENDED, NOW)), Entry.SUSPENDED, NOW)
    with pytest.raises(NotSuspended):
        check_may_append(PERIOD, [], Entry.REINSTATED, NOW)
    with pytest.raises(NoReviewHeld):
        check_may_append(PERIOD, [], Entry.REVIEWED, NOW)
    with pytest.raises(HasExpired):
        check_may_append(PERIOD, [], Entry.SUSPENDED, PERIOD.valid_until + DAY)


def test_a_ban_of_three_years_ends_the_day_before_the_third_anniversary():
    assert barred_until(3, date(2026, 11, 22)) == date(2029, 11, 21)
    assert barred_until(0, date(2026, 11, 22)) is None


@given(issue_days, st.sampled_from([OPERATOR, MANAGER]))
def test_a_renewal_falls_due_before_it_is_too_late_to_apply(issued, position):
    period = first_period(REGIMES, position, issued)
    window = renewal(period)
    assert period.valid_from < window.due_from <= window.apply_by <= period.valid_until
    reviewed = [(Entry.REVIEWED, period.valid_from)] * 2
    assert state(period, window.due_from, *reviewed) is State.RENEWAL_DUE
    assert state(period, window.due_from - DAY, *reviewed) is State.VALID


def test_a_time_that_nobody_read_in_the_rule_is_not_called_confirmed():
    assert not renewal(first_period(REGIMES, OPERATOR, NEW_ORDER)).is_confirmed


def test_a_review_printed_for_a_day_after_the_new_order_is_not_held():
    assert reviews_abolished_from(first_period(REGIMES, OPERATOR, date(2024, 5, 1))) == NEW_ORDER
    assert reviews_abolished_from(first_period(REGIMES, OPERATOR, date(2021, 5, 1))) is None
    assert reviews_abolished_from(first_period(REGIMES, OPERATOR, NEW_ORDER)) is None
    assert reviews_abolished_from(first_period(REGIMES, MANAGER, date(2024, 5, 1))) is None
