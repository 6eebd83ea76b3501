"""Results wait, are released together, and are told to those who react."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from exams.registrations.queries import own_registrations, seated
from exams.registrations.rules import Outcome, State, Subject
from exams.results.actions import prepare_release, record_result, release_results
from exams.results.errors import NoSuchResult, OtherResultRecorded, ResultContradictsItself, ResultsMissing
from exams.results.events import ResultReleased
from exams.results.queries import own_result, own_results, results_of_sitting
from exams.results.rules import WeakPoint
from exams.sittings.actions import close_sitting
from exams.sittings.errors import StepOutOfOrder
from exams.sittings.queries import sitting
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel import two_people
from kernel.actor import Actor, platform
from kernel.clock import shanghai_date
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.two_people.errors import ConfirmedAlready, PreparedByYou
from kernel.work import TakesTwoPeople
from people.access.rules import Role
from tests.cast.waiting import LIMIT_SECONDS

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
            office.do(prepare_release, sitting_id, actor=office.actor(role))


def test_until_the_release_the_candidate_sees_nothing(office):
    zhang = office.trained()
    sitting_id = office.closed(zhang)
    assert office.look(own_results, actor=zhang) == []
    (waiting,) = office.look(results_of_sitting, sitting_id).values()
    with pytest.raises(NoSuchResult):
        office.look(own_result, waiting.id, actor=zhang)
    office.release(sitting_id)
    (result,) = office.look(own_results, actor=zhang)
    assert (result.score, result.passed) == (Decimal(90), True)
    assert result.counts_until.year == result.taken_on.year + 1
    with pytest.raises(NoSuchResult):
        office.look(own_result, result.id, actor=office.trained())


def test_the_release_concludes_registrations_and_announces_each_result(office):
    zhang, li = office.trained(), office.trained()
    sitting_id = office.closed(zhang, li)

    prepared_id = office.do(prepare_release, sitting_id)

    def released(work):
        two_people.confirm(work, prepared_id)
        return [event for event in work.announced if isinstance(event, ResultReleased)]

    events = office.do(released, actor=office.second)
    assert {event.person_id for event in events} == {zhang.person_id, li.person_id}
    assert {(event.part, event.attempt_number, event.passed) for event in events} == {("theory", 1, True)}
    assert all(event.valid_until for event in events)
    (row,) = office.look(own_registrations, actor=zhang)
    assert (row.state, row.outcome) == (State.CONCLUDED, Outcome.PASSED)
    assert office.look(sitting, sitting_id).state is SittingState.RELEASED
    with pytest.raises(StepOutOfOrder):
        office.release(sitting_id)


def test_a_pass_opens_the_practical_and_bars_a_second_theory(office):
    zhang = office.trained()
    office.release(office.closed(zhang))
    office.applied(zhang, Part.PRACTICAL)
    newest = office.look(own_registrations, actor=zhang)[0]
    assert (newest.part, newest.state) == (Part.PRACTICAL, State.APPLIED)
    office.applied(zhang)
    again = next(row for row in office.look(own_registrations, actor=zhang) if row.state is State.REFUSED)
    assert [check.subject for check in again.decision.unmet] == [Subject.PASSED]


def test_a_failed_exam_can_be_sat_again_as_the_next_attempt(office):
    zhang = office.trained()
    office.release(office.closed(zhang, score=79))
    office.applied(zhang)
    newest = office.look(own_registrations, actor=zhang)[0]
    assert (newest.state, newest.attempt) == (State.APPLIED, 2)


def test_who_took_part_must_have_a_result_and_who_did_not_come_is_absent(office):
    zhang, li = office.trained("张三"), office.trained("李四")
    sitting_id = office.confirmed(zhang, li)
    rows = {row.person_id: row for row in office.look(seated, sitting_id)}
    office.run_with_only(sitting_id, rows[zhang.person_id].id)
    with pytest.raises(ResultsMissing, match="张三"):
        office.release(sitting_id)
    office.do(record_result, actor=platform("marking"), registration_id=rows[zhang.person_id].id, **marks(office, "81"))
    office.release(sitting_id)
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


def test_nobody_releases_alone(office):
    sitting_id = office.closed(office.trained())
    with pytest.raises(TakesTwoPeople):
        office.do(release_results, sitting_id, prepared_id=uuid4())
    prepared_id = office.do(prepare_release, sitting_id)
    with pytest.raises(PreparedByYou):
        office.do(two_people.confirm, prepared_id)
    (result,) = office.look(results_of_sitting, sitting_id).values()
    assert result.released_at is None


def test_what_was_prepared_says_how_many_passed_and_who_did_not_come(office):
    zhang, li = office.trained("张三"), office.trained("李四")
    sitting_id = office.confirmed(zhang, li)
    rows = {row.person_id: row for row in office.look(seated, sitting_id)}
    office.run_with_only(sitting_id, rows[zhang.person_id].id)
    office.do(record_result, actor=platform("marking"), registration_id=rows[zhang.person_id].id, **marks(office, "79"))
    prepared_id = office.do(prepare_release, sitting_id)
    says = office.look(two_people.prepared, prepared_id, actor=office.second).says
    assert [said.text % said.data for said in says][1:3] == [
        "0 passed, 1 did not pass, 0 are cancelled for a breach.",
        "1 who did not come are concluded as absent.",
    ]


def test_who_signed_stands_with_the_result(office):
    sitting_id = office.closed(office.trained())
    prepared_id = office.release(sitting_id)
    (result,) = office.look(results_of_sitting, sitting_id).values()
    assert result.prepared_id == prepared_id
    known = office.look(two_people.prepared_of, [prepared_id])[prepared_id]
    assert [signer.person_id for signer in known.signers] == [office.officer.person_id, office.second.person_id]


def test_a_standard_may_ask_for_a_third_signature(office, machine):
    sitting_id = office.closed(office.trained())
    with machine.embedded.superuser(machine.database) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE exams.sittings SET standard = standard || '{\"signatures\": 3}' WHERE id = %s", [sitting_id]
        )
    prepared_id = office.release(sitting_id)
    (result,) = office.look(results_of_sitting, sitting_id).values()
    assert result.released_at is None
    office.do(two_people.confirm, prepared_id, actor=office.actor(Role.EXAM_OFFICER))
    (result,) = office.look(results_of_sitting, sitting_id).values()
    assert result.released_at is not None


def test_the_database_keeps_a_release_by_nobody_out(office):
    sitting_id = office.closed(office.trained())
    (result,) = office.look(results_of_sitting, sitting_id).values()
    other = office.release(office.closed(office.trained()))
    alone = text("INSERT INTO exams.releases (result_id, prepared_id, released_at) VALUES (:result, :deed, now())")
    with (
        office.workplace.engines.of(Face.EXAMINATION).connect() as connection,
        pytest.raises(DBAPIError, match="released by two people"),
    ):
        connection.execute(alone, {"result": result.id, "deed": other})


def test_two_officers_who_confirm_at_the_same_moment_release_once(office):
    sitting_id = office.closed(office.trained(), office.trained())
    prepared_id = office.do(prepare_release, sitting_id)
    together = Barrier(2)

    def released(officer: Actor) -> bool:
        try:
            with office.workplace.transaction(officer, Face.EXAMINATION) as work:
                work.now = office.now
                work.session.execute(text("SELECT 1"))
                together.wait(LIMIT_SECONDS)
                two_people.confirm(work, prepared_id)
        except ConfirmedAlready:
            return False
        return True

    with ThreadPoolExecutor(2) as officers:
        others = (office.second, office.actor(Role.EXAM_OFFICER))
        outcomes = [officers.submit(released, officer) for officer in others]
    assert sorted(each.result(LIMIT_SECONDS) for each in outcomes) == [False, True]
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
        office.release(office.opened(office.trained()))


def test_the_registry_reads_released_results_only(office):
    zhang = office.trained()
    sitting_id = office.closed(zhang)
    seen = text("SELECT score, passed FROM exams.results_summary WHERE sitting_id = :id")
    with office.workplace.engines.of(Face.REGISTRY).connect() as connection:
        assert connection.execute(seen, {"id": sitting_id}).all() == []
    office.release(sitting_id)
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
    office.release(sitting_id)
    (concluded,) = office.look(own_registrations, actor=zhang)
    assert concluded.outcome is Outcome.CANCELLED
