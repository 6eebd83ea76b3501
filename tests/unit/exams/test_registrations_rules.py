"""Who may sit: every point, on its edges, under both orders."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from exams.registrations.errors import NotSeated, NotWaiting, OnlyBeforeTheExamDay, RegistrationIsOver
from exams.registrations.rules import (
    Application,
    Bar,
    Candidate,
    Decision,
    Eligibility,
    History,
    Outcome,
    PastExam,
    State,
    Subject,
    admission_number,
    conclude,
    decide,
    require_waiting,
    withdraw,
)
from exams.standards import queries
from exams.standards.rules import Part

OLD = date(2026, 5, 31)
NEW = date(2026, 6, 1)
ZHANG = Candidate(date(1995, 4, 2), "male")
TRAINED = Eligibility("PX202600000001", date(2026, 3, 1), None, "示范培训中心")
HISTORY = History(eligibilities=(TRAINED,))


def decided(part=Part.THEORY, day=NEW, candidate=ZHANG, history=HISTORY, qualification="low_voltage") -> Decision:
    regime = queries.regime_for(qualification, day)
    return decide(Application(part, day), candidate, history, regime, queries.retirement_tracks())


def unmet(decision: Decision) -> list[Subject]:
    return [check.subject for check in decision.unmet]


def failed(part: Part, count: int, first: date = date(2026, 6, 2)) -> tuple[PastExam, ...]:
    return tuple(PastExam(part, first + timedelta(days=days), Outcome.FAILED) for days in range(count))


def passed_theory(taken: date = NEW) -> PastExam:
    return PastExam(Part.THEORY, taken, Outcome.PASSED, taken.replace(year=taken.year + 1))


def test_a_trained_adult_is_accepted_and_each_point_quotes_its_rule():
    decision = decided()
    assert decision.is_accepted
    assert decision.regime == "order_19"
    of_the_house = (Subject.REGISTERED, Subject.BAR)
    assert all(check.rule for check in decision.checks if check.subject not in of_the_house)


@pytest.mark.parametrize(("day", "regime"), [(OLD, "order_30"), (NEW, "order_19")])
def test_the_day_of_the_exam_decides_the_regime(day, regime):
    assert decided(day=day).regime == regime


def test_the_eighteenth_birthday_may_be_the_exam_day():
    young = Candidate(date(2008, 6, 15), "female")
    assert unmet(decided(day=date(2026, 6, 14), candidate=young)) == [Subject.AGE]
    assert decided(day=date(2026, 6, 15), candidate=young).is_accepted


def test_an_unknown_birth_date_is_a_reason_of_its_own():
    decision = decided(candidate=Candidate(None, None))
    assert unmet(decision) == [Subject.AGE]
    assert "not recorded" in decision.unmet[0].sentence


def test_nobody_sits_from_the_day_of_retirement_on():
    old = Candidate(date(1965, 5, 10), "male")  # retires on 2025-07-10
    assert unmet(decided(day=date(2025, 7, 10), candidate=old, history=trained_on(date(2025, 1, 1)))) == [
        Subject.RETIREMENT
    ]
    assert decided(day=date(2025, 7, 9), candidate=old, history=trained_on(date(2025, 1, 1))).is_accepted


def trained_on(day: date) -> History:
    return History(eligibilities=(replace(TRAINED, granted_on=day),))


def test_managers_are_not_asked_about_retirement():
    decision = decided(qualification="chemicals_trade_manager", candidate=Candidate(date(1950, 1, 1), "male"))
    assert decision.is_accepted
    assert Subject.RETIREMENT not in [check.subject for check in decision.checks]


def test_without_training_the_answer_is_no():
    assert unmet(decided(history=History())) == [Subject.TRAINING]


def test_training_that_ends_after_the_exam_day_does_not_count_yet():
    assert unmet(decided(day=date(2026, 6, 1), history=trained_on(date(2026, 6, 2)))) == [Subject.TRAINING]
    assert decided(day=date(2026, 6, 2), history=trained_on(date(2026, 6, 2))).is_accepted


def test_a_proof_counts_on_its_last_day():
    history = History(eligibilities=(replace(TRAINED, valid_until=NEW),))
    assert decided(day=NEW, history=history).is_accepted
    late = decided(day=NEW + timedelta(days=1), history=history)
    assert unmet(late) == [Subject.TRAINING]
    assert late.unmet[0].facts["until"] == "2026-06-01"


def test_a_bar_ends_the_day_after_its_last():
    history = replace(HISTORY, bars=(Bar(date(2026, 6, 10), "替考"),))
    assert unmet(decided(day=date(2026, 6, 10), history=history)) == [Subject.BAR]
    assert decided(day=date(2026, 6, 11), history=history).is_accepted


@pytest.mark.parametrize(("day", "clause"), [(OLD, "article 30"), (NEW, "as in article 30 of order 30")])
def test_only_a_bar_for_a_certificate_got_by_fraud_rests_on_the_article_about_it(day, clause):
    until = date(2026, 12, 31)
    for point, quoted in (("barred_after_fraud_months", clause), (None, None)):
        history = replace(trained_on(date(2026, 3, 1)), bars=(Bar(until, "第3号处理决定", point),))
        (check,) = decided(day=day, history=history).unmet
        assert check.subject is Subject.BAR
        assert (check.rule.clause.en if check.rule else None) == quoted


def test_who_is_not_barred_is_told_no_rule_about_bars():
    (check,) = [check for check in decided().checks if check.subject is Subject.BAR]
    assert (check.is_met, check.rule) == (True, None)


def test_order_30_allows_two_theory_attempts_and_then_asks_for_new_training():
    twice = replace(HISTORY, exams=failed(Part.THEORY, 2, date(2026, 4, 1)))
    once = replace(HISTORY, exams=failed(Part.THEORY, 1, date(2026, 4, 1)))
    assert decided(day=OLD, history=once).attempt == 2
    assert decided(day=OLD, history=once).is_accepted
    assert unmet(decided(day=OLD, history=twice)) == [Subject.ATTEMPTS]
    retrained = replace(twice, eligibilities=(TRAINED, replace(TRAINED, granted_on=date(2026, 5, 1))))
    assert decided(day=OLD, history=retrained).is_accepted


def test_order_19_sets_no_limit_to_theory():
    history = replace(HISTORY, exams=failed(Part.THEORY, 9))
    decision = decided(day=date(2026, 7, 1), history=history)
    assert decision.is_accepted
    assert decision.attempt == 10


def test_order_19_allows_the_fifth_practical_and_refuses_the_sixth():
    four = replace(HISTORY, exams=(passed_theory(), *failed(Part.PRACTICAL, 4)))
    five = replace(HISTORY, exams=(passed_theory(), *failed(Part.PRACTICAL, 5)))
    day = date(2026, 7, 1)
    assert decided(Part.PRACTICAL, day, history=four).attempt == 5
    assert decided(Part.PRACTICAL, day, history=four).is_accepted
    sixth = decided(Part.PRACTICAL, day, history=five)
    assert unmet(sixth) == [Subject.ATTEMPTS]
    assert "theory" in sixth.unmet[0].sentence


def test_after_five_practicals_theory_may_be_sat_again_and_renews_the_count():
    day = date(2026, 7, 1)
    five = replace(HISTORY, exams=(passed_theory(), *failed(Part.PRACTICAL, 5)))
    four = replace(HISTORY, exams=(passed_theory(), *failed(Part.PRACTICAL, 4)))
    assert unmet(decided(Part.THEORY, day, history=four)) == [Subject.PASSED]
    assert decided(Part.THEORY, day, history=five).is_accepted
    again = replace(five, exams=(*five.exams, passed_theory(date(2026, 7, 2))))
    assert decided(Part.PRACTICAL, date(2026, 7, 10), history=again).is_accepted


def test_absence_and_a_cancelled_exam_use_up_an_attempt():
    exams = (
        PastExam(Part.THEORY, date(2026, 4, 1), Outcome.ABSENT),
        PastExam(Part.THEORY, date(2026, 4, 2), Outcome.CANCELLED),
    )
    assert unmet(decided(day=OLD, history=replace(HISTORY, exams=exams))) == [Subject.ATTEMPTS]


def test_a_void_exam_uses_up_no_attempt():
    """The examiners' or the centre's fault costs the candidate nothing, however often it happens."""
    exams = tuple(PastExam(Part.THEORY, date(2026, 4, day), Outcome.VOIDED) for day in range(1, 6))
    decision = decided(day=OLD, history=replace(HISTORY, exams=exams))
    assert (decision.attempt, decision.is_accepted) == (1, True)


def test_the_practical_needs_a_theory_pass_that_still_counts():
    assert unmet(decided(Part.PRACTICAL)) == [Subject.THEORY]
    history = replace(HISTORY, exams=(passed_theory(date(2026, 6, 1)),))
    assert decided(Part.PRACTICAL, date(2027, 6, 1), history=history).is_accepted
    assert unmet(decided(Part.PRACTICAL, date(2027, 6, 2), history=history)) == [Subject.THEORY]


def test_a_practical_whose_theory_was_taken_back_may_be_sat_again():
    practical = PastExam(Part.PRACTICAL, date(2026, 6, 5), Outcome.PASSED, date(2027, 6, 5))
    earlier, later = passed_theory(date(2026, 6, 1)), passed_theory(date(2026, 6, 9))
    taken_back = replace(earlier, outcome=Outcome.FAILED, counts_until=None)
    sat = decided(Part.PRACTICAL, date(2026, 7, 1), history=replace(HISTORY, exams=(earlier, practical)))
    assert unmet(sat) == [Subject.PASSED]
    lost = decided(Part.PRACTICAL, date(2026, 7, 1), history=replace(HISTORY, exams=(taken_back, practical)))
    assert unmet(lost) == [Subject.THEORY]
    anew = replace(HISTORY, exams=(taken_back, practical, later))
    assert decided(Part.PRACTICAL, date(2026, 7, 1), history=anew).is_accepted


def test_a_valid_pass_is_not_sat_again():
    history = replace(HISTORY, exams=(passed_theory(),))
    assert unmet(decided(history=history)) == [Subject.PASSED]


def test_a_second_open_registration_is_refused():
    assert unmet(decided(history=replace(HISTORY, open_parts=frozenset({Part.THEORY})))) == [Subject.REGISTERED]
    assert decided(history=replace(HISTORY, open_parts=frozenset({Part.PRACTICAL}))).is_accepted


def test_all_reasons_are_given_at_once():
    history = History(bars=(Bar(date(2027, 1, 1), "替考"),))
    assert unmet(decided(candidate=Candidate(date(2010, 1, 1), "male"), history=history)) == [
        Subject.AGE,
        Subject.TRAINING,
        Subject.BAR,
    ]


def test_a_decision_is_read_back_as_it_was_written():
    decision = decided(history=History())
    assert Decision.from_json(decision.as_json()) == decision


def test_admission_numbers_are_readable():
    assert admission_number("2026-0001", 17) == "2026-0001-017"


def test_one_may_withdraw_until_the_day_before():
    assert withdraw(State.APPLIED, None, NEW) is State.WITHDRAWN
    assert withdraw(State.SEATED, NEW + timedelta(days=1), NEW) is State.WITHDRAWN
    with pytest.raises(OnlyBeforeTheExamDay):
        withdraw(State.SEATED, NEW, NEW)
    for state in (State.REFUSED, State.WITHDRAWN, State.CONCLUDED):
        with pytest.raises(RegistrationIsOver):
            withdraw(state, None, NEW)


def test_only_who_waits_gets_a_seat_and_only_who_is_seated_has_an_outcome():
    for state in set(State) - {State.APPLIED}:
        with pytest.raises(NotWaiting):
            require_waiting(state)
    for state in set(State) - {State.SEATED}:
        with pytest.raises(NotSeated):
            conclude(state)
