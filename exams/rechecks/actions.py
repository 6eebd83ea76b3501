"""Revising a result: one person prepares it with the re-check's answer, another confirms."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from exams.evidence.queries import review
from exams.rechecks import queries
from exams.rechecks.errors import EvidenceAltered
from exams.rechecks.rules import MarkedAgain, question_numbers, require_change
from exams.registrations.queries import registration
from exams.results import actions as results
from exams.results import queries as recorded
from exams.results.errors import RecheckAnswered
from exams.results.queries import ResultRow
from exams.results.rules import Corrections, require_answer
from exams.sittings.queries import sitting
from exams.standards.rules import REVISE
from kernel import two_people
from kernel.errors import N_
from kernel.faces import Face
from kernel.two_people import Arguments, Foreseen, Prepared, Sentence
from kernel.work import Reading, Work
from people.access.rules import Permission

FROM_TO = N_("%(name)s, sitting %(code)s: %(before)s points become %(after)s points. The pass mark is %(mark)s.")
GRANTED = N_("Counted in full, because they were faulty: questions %(numbers)s.")
AS_KEPT = N_("The points are those that the kept evidence gives when it is marked again.")
NOW_PASSED = N_("The candidate has passed with it.")
NOT_PASSED = N_("The candidate has no longer passed with it.")
AS_BEFORE = N_("Whether the candidate has passed does not change.")
NOTE = N_("The candidate reads as the answer: %(note)s")
STAYS = N_("The result of before stays on record. The certificate office learns of the change.")


def prepare_revision(work: Work, *, recheck_id: UUID, numbers: str, note: str) -> UUID:
    """Have a revision wait for another person; the id of what was prepared.

    Args:
        work: of the exam office.
        recheck_id: the request that is answered with it.
        numbers: of questions that were faulty and count in full, as they are typed; none where the marking was wrong.
        note: what was found, as the candidate reads it.

    Raises:
        NotNumbers, NotOnThePaper, NothingToRevise, EvidenceAltered, NoSuchResult, RecheckAnswered, AnswerMissing,
        PreparedAlready, NotAPerson, Forbidden.
    """
    granted = sorted(question_numbers(numbers))
    return two_people.prepare(
        work, REVISE, {"recheck_id": str(recheck_id), "granted": granted, "note": require_answer(note)}
    )


def _foresee(reading: Reading, arguments: Arguments) -> Foreseen:
    before, again = _found(reading, arguments)
    held = sitting(reading, before.sitting_id)
    told = [str(before.id), str(again.score), again.passed, again.cancelled, again.method]
    return Foreseen(
        about=before.id,
        says=tuple(_says(reading, before, again, arguments, held.code)),
        rests_on=[told, arguments["granted"]],
        signatures=held.signatures,
    )


def _found(reading: Reading, arguments: Arguments) -> tuple[ResultRow, MarkedAgain]:
    """The result, and what it comes to. Raises what `prepare_revision` does."""
    recheck, before = recorded.recheck(reading, UUID(arguments["recheck_id"]))
    if recheck.note is not None:
        raise RecheckAnswered
    if not review(reading, before).is_whole:
        raise EvidenceAltered
    again = queries.marked_again(reading, before, frozenset(arguments["granted"]))
    require_change((before.score, before.passed, before.cancelled), again)
    return before, again


def _says(
    reading: Reading, before: ResultRow, again: MarkedAgain, arguments: Arguments, code: str
) -> Iterator[Sentence]:
    places: dict[str, Any] = {"name": registration(reading, before.registration_id).name, "code": code}
    places |= {"before": f"{before.score.normalize():f}", "after": f"{again.score.normalize():f}"}
    yield Sentence(FROM_TO, places | {"mark": f"{before.pass_mark.normalize():f}"})
    granted = ", ".join(map(str, arguments["granted"]))
    yield Sentence(GRANTED, {"numbers": granted}) if granted else Sentence(AS_KEPT, {})
    same = before.passed == again.passed
    yield Sentence(AS_BEFORE if same else NOW_PASSED if again.passed else NOT_PASSED, {})
    yield Sentence(NOTE, {"note": arguments["note"]})
    yield Sentence(STAYS, {})


def _do(work: Work, arguments: Arguments, prepared: Prepared) -> None:
    before, again = _found(work, arguments)
    results.revise_result(
        work,
        before.id,
        score=again.score,
        passed=again.passed,
        cancelled=again.cancelled,
        weak_points=again.weak_points,
        method=again.method,
        corrections=Corrections(frozenset(arguments["granted"])),
        because=arguments["note"],
        prepared_id=prepared.id,
    )


two_people.declare(
    two_people.Deed(
        name=REVISE,
        needs=Permission.ANSWER_RECHECKS,
        face=Face.EXAMINATION,
        foresee=_foresee,
        in_scope=recorded.result_in_scope,
        do=_do,
    )
)
