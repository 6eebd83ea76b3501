"""A question that one candidate finds faulty was faulty for all who had it: one deed revises them alike."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest

from exams.attempts.queries import attempt_of_registration
from exams.evidence.actions import verify_evidence
from exams.invigilation.actions.supervising import close_room
from exams.papers.queries import paper_for_marking
from exams.rechecks.actions import ELSEWHERE, OTHERS, UNCHANGED, prepare_revision
from exams.rechecks.errors import NothingToRevise
from exams.results.actions import ask_recheck
from exams.results.errors import RecheckAskedAlready
from exams.results.queries import ResultRow, own_results
from exams.sittings.queries import sitting
from host.commands.papers import announced_evidence
from host.machine import Machine
from host.wiring import wiring
from kernel import two_people
from kernel.actor import platform
from kernel.audit import seal
from kernel.faces import Face
from kernel.jobs import deliver_due
from kernel.two_people.errors import ChangedMeanwhile
from kernel.work import Workplace
from tests.cast.exam_day import Candidate, ExamDay, exam_day
from tests.cast.exam_room import begun, right_answers

FOUND = "第三方复核确认该题答案有误，凡考到该题的考生均计满分。"
WHOLE = 100


@pytest.fixture(scope="module")
def own_machine(copies) -> Iterator[Machine]:
    """A database of this file's own, which one test breaks into."""
    with copies.migrated() as made:
        yield made


@pytest.fixture(scope="module")
def place(own_machine) -> Iterator[Workplace]:
    made = own_machine.workplace(wiring(own_machine.settings))
    yield made
    made.engines.dispose()


class Faulty:
    """Three sat together. Two had the same question and missed the pass mark by it; the third had what was drawn."""

    def __init__(self, place: Workplace, *, asker_knew: bool = False) -> None:
        self.place = place
        self.day: ExamDay = exam_day(place, candidates=3)
        self.day.open()
        pages = {who: begun(self.day, who) for who in self.day.candidates}
        on_paper = {who: self._numbers(who) for who in self.day.candidates}
        pairs = [
            (asker, other, version)
            for asker, other in combinations(self.day.candidates, 2)
            for version in sorted(on_paper[asker].keys() & on_paper[other].keys())
        ]
        assert pairs, "three papers of one pool without one question in common"
        self.asker, self.other, version = pairs[0]
        [self.third] = {*self.day.candidates} - {self.asker, self.other}
        self.number = {who: numbers.get(version) for who, numbers in on_paper.items()}
        for who, page in pages.items():
            missed = None if who is self.third or (asker_knew and who is self.asker) else self.number[who]
            acts = [act for act in right_answers(self.day, page.attempt_id, WHOLE) if act[1] != missed]
            page.save(*[(at, number, answer) for at, (_, number, answer) in enumerate(acts[:79], start=1)])
            page.hand_in()
        deliver_due(place, Face.EXAMINATION)
        self.day.do(self.day.invigilators[0], close_room, sitting_id=self.day.sitting_id)
        deliver_due(place, Face.EXAMINATION)
        for who in self.day.candidates:
            assert self.day.result_of(who).score == 79
        self.day.release()
        self.ask(self.asker)

    def _numbers(self, who: Candidate) -> dict[UUID, int]:
        with self.day.look() as reading:
            attempt = attempt_of_registration(reading, who.registration_id)
            assert attempt is not None
            return {item.version_id: item.number for item in paper_for_marking(reading, attempt.paper_id).items}

    def ask(self, who: Candidate) -> None:
        self.day.do(who, ask_recheck, result_id=self.result(who).id, reason="此题答案有疑问")

    def result(self, who: Candidate) -> ResultRow:
        with self.day.look(who) as reading:
            return own_results(reading)[0]

    def prepare(self) -> UUID:
        recheck = self.result(self.asker).recheck
        assert recheck is not None
        found: UUID = self.day.do(
            self.day.officer,
            prepare_revision,
            recheck_id=recheck.id,
            numbers=str(self.number[self.asker]),
            note=FOUND,
        )
        return found

    def confirm(self, prepared_id: UUID) -> None:
        self.day.do(self.day.second, two_people.confirm, prepared_id=prepared_id)

    def said(self, prepared_id: UUID) -> dict[str, dict[str, Any]]:
        with self.day.look() as reading:
            return {one.text: dict(one.data) for one in two_people.prepared(reading, prepared_id).says}


@pytest.fixture
def faulty(place) -> Faulty:
    return Faulty(place)


def test_the_officers_read_whom_it_concerns_before_they_confirm(faulty):
    counts = faulty.said(faulty.prepare())[OTHERS]
    assert counts["revised"] >= 1
    assert counts["passing"] == counts["revised"]
    assert counts["failing"] == 0
    assert faulty.result(faulty.other).revision == 1  # nothing before the second signature


def test_all_who_had_the_question_are_revised_by_the_same_deed(faulty, place):
    prepared_id = faulty.prepare()
    faulty.confirm(prepared_id)
    for who in (faulty.asker, faulty.other):
        result = faulty.result(who)
        assert (result.revision, result.score, result.passed) == (2, 80, True)
        assert (result.because, result.prepared_id) == (FOUND, prepared_id)
        assert result.corrections.granted == {faulty.number[who]}
    if faulty.number[faulty.third] is None:
        assert faulty.result(faulty.third).revision == 1
    deliver_due(place, Face.REGISTRY)
    with place.transaction(platform("test"), Face.REGISTRY) as work:
        seal(work.session, work.keys, work.now, site=work.site)
    told = announced_evidence(place, faulty.day.sitting_id)
    with place.transaction(platform("test"), Face.EXAMINATION) as work:
        assert verify_evidence(work, faulty.day.sitting_id, announced=told).differences == ()


def test_whoever_was_revised_with_another_may_still_ask_once(faulty):
    faulty.confirm(faulty.prepare())
    faulty.ask(faulty.other)
    recheck = faulty.result(faulty.other).recheck
    assert recheck is not None
    assert recheck.note is None
    with pytest.raises(RecheckAskedAlready):
        faulty.ask(faulty.other)


def test_a_request_of_their_own_stays_open_for_whoever_is_revised_with_another(faulty):
    faulty.ask(faulty.other)
    faulty.confirm(faulty.prepare())
    recheck = faulty.result(faulty.other).recheck
    assert recheck is not None
    assert recheck.note is None
    assert faulty.result(faulty.other).revision == 2


def test_what_was_granted_stays_granted_when_something_else_is_found(faulty):
    faulty.confirm(faulty.prepare())
    faulty.ask(faulty.other)
    recheck = faulty.result(faulty.other).recheck
    assert recheck is not None
    with faulty.day.look() as reading:
        attempt = attempt_of_registration(reading, faulty.other.registration_id)
    assert attempt is not None
    answered = [act[1] for act in right_answers(faulty.day, attempt.id, WHOLE) if act[1] != faulty.number[faulty.other]]
    prepared_id = faulty.day.do(
        faulty.day.officer, prepare_revision, recheck_id=recheck.id, numbers=str(answered[79]), note=FOUND
    )
    faulty.confirm(prepared_id)
    assert faulty.result(faulty.other).score == 81
    assert faulty.result(faulty.other).corrections.granted == {faulty.number[faulty.other], answered[79]}


def test_one_who_had_answered_it_right_helps_the_others_by_asking(place):
    faulty = Faulty(place, asker_knew=True)
    # Of the first 79 answers of the asker the question may be one; where it is not, it changes the own result as well.
    with faulty.day.look() as reading:
        attempt = attempt_of_registration(reading, faulty.asker.registration_id)
    assert attempt is not None
    knew = faulty.number[faulty.asker] in [act[1] for act in right_answers(faulty.day, attempt.id, 79)]
    prepared_id = faulty.prepare()
    assert (UNCHANGED in faulty.said(prepared_id)) is knew
    faulty.confirm(prepared_id)
    assert faulty.result(faulty.asker).revision == (1 if knew else 2)
    recheck = faulty.result(faulty.asker).recheck
    assert recheck is not None
    assert recheck.note == FOUND
    assert faulty.result(faulty.other).passed


def test_other_sittings_that_could_draw_it_are_named(place, faulty):
    later = Faulty(place)
    codes = later.said(later.prepare())[ELSEWHERE]["codes"]
    with faulty.day.look() as reading:
        assert sitting(reading, faulty.day.sitting_id).code in codes


def test_a_result_that_changed_meanwhile_stops_the_deed(faulty, own_machine):
    prepared_id = faulty.prepare()
    with own_machine.embedded.superuser(own_machine.database) as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute(
            "UPDATE exams.attempt_steps SET answer = 'null' WHERE sequence = 1 AND attempt_id IN "
            "(SELECT id FROM exams.attempts WHERE registration_id = %s)",
            [faulty.other.registration_id],
        )
    with pytest.raises(ChangedMeanwhile):
        faulty.confirm(prepared_id)
    faulty.day.do(faulty.day.officer, two_people.cancel, prepared_id=prepared_id, reason="证据已被改动")
    faulty.confirm(faulty.prepare())  # the asker is not held up by what became of another's evidence
    assert (faulty.result(faulty.asker).revision, faulty.result(faulty.other).revision) == (2, 1)


def test_where_nobodys_points_change_nothing_is_revised(place):
    faulty = Faulty(place)
    faulty.confirm(faulty.prepare())
    faulty.ask(faulty.other)
    recheck = faulty.result(faulty.other).recheck
    assert recheck is not None
    with pytest.raises(NothingToRevise):
        faulty.day.do(
            faulty.day.officer,
            prepare_revision,
            recheck_id=recheck.id,
            numbers=str(faulty.number[faulty.other]),
            note=FOUND,
        )
