"""Revising a result: one person prepares it with the re-check's answer, another confirms."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from exams.evidence.queries import review
from exams.rechecks import queries
from exams.rechecks.errors import EvidenceAltered
from exams.rechecks.queries import Alike, Reach
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
OTHERS = N_(
    "The same questions count in full for everybody of this sitting. %(count)s others had them; the points of "
    "%(revised)s of them change: %(passing)s pass who had not passed, %(failing)s have passed no longer."
)
NO_OTHERS = N_("Nobody else of this sitting had these questions.")
LEFT_OUT = N_(
    "Not revised, because what is kept of them is not what was announced: %(numbers)s. Report it to the head of the "
    "exam body."
)
ELSEWHERE = N_(
    "Other sittings that could draw the same questions: %(codes)s. Nothing changes there; look at their results too."
)
UNCHANGED = N_("%(name)s, sitting %(code)s: the %(before)s points stay as they are, and the request is answered.")
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
    before, again, reached = _found(reading, arguments)
    held = sitting(reading, before.sitting_id)
    told = [_told(before, again), *(_told(one.before, one.again, one.granted) for one in reached.alike)]
    says = (
        *_says(reading, before, again, arguments, held.code),
        *_says_of_others(reached, arguments),
        Sentence(NOTE, {"note": arguments["note"]}),
        Sentence(STAYS, {}),
    )
    return Foreseen(
        about=before.id,
        says=says,
        rests_on=[told, arguments["granted"]],
        signatures=held.signatures,
    )


def _told(before: ResultRow, again: MarkedAgain, granted: frozenset[int] = frozenset()) -> list[Any]:
    return [str(before.id), str(again.score), again.passed, again.cancelled, again.method, sorted(granted)]


def _found(reading: Reading, arguments: Arguments) -> tuple[ResultRow, MarkedAgain, Reach]:
    """The result, what it comes to, and whom it concerns besides. Raises what `prepare_revision` does."""
    recheck, before = recorded.recheck(reading, UUID(arguments["recheck_id"]))
    if recheck.note is not None:
        raise RecheckAnswered
    if not review(reading, before).is_whole:
        raise EvidenceAltered
    granted = frozenset[int](arguments["granted"])
    again = queries.marked_again(reading, before, granted)
    reached = queries.reach(reading, before, granted, before=recheck.asked_at)
    require_change((before.score, before.passed, before.cancelled), again, others=len(reached.alike))
    return before, again, reached


def _says(
    reading: Reading, before: ResultRow, again: MarkedAgain, arguments: Arguments, code: str
) -> Iterator[Sentence]:
    places: dict[str, Any] = {"name": registration(reading, before.registration_id).name, "code": code}
    places |= {"before": f"{before.score.normalize():f}", "after": f"{again.score.normalize():f}"}
    if again.said == (before.score, before.passed, before.cancelled):
        yield Sentence(UNCHANGED, {name: places[name] for name in ("name", "code", "before")})
    else:
        yield Sentence(FROM_TO, places | {"mark": f"{before.pass_mark.normalize():f}"})
    granted = ", ".join(map(str, arguments["granted"]))
    yield Sentence(GRANTED, {"numbers": granted}) if granted else Sentence(AS_KEPT, {})
    same = before.passed == again.passed
    yield Sentence(AS_BEFORE if same else NOW_PASSED if again.passed else NOT_PASSED, {})


def _says_of_others(reached: Reach, arguments: Arguments) -> Iterator[Sentence]:
    if not arguments["granted"]:
        return
    counts = {"count": reached.had_it, "revised": len(reached.alike)}
    counts |= {"passing": reached.passing, "failing": reached.failing}
    yield Sentence(OTHERS, counts) if reached.had_it else Sentence(NO_OTHERS, {})
    if reached.altered:
        yield Sentence(LEFT_OUT, {"numbers": "、".join(reached.altered)})
    if reached.elsewhere:
        yield Sentence(ELSEWHERE, {"codes": "、".join(reached.elsewhere)})


def _do(work: Work, arguments: Arguments, prepared: Prepared) -> None:
    """The one who asked, and all who had the same questions: one deed, a revision and a fact for each."""
    before, again, reached = _found(work, arguments)
    recheck_id, granted = UUID(arguments["recheck_id"]), frozenset[int](arguments["granted"])
    if again.said == (before.score, before.passed, before.cancelled):
        results.answer_recheck(work, recheck_id=recheck_id, note=arguments["note"])
    else:
        own = Alike(before, granted | before.corrections.granted, again)
        _revise(work, own, arguments, prepared, recheck_id=recheck_id)
    for one in reached.alike:
        _revise(work, one, arguments, prepared)


def _revise(
    work: Work, one: Alike, arguments: Arguments, prepared: Prepared, *, recheck_id: UUID | None = None
) -> None:
    again = one.again
    results.revise_result(
        work,
        one.before.id,
        score=again.score,
        passed=again.passed,
        cancelled=again.cancelled,
        weak_points=again.weak_points,
        method=again.method,
        corrections=Corrections(one.granted),
        because=arguments["note"],
        prepared_id=prepared.id,
        recheck_id=recheck_id,
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
