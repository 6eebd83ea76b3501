"""A pass of theory that a re-check takes back: no practical is begun on it, and one that was begun goes on."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from exams.invigilation.actions.supervising import close_room
from exams.rechecks.actions import prepare_revision
from exams.registrations.actions import apply, give_seat, note_attendance
from exams.registrations.queries import RegistrationRow, own_registrations
from exams.registrations.rules import State, Subject
from exams.results.actions import ask_recheck
from exams.results.queries import own_results
from exams.standards.rules import Part
from host.machine import Machine
from host.wiring import wiring
from kernel import two_people
from kernel.clock import shanghai_date
from kernel.faces import Face
from kernel.jobs import deliver_due
from kernel.work import Workplace
from tests.cast.exam_day import ExamDay, exam_day
from tests.cast.exam_room import begun, right_answers


@pytest.fixture(scope="module")
def own_machine(copies) -> Iterator[Machine]:
    """A database of this file's own, in which a result is recorded that its answers do not give."""
    with copies.migrated() as made:
        yield made


@pytest.fixture(scope="module")
def place(own_machine) -> Iterator[Workplace]:
    made = own_machine.workplace(wiring(own_machine.settings))
    yield made
    made.engines.dispose()


class WronglyPassed:
    """79 answers were right, 85 points were recorded and released, and the candidate applies for the practical."""

    def __init__(self, place: Workplace, machine: Machine) -> None:
        self.day: ExamDay = exam_day(place, candidates=1)
        self.day.open()
        [self.who] = self.day.candidates
        page = begun(self.day, self.who)
        page.save(*right_answers(self.day, page.attempt_id, 79))
        page.hand_in()
        deliver_due(place, Face.EXAMINATION)
        self.day.do(self.day.invigilators[0], close_room, sitting_id=self.day.sitting_id)
        deliver_due(place, Face.EXAMINATION)
        with machine.embedded.superuser(machine.database) as marking:
            marking.execute("SET session_replication_role = replica")
            marking.execute(
                "UPDATE exams.results SET score = 85, passed = true, counts_until = current_date + 300 WHERE id = %s",
                [self.day.result_of(self.who).id],
            )
        self.day.release()
        self.practical_id: UUID = self.day.do(self.who, apply, qualification="low_voltage", part=Part.PRACTICAL)
        assert self.practical.state is State.APPLIED

    @property
    def practical(self) -> RegistrationRow:
        with self.day.look(self.who) as reading:
            return next(row for row in own_registrations(reading) if row.id == self.practical_id)

    def seat(self) -> None:
        self.day.do(
            self.day.officer,
            give_seat,
            registration_id=self.practical_id,
            sitting_id=exam_day(self.day.workplace, candidates=1).sitting_id,
            exam_on=shanghai_date(self.day.workplace.clock.now()),
            seat=30,
            admission_number=f"P{uuid4().hex[:12]}",
            region=None,
        )

    def take_back(self) -> None:
        """The re-check marks the kept answers again."""
        with self.day.look(self.who) as reading:
            result_id = own_results(reading)[0].id
        self.day.do(self.who, ask_recheck, result_id=result_id, reason="分数与估分不符")
        with self.day.look(self.who) as reading:
            recheck = own_results(reading)[0].recheck
        assert recheck is not None
        prepared_id = self.day.do(
            self.day.officer, prepare_revision, recheck_id=recheck.id, numbers="", note="逐题重新计分，应为七十九分。"
        )
        self.day.do(self.day.second, two_people.confirm, prepared_id=prepared_id)
        with self.day.look(self.who) as reading:
            assert not own_results(reading)[0].passed


@pytest.fixture
def passed(place, own_machine) -> WronglyPassed:
    return WronglyPassed(place, own_machine)


def test_who_waits_for_a_practical_is_refused_and_reads_why(passed):
    passed.take_back()
    assert passed.practical.state is State.REFUSED
    assert [check.subject for check in passed.practical.decision.unmet] == [Subject.THEORY]


def test_a_seat_that_was_not_taken_is_free_again(passed):
    passed.seat()
    assert passed.practical.state is State.SEATED
    passed.take_back()
    assert (passed.practical.state, passed.practical.sitting_id, passed.practical.seat) == (State.REFUSED, None, None)


def test_who_is_at_the_practical_already_goes_on_to_its_end(passed):
    passed.seat()
    passed.day.do(passed.day.invigilators[0], note_attendance, registration_id=passed.practical_id)
    passed.take_back()
    assert passed.practical.state is State.SEATED
    assert passed.practical.attended_at is not None
