"""A candidate may doubt a result, in time; the office answers."""

from datetime import timedelta

import pytest

from exams.results.actions import answer_recheck, ask_recheck
from exams.results.errors import (
    NoSuchResult,
    RecheckAnswered,
    RecheckAskedAlready,
    RecheckTooLate,
)
from exams.results.queries import own_results, rechecks
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from people.access.rules import Role

pytestmark = pytest.mark.usefixtures("low_voltage_bank")


@pytest.fixture
def released(office):
    zhang = office.trained()
    office.release(office.closed(zhang, score=79))
    return zhang, office.look(own_results, actor=zhang)[0].id


def test_the_candidate_asks_and_the_office_answers(office, released):
    zhang, result_id = released
    with pytest.raises(Forbidden):
        office.do(ask_recheck, actor=office.officer, result_id=result_id, reason="第3题有疑问")
    office.do(ask_recheck, actor=zhang, result_id=result_id, reason="第3题有疑问")
    recheck = office.look(own_results, actor=zhang)[0].recheck
    for person in (zhang, office.actor(Role.INVIGILATOR)):
        with pytest.raises(Forbidden):
            office.do(answer_recheck, actor=person, recheck_id=recheck.id, note="复核无误")
    with pytest.raises(ReasonMissing):
        office.do(answer_recheck, recheck_id=recheck.id, note="")
    office.do(answer_recheck, recheck_id=recheck.id, note="逐题复核，得分无误。")
    assert office.look(own_results, actor=zhang)[0].recheck.note == "逐题复核，得分无误。"
    with pytest.raises(RecheckAnswered):
        office.do(answer_recheck, recheck_id=recheck.id, note="再看一次")


def test_once_in_time_with_a_reason_and_only_the_own_result(office, released):
    zhang, result_id = released
    with pytest.raises(NoSuchResult):
        office.do(ask_recheck, actor=office.trained(), result_id=result_id, reason="第3题有疑问")
    with pytest.raises(ReasonMissing):
        office.do(ask_recheck, actor=zhang, result_id=result_id, reason=" ")
    office.now += timedelta(days=16)
    with pytest.raises(RecheckTooLate):
        office.do(ask_recheck, actor=zhang, result_id=result_id, reason="第3题有疑问")
    office.now -= timedelta(days=1)
    office.do(ask_recheck, actor=zhang, result_id=result_id, reason="第3题有疑问")
    with pytest.raises(RecheckAskedAlready):
        office.do(ask_recheck, actor=zhang, result_id=result_id, reason="第3题有疑问")


def test_open_requests_stand_first(office, released):
    zhang, result_id = released
    office.do(ask_recheck, actor=zhang, result_id=result_id, reason="第3题有疑问")
    rows = office.look(rechecks)
    answered = [row.answered_at is not None for row, _ in rows]
    assert answered == sorted(answered)
    assert result_id in {row.result_id for row, _ in rows}
