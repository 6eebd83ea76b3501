"""A sitting is over: what is kept is held against what was announced, and whoever changed a row is found out."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from exams.evidence import queries
from exams.evidence.actions import verify_evidence
from exams.evidence.rules import Reason
from exams.invigilation.actions.annulling import annul_room
from exams.invigilation.actions.supervising import close_room, confirm_breach, propose_breach
from exams.marking.queries import MARKS, replay
from exams.results.queries import results_of_sitting
from exams.sittings.actions import reveal_sitting
from host.commands import papers as command
from kernel.actor import platform
from kernel.audit import seal
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.jobs import deliver_due
from people.access.rules import Role
from tests.cast.exam_day import ExamDay, exam_day
from tests.cast.exam_room import Page, begun, right_answers
from tests.integration.exams.evidence.conftest import compared, forge_result

pytestmark = pytest.mark.usefixtures("low_voltage_bank")


def sealed(workplace) -> None:
    with workplace.transaction(platform("sealer"), Face.REGISTRY) as work:
        while seal(work.session, work.keys, work.now):
            work.session.flush()


# Theory: three candidates, of whom one answers well, one is ended for a breach, and one never begins


class Theory:
    def __init__(self, workplace: Any) -> None:
        self.workplace = workplace
        self.day: ExamDay = exam_day(workplace, candidates=3)
        self.day.open()
        self.good, self.bad, self.idle = self.day.candidates
        self.sheet: Page = begun(self.day, self.good)
        self.sheet.save(*right_answers(self.day, self.sheet.attempt_id, 70))
        self.sheet.hand_in()
        cheat = begun(self.day, self.bad)
        cheat.save(*right_answers(self.day, cheat.attempt_id, 90))
        first, second = self.day.invigilators
        self.day.do(first, propose_breach, registration_id=self.bad.registration_id, reason="使用手机查答案")
        self.day.do(second, confirm_breach, registration_id=self.bad.registration_id)
        self.cheat = cheat
        deliver_due(workplace, Face.EXAMINATION)
        self.day.do(first, close_room, sitting_id=self.id)
        deliver_due(workplace, Face.EXAMINATION)
        self.day.release()
        with self.day.work(self.day.officer) as work:
            reveal_sitting(work, self.id)
        sealed(workplace)

    @property
    def id(self) -> UUID:
        return self.day.sitting_id

    def compared(self, **kw: bool) -> list[tuple[str, str | None]]:
        return compared(self.workplace, self.id, **kw)


@pytest.fixture
def theory(workplace) -> Theory:
    return Theory(workplace)


def test_an_honest_theory_sitting_shows_no_difference(theory):
    assert theory.compared() == []
    assert theory.compared(with_audit=False) == []


@pytest.mark.parametrize("is_closed", [True, False], ids=["closed and marked", "at work"])
def test_an_annulled_sitting_shows_no_difference_either(workplace, is_closed):
    """What was marked before stays as it was marked, and what was not is not missing."""
    day = exam_day(workplace, candidates=2)
    day.open()
    sheet = begun(day, day.candidates[0])
    sheet.save(*right_answers(day, sheet.attempt_id, 60))
    if is_closed:
        sheet.hand_in()
        day.do(day.invigilators[0], close_room, sitting_id=day.sitting_id)
        deliver_due(workplace, Face.EXAMINATION)
    with day.work(day.officer) as work:
        annul_room(work, day.sitting_id, reason="考场突发火灾")
    with day.look() as reading:
        assert len(results_of_sitting(reading, day.sitting_id)) == (2 if is_closed else 0)
    with day.work(day.officer) as work:
        reveal_sitting(work, day.sitting_id)
    sealed(workplace)
    assert compared(workplace, day.sitting_id) == []


def test_a_wrong_answer_turned_into_the_right_one_is_found_with_its_candidate(theory, intruder):
    """The owner of the database changes a step, and the result with it."""
    intruder.execute(
        "INSERT INTO exams.attempt_steps (attempt_id, sequence, question, act, answer, flagged, page_ms, at) "
        "SELECT attempt_id, sequence + 100, question + 1, act, answer, flagged, page_ms, at "
        "FROM exams.attempt_steps WHERE attempt_id = %s AND sequence = 70",
        [theory.sheet.attempt_id],
    )
    number = theory.good.admission_number
    assert (Reason.STEPS_ALTERED, number) in theory.compared()
    assert (Reason.STEPS_ALTERED, number) in theory.compared(with_audit=False)


def test_steps_changed_together_with_their_receipt_are_found_by_the_audit(theory, intruder):
    """The strongest insider, but for the sealed audit: steps, receipt and result all agree with each other."""
    intruder.execute(
        "DELETE FROM exams.attempt_steps WHERE attempt_id = %s AND sequence = 70", [theory.sheet.attempt_id]
    )
    with theory.day.look() as reading:
        kept = queries.kept_of(reading, theory.good.registration_id)
    assert kept.attempt is not None
    assert kept.again is not None
    intruder.execute(
        "UPDATE exams.attempts SET receipt = %s WHERE id = %s", [kept.attempt.again, theory.sheet.attempt_id]
    )
    forge_result(intruder, "reference_id", theory.sheet.attempt_id, kept.again.score, passed=kept.again.passed)
    number = theory.good.admission_number
    assert theory.compared(with_audit=False) == [(Reason.MARKS_ALTERED, number)]  # they are sealed
    with theory.day.look() as reading:
        again = replay(reading, theory.sheet.attempt_id).canonical_bytes()
        forged = reading.keys.papers.seal(again, MARKS, theory.sheet.attempt_id)
    intruder.execute(
        "UPDATE exams.sealed SET sealed = %s, digest = sha256(%s) WHERE what = %s AND of = %s",
        [forged, forged, MARKS, theory.sheet.attempt_id],
    )
    assert theory.compared(with_audit=False) == []
    assert theory.compared() == [(Reason.STEPS_ALTERED, number), (Reason.RELEASE_ALTERED, number)]


def test_a_raised_result_is_found_by_the_replay_and_by_what_was_released(theory, intruder):
    forge_result(intruder, "reference_id", theory.sheet.attempt_id, 100, passed=True)
    number = theory.good.admission_number
    assert theory.compared() == [(Reason.RESULT_ALTERED, number), (Reason.RELEASE_ALTERED, number)]
    found = command.compared(theory.workplace, theory.id, with_audit=True).differences[0]
    assert "100 ✓ ≠ 70 ✗" in str(found)


def test_a_breach_that_was_undone_afterwards_is_found(theory, intruder):
    intruder.execute("UPDATE exams.attempts SET state = 'submitted' WHERE id = %s", [theory.cheat.attempt_id])
    intruder.execute("DELETE FROM exams.breaches WHERE registration_id = %s", [theory.bad.registration_id])
    number = theory.bad.admission_number
    assert theory.compared() == [(Reason.ATTEMPT_ALTERED, number), (Reason.RESULT_ALTERED, number)]


def test_a_result_of_who_never_began_is_found(theory, intruder):
    forge_result(intruder, "registration_id", theory.idle.registration_id, 85, passed=True)
    assert (Reason.RESULT_ALTERED, theory.idle.admission_number) in theory.compared()


def test_nobody_escapes_by_being_written_out_of_the_sitting(theory, intruder):
    intruder.execute(
        "UPDATE exams.registrations SET state = 'withdrawn', outcome = NULL WHERE id = %s",
        [theory.good.registration_id],
    )
    forge_result(intruder, "reference_id", theory.sheet.attempt_id, 100, passed=True)
    assert (Reason.RESULT_ALTERED, theory.good.admission_number) in theory.compared()


def test_an_attempt_and_a_result_that_were_removed_are_found_by_the_audit(theory, intruder):
    for table, column in (
        ("releases", "result_id IN (SELECT id FROM exams.results WHERE reference_id = %s)"),
        ("results", "reference_id = %s"),
        ("attempt_steps", "attempt_id = %s"),
        ("attempts", "id = %s"),
    ):
        intruder.execute(f"DELETE FROM exams.{table} WHERE {column}", [theory.sheet.attempt_id])
    reasons = [reason for reason, _ in theory.compared()]
    assert Reason.ATTEMPT_MISSING in reasons
    assert Reason.RESULT_MISSING in reasons


def test_the_command_names_every_difference_and_fails(theory, intruder, machine, settings, monkeypatch):
    monkeypatch.setattr(command, "Machine", lambda _settings: machine)
    monkeypatch.setattr(command, "Settings", lambda: settings)
    said = CliRunner().invoke(command.app, ["verify", str(theory.id)])
    assert (said.exit_code, said.output.splitlines()) == (
        0,
        [
            "3 papers derived again, 0 differences.",
            "3 candidates' answers, sheets and results compared, 0 differences.",
        ],
    )
    intruder.execute(
        "UPDATE exams.attempt_steps SET answer = 'null' WHERE attempt_id = %s AND sequence = 1",
        [theory.sheet.attempt_id],
    )
    said = CliRunner().invoke(command.app, ["verify", str(theory.id)])
    assert said.exit_code == 1
    assert f"The answers of {theory.good.admission_number} are not those" in said.output.replace("\n", " ")


def test_marks_that_are_gone_are_found(theory, intruder):
    intruder.execute("DELETE FROM exams.attempt_marks WHERE attempt_id = %s", [theory.sheet.attempt_id])
    assert theory.compared() == [(Reason.MARKS_ALTERED, theory.good.admission_number)]


def test_what_is_not_sealed_yet_is_said(workplace, office):
    sitting_id = office.closed(office.trained())
    sealed(workplace)
    office.release(sitting_id)
    assert (Reason.NOT_SEALED, None) in compared(workplace, sitting_id)


def test_a_result_with_nothing_behind_it_is_found(workplace, office):
    """As an insider would write it into the table, for somebody who never sat."""
    sitting_id = office.closed(office.trained())
    assert [reason for reason, _ in compared(workplace, sitting_id)] == [Reason.RESULT_UNEXPECTED]


# Who may


def test_who_may_not(workplace, office):
    for role in (Role.EXAMINER, Role.INVIGILATOR, Role.WORKER):
        with pytest.raises(Forbidden):
            office.do(verify_evidence, uuid4(), actor=office.actor(role))


def test_exams_reads_what_it_announced_itself_and_nothing_else_of_the_audit(theory):
    with theory.day.look() as reading:
        told = queries.announced_of(reading, [theory.sheet.attempt_id])
        how, receipt = told.attempts[theory.sheet.attempt_id]
    assert (how, receipt) == ("submitted", theory.sheet.row.receipt)
    assert told.unsealed == 0
