"""A re-check that finds a mistake: two people revise the result, the first one stays, and everybody learns of it."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import text

from certification.applications.queries.revised import revisions
from exams.evidence.actions import verify_evidence
from exams.evidence.rules import Reason
from exams.invigilation.actions.supervising import close_room
from exams.marking.queries import replay
from exams.rechecks.actions import prepare_revision
from exams.rechecks.errors import EvidenceAltered, NothingToRevise, NotNumbers, NotOnThePaper
from exams.registrations.queries import own_registrations
from exams.registrations.rules import Outcome as Ended
from exams.results.actions import answer_recheck, ask_recheck, revise_result
from exams.results.errors import RecheckAnswered, RecheckAskedAlready
from exams.results.queries import ResultRow, own_earlier, own_result, own_results
from exams.results.rules import Corrections
from exams.scoring.rules import Outcome
from host.commands.papers import announced_evidence
from host.machine import Machine
from host.wiring import wiring
from kernel import two_people
from kernel.actor import platform
from kernel.audit import seal
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.jobs import deliver_due
from kernel.two_people.errors import ChangedMeanwhile, NoSuchPreparedDeed, PreparedByYou
from kernel.work import TakesTwoPeople, Workplace
from people.access.rules import Role
from tests.cast.exam_day import Candidate, ExamDay, exam_day
from tests.cast.exam_room import begun, right_answers
from tests.cast.regions import HERE, THERE, officer, with_regions
from tests.cast.two_people import by_two

FOUND = "复核发现一题答案有误，该题计满分。"


@pytest.fixture(scope="module")
def own_machine(copies) -> Iterator[Machine]:
    """A database of this file's own, which some tests break into."""
    with copies.migrated() as made:
        yield made


@pytest.fixture(scope="module")
def place(own_machine) -> Iterator[Workplace]:
    made = own_machine.workplace(wiring(own_machine.settings))
    yield made
    made.engines.dispose()


class Doubted:
    """One candidate with `right` answers of 100 whose result is released and doubted."""

    def __init__(self, place: Workplace, right: int) -> None:
        self.place = place
        self.day: ExamDay = exam_day(place, candidates=1)
        self.day.open()
        [self.who] = self.day.candidates
        sheet = begun(self.day, self.who)
        sheet.save(*right_answers(self.day, sheet.attempt_id, right))
        sheet.hand_in()
        deliver_due(place, Face.EXAMINATION)
        self.day.do(self.day.invigilators[0], close_room, sitting_id=self.day.sitting_id)
        deliver_due(place, Face.EXAMINATION)
        attempt_id = self.day.result_of(self.who).reference_id
        assert attempt_id is not None
        self.attempt_id: UUID = attempt_id
        self.day.release()
        self.day.do(self.who, ask_recheck, result_id=self.result.id, reason="第一百题有疑问")

    @property
    def result(self) -> ResultRow:
        with self.day.look(self.who) as reading:
            return own_results(reading)[0]

    @property
    def recheck_id(self) -> UUID:
        assert self.result.recheck is not None
        return self.result.recheck.id

    def missed(self, count: int) -> str:
        """The numbers of so many questions that earned nothing, as somebody types them."""
        with self.day.look() as reading:
            marks = replay(reading, self.attempt_id)
        lost = [item.number for item in marks.items if item.outcome is not Outcome.RIGHT]
        return "、".join(map(str, lost[:count]))

    def prepare(self, numbers: str, note: str = FOUND) -> UUID:
        found: UUID = self.day.do(
            self.day.officer, prepare_revision, recheck_id=self.recheck_id, numbers=numbers, note=note
        )
        return found

    def revise(self, numbers: str) -> UUID:
        officers = (self.day.officer.actor, self.day.second.actor)
        return by_two(
            self.place,
            *officers,
            lambda work: prepare_revision(work, recheck_id=self.recheck_id, numbers=numbers, note=FOUND),
        )

    def verified(self):
        with self.place.transaction(platform("test"), Face.REGISTRY) as work:
            seal(work.session, work.keys, work.now, site=work.site)
        told = announced_evidence(self.place, self.day.sitting_id)
        with self.place.transaction(platform("test"), Face.EXAMINATION) as work:
            return verify_evidence(work, self.day.sitting_id, announced=told)

    def ended(self, who: Candidate) -> Ended | None:
        with self.day.look(who) as reading:
            return own_registrations(reading)[0].outcome


@pytest.fixture
def failed(place) -> Doubted:
    return Doubted(place, 79)


def test_only_the_office_finds_a_mistake_and_never_alone(failed):
    numbers = failed.missed(1)
    for who in (failed.who, failed.day.invigilators[0]):
        with pytest.raises(Forbidden):
            failed.day.do(who, prepare_revision, recheck_id=failed.recheck_id, numbers=numbers, note=FOUND)
    with pytest.raises(TakesTwoPeople):
        failed.day.do(
            failed.day.officer,
            revise_result,
            result_id=failed.result.id,
            score=Decimal(100),
            passed=True,
            cancelled=False,
            weak_points=(),
            method=1,
            corrections=Corrections(),
            because=FOUND,
            prepared_id=failed.result.id,
        )
    prepared_id = failed.prepare(numbers)
    with pytest.raises(PreparedByYou):
        failed.day.do(failed.day.officer, two_people.confirm, prepared_id=prepared_id)
    assert (failed.result.revision, failed.result.score) == (1, Decimal(79))


def test_what_cannot_be_made_good_is_refused_with_its_reason(failed):
    for typed, refusal in (("第三题", NotNumbers), ("101", NotOnThePaper), ("", NothingToRevise)):
        with pytest.raises(refusal):
            failed.prepare(typed)


def test_a_mistake_makes_a_failed_exam_a_passed_one_and_the_first_result_stays(failed):
    first = failed.result
    failed.revise(failed.missed(2))
    result = failed.result
    assert (result.revision, result.supersedes, result.score, result.passed) == (2, first.id, Decimal(81), True)
    assert result.recheck is not None
    assert (result.because, result.recheck.note) == (FOUND, FOUND)
    assert failed.ended(failed.who) is Ended.PASSED
    with failed.day.look(failed.who) as reading:
        assert [(one.id, one.score) for one in own_earlier(reading, result.id)] == [(first.id, Decimal(79))]
        assert own_result(reading, first.id) == result  # whoever kept the address of the first finds what counts


def test_what_was_revised_is_answered_and_is_not_asked_for_again(failed):
    recheck_id = failed.recheck_id
    failed.revise(failed.missed(1))
    with pytest.raises(RecheckAnswered):
        failed.day.do(failed.day.officer, answer_recheck, recheck_id=recheck_id, note="再看一次")
    with pytest.raises(RecheckAskedAlready):
        failed.day.do(failed.who, ask_recheck, result_id=failed.result.id, reason="再请复核")


def test_a_prepared_revision_is_seen_where_the_exam_was_held(place):
    with place.transaction(platform("test"), Face.REGISTRY) as work:
        with_regions(work)
    failed = Doubted(place, 79)
    prepared_id = failed.prepare(failed.missed(1))
    here, there = (officer(Role.EXAM_OFFICER, region) for region in (HERE, THERE))
    with place.reading(there, Face.EXAMINATION) as reading:
        assert two_people.waiting(reading) == ()
    for deed, more in ((two_people.confirm, {}), (two_people.cancel, {"reason": "不应更正"})):
        with pytest.raises(NoSuchPreparedDeed), place.transaction(there, Face.EXAMINATION) as work:
            deed(work, prepared_id, **more)
    with place.transaction(here, Face.EXAMINATION) as work:
        assert [each.id for each in two_people.waiting(work)] == [prepared_id]
        two_people.confirm(work, prepared_id)
    assert failed.result.revision == 2


def test_a_request_answered_meanwhile_stops_the_revision(failed):
    prepared_id = failed.prepare(failed.missed(1))
    failed.day.do(failed.day.officer, answer_recheck, recheck_id=failed.recheck_id, note="逐题复核，得分无误。")
    with pytest.raises(RecheckAnswered):
        failed.day.do(failed.day.second, two_people.confirm, prepared_id=prepared_id)
    assert failed.result.revision == 1


def test_verification_takes_the_revision_by_what_it_names_and_explains_the_first(failed):
    assert failed.verified().differences == ()
    failed.revise(failed.missed(2))
    found = failed.verified()
    assert found.differences == ()
    [revised] = found.revised
    assert (str(revised.before), str(revised.after), revised.because) == ("79 ✗", "81 ✓", FOUND)


def test_a_revision_that_nobody_released_is_found(failed, own_machine):
    failed.revise(failed.missed(2))
    with own_machine.embedded.superuser(own_machine.database) as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute(
            'UPDATE exams.results SET score = 100, corrections = \'{"format": 1, "granted": [1, 2]}\' WHERE id = %s',
            [failed.result.id],
        )
    reasons = {one.reason for one in failed.verified().differences}
    assert {Reason.RESULT_ALTERED, Reason.RELEASE_ALTERED} <= reasons


def test_a_first_result_that_is_altered_behind_its_revision_is_found(failed, own_machine):
    first = failed.result.id
    failed.revise(failed.missed(2))
    with own_machine.embedded.superuser(own_machine.database) as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute("UPDATE exams.results SET score = 60 WHERE id = %s", [first])
    assert [one.reason for one in failed.verified().differences] == [Reason.RELEASE_ALTERED]


def test_from_altered_answers_nothing_is_marked_again(failed, own_machine):
    numbers = failed.missed(2)
    prepared_id = failed.prepare(numbers)
    with own_machine.embedded.superuser(own_machine.database) as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute(
            "UPDATE exams.attempt_steps SET answer = 'null' WHERE attempt_id = %s AND sequence = 1", [failed.attempt_id]
        )
    with pytest.raises(EvidenceAltered):
        failed.day.do(failed.day.second, two_people.confirm, prepared_id=prepared_id)


def test_the_other_person_confirms_what_was_prepared_and_nothing_else(failed, own_machine):
    prepared_id = failed.prepare(failed.missed(2))
    with own_machine.embedded.superuser(own_machine.database) as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute(
            "UPDATE kernel.prepared_deeds SET arguments = jsonb_set(arguments, '{granted}', %s) WHERE id = %s",
            [f"[{failed.missed(1)}]", prepared_id],
        )
    with pytest.raises(ChangedMeanwhile):
        failed.day.do(failed.day.second, two_people.confirm, prepared_id=prepared_id)


def test_the_certificate_office_finds_a_passed_part_that_was_revised(place):
    passed = Doubted(place, 85)
    deliver_due(place, Face.REGISTRY)
    passed.revise(passed.missed(3))
    deliver_due(place, Face.REGISTRY)
    deliver_due(place, Face.REGISTRY)
    with place.reading(platform("test"), Face.REGISTRY) as reading:
        [found] = [each for each in revisions(reading) if each.person_id == passed.who.person_id]
        parts = reading.session.scalars(
            text("SELECT score FROM certification.passed_parts WHERE person_id = :id ORDER BY score"),
            {"id": passed.who.person_id},
        ).all()
    assert (found.was, found.score, found.passed) == (Decimal(85), Decimal(88), True)
    assert parts == [85, 88]


def test_a_fail_that_became_a_pass_opens_the_way_and_is_no_finding(place, failed):
    failed.revise(failed.missed(1))
    deliver_due(place, Face.REGISTRY)
    with place.reading(platform("test"), Face.REGISTRY) as reading:
        assert [each for each in revisions(reading) if each.person_id == failed.who.person_id] == []
        parts = reading.session.scalars(
            text("SELECT score FROM certification.passed_parts WHERE person_id = :id"), {"id": failed.who.person_id}
        ).all()
    assert parts == [80]
