"""Results wait, are released together, and are told to those who react."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from exams.registrations.queries import own_registrations, seated
from exams.registrations.rules import Outcome, State, Subject
from exams.results.actions import record_result, release_results
from exams.results.errors import NoSuchResult, OtherResultRecorded, ResultContradictsItself, ResultsMissing
from exams.results.events import ResultReleased
from exams.results.queries import own_result, own_results, results_of_sitting
from exams.results.rules import WeakPoint
from exams.sittings.actions import close_sitting
from exams.sittings.errors import StepOutOfOrder
from exams.sittings.queries import sitting
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.errors import Forbidden
from kernel.faces import Face
from people.access.rules import Role

pytestmark = pytest.mark.usefixtures("low_voltage_bank")


def marks(office, score="90", **kw):
    given = {"score": Decimal(score), "pass_mark": Decimal(80), "passed": Decimal(score) >= 80}
    return given | {"taken_on": shanghai_date(office.now)} | kw


def test_a_candidate_records_nothing_and_only_the_office_releases(office):
    zhang = office.trained()
    sitting_id = office.opened(zhang)
    (row,) = office.look(seated, sitting_id)
    for role in (Role.WORKER, Role.INVIGILATOR, Role.EXAM_OFFICER):
        with pytest.raises(Forbidden):
            office.do(record_result, actor=office.actor(role), registration_id=row.id, **marks(office))
    for role in (Role.WORKER, Role.INVIGILATOR, Role.EXAMINER, Role.CERTIFICATE_OFFICER):
        with pytest.raises(Forbidden):
            office.do(release_results, sitting_id, actor=office.actor(role))


def test_until_the_release_the_candidate_sees_nothing(office):
    zhang = office.trained()
    sitting_id = office.closed(zhang)
    assert office.look(own_results, actor=zhang) == []
    (waiting,) = office.look(results_of_sitting, sitting_id).values()
    with pytest.raises(NoSuchResult):
        office.look(own_result, waiting.id, actor=zhang)
    assert office.do(release_results, sitting_id) == 1
    (result,) = office.look(own_results, actor=zhang)
    assert (result.score, result.passed) == (Decimal(90), True)
    assert result.counts_until.year == result.taken_on.year + 1
    with pytest.raises(NoSuchResult):
        office.look(own_result, result.id, actor=office.trained())


def test_the_release_concludes_registrations_and_announces_each_result(office):
    zhang, li = office.trained(), office.trained()
    sitting_id = office.closed(zhang, li)

    def released(work):
        release_results(work, sitting_id)
        return [event for event in work.announced if isinstance(event, ResultReleased)]

    events = office.do(released)
    assert {event.person_id for event in events} == {zhang.person_id, li.person_id}
    assert {(event.part, event.attempt_number, event.passed) for event in events} == {("theory", 1, True)}
    assert all(event.valid_until for event in events)
    (row,) = office.look(own_registrations, actor=zhang)
    assert (row.state, row.outcome) == (State.CONCLUDED, Outcome.PASSED)
    assert office.look(sitting, sitting_id).state is SittingState.RELEASED
    with pytest.raises(StepOutOfOrder):
        office.do(release_results, sitting_id)


def test_a_pass_opens_the_practical_and_bars_a_second_theory(office):
    zhang = office.trained()
    office.do(release_results, office.closed(zhang))
    office.applied(zhang, Part.PRACTICAL)
    newest = office.look(own_registrations, actor=zhang)[0]
    assert (newest.part, newest.state) == (Part.PRACTICAL, State.APPLIED)
    office.applied(zhang)
    again = next(row for row in office.look(own_registrations, actor=zhang) if row.state is State.REFUSED)
    assert [check.subject for check in again.decision.unmet] == [Subject.PASSED]


def test_a_failed_exam_can_be_sat_again_as_the_next_attempt(office):
    zhang = office.trained()
    office.do(release_results, office.closed(zhang, score=79))
    office.applied(zhang)
    newest = office.look(own_registrations, actor=zhang)[0]
    assert (newest.state, newest.attempt) == (State.APPLIED, 2)


def test_who_took_part_must_have_a_result_and_who_did_not_come_is_absent(office):
    zhang, li = office.trained("张三"), office.trained("李四")
    sitting_id = office.confirmed(zhang, li)
    rows = {row.person_id: row for row in office.look(seated, sitting_id)}
    office.run_with_only(sitting_id, rows[zhang.person_id].id)
    with pytest.raises(ResultsMissing, match="张三"):
        office.do(release_results, sitting_id)
    office.do(record_result, actor=platform("marking"), registration_id=rows[zhang.person_id].id, **marks(office, "81"))
    office.do(release_results, sitting_id)
    assert [row.outcome for row in office.look(seated, sitting_id) if row.person_id == li.person_id] == [Outcome.ABSENT]
    assert office.look(own_results, actor=li) == []


def test_a_result_is_recorded_once(office):
    sitting_id = office.opened(office.trained())
    (row,) = office.look(seated, sitting_id)
    attempt = uuid4()
    weak = [WeakPoint("LV03", Decimal("0.5"))]
    given = marks(office, "70", reference_id=attempt, weak_points=weak)
    first = office.do(record_result, actor=platform("marking"), registration_id=row.id, **given)
    assert office.do(record_result, actor=platform("marking"), registration_id=row.id, **given) == first
    with pytest.raises(OtherResultRecorded):
        office.do(record_result, actor=platform("marking"), registration_id=row.id, **(given | marks(office, "95")))
    assert office.look(results_of_sitting, sitting_id)[row.id].weak_points == tuple(weak)


def test_two_officers_who_release_at_the_same_moment_release_once(office):
    sitting_id = office.closed(office.trained(), office.trained())
    together = Barrier(2)

    def released() -> bool:
        try:
            with office.workplace.transaction(office.officer, Face.EXAMINATION) as work:
                work.now = office.now
                work.session.execute(text("SELECT 1"))
                together.wait(timeout=20)
                release_results(work, sitting_id)
        except (StepOutOfOrder, IntegrityError):
            return False
        return True

    with ThreadPoolExecutor(2) as officers:
        outcomes = [officers.submit(released) for _ in range(2)]
    assert sorted(each.result(timeout=60) for each in outcomes) == [False, True]
    with office.workplace.reading(office.officer, Face.REGISTRY) as reading:
        told = reading.session.scalar(
            text("SELECT count(*) FROM kernel.audit WHERE name = :name AND facts->>'sitting_id' = :sitting"),
            {"name": ResultReleased.NAME, "sitting": str(sitting_id)},
        )
    assert told == 2


def test_the_same_marks_for_a_cancelled_exam_are_another_result(office):
    zhang = office.trained()
    sitting_id = office.opened(zhang)
    (row,) = office.look(seated, sitting_id)
    marking = platform("marking")
    office.do(record_result, actor=marking, registration_id=row.id, **marks(office, "0", cancelled=True))
    with pytest.raises(OtherResultRecorded):
        office.do(record_result, actor=marking, registration_id=row.id, **marks(office, "0"))


def test_a_pass_below_the_mark_is_not_recorded(office):
    sitting_id = office.opened(office.trained())
    (row,) = office.look(seated, sitting_id)
    with pytest.raises(ResultContradictsItself):
        office.do(
            record_result, actor=platform("marking"), registration_id=row.id, **marks(office, "79.5", passed=True)
        )


def test_an_open_sitting_is_not_released(office):
    with pytest.raises(StepOutOfOrder):
        office.do(release_results, office.opened(office.trained()))


def test_the_registry_reads_released_results_only(office):
    zhang = office.trained()
    sitting_id = office.closed(zhang)
    seen = text("SELECT score, passed FROM exams.results_summary WHERE sitting_id = :id")
    with office.workplace.engines.of(Face.REGISTRY).connect() as connection:
        assert connection.execute(seen, {"id": sitting_id}).all() == []
    office.do(release_results, sitting_id)
    with office.workplace.engines.of(Face.REGISTRY).connect() as connection:
        assert connection.execute(seen, {"id": sitting_id}).all() == [(Decimal(90), True)]
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text("SELECT 1 FROM exams.results"))


def test_no_result_is_ever_changed(office, machine):
    office.closed(office.trained())
    with machine.embedded.superuser(machine.database) as connection, pytest.raises(Exception, match="never changed"):
        connection.execute("UPDATE exams.results SET score = 100")


def test_a_cancelled_exam_is_no_pass_and_uses_an_attempt(office):
    zhang = office.trained()
    sitting_id = office.opened(zhang)
    (row,) = office.look(seated, sitting_id)
    office.do(record_result, actor=platform("marking"), registration_id=row.id, **marks(office, "0", cancelled=True))
    office.do(close_sitting, sitting_id, actor=office.invigilators[0])
    office.now += timedelta(days=1)
    office.do(release_results, sitting_id)
    (concluded,) = office.look(own_registrations, actor=zhang)
    assert concluded.outcome is Outcome.CANCELLED
