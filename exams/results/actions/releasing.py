"""Releasing a sitting's results: one person prepares it, another releases."""

from collections.abc import Sequence
from uuid import UUID

from exams.registrations import actions as registering
from exams.registrations import queries as registrations
from exams.registrations.queries import RegistrationRow
from exams.registrations.rules import Outcome, State
from exams.results import queries
from exams.results.errors import ResultsMissing
from exams.results.events import ResultReleased
from exams.results.queries import ResultRow
from exams.results.tables import ReleaseRecord
from exams.sittings import actions as stepping
from exams.sittings import queries as sittings
from exams.sittings.queries.records import in_scope
from exams.sittings.rules import State as SittingState
from exams.sittings.rules import require_state
from exams.standards.rules import RELEASE
from kernel import two_people
from kernel.errors import N_
from kernel.faces import Face
from kernel.two_people import Arguments, Foreseen, Prepared, Sentence
from kernel.work import Reading, Work, action
from people.access.rules import Permission

NAMED_AT_MOST = 5
TOLD = N_("Sitting %(code)s: %(count)s results are released. Each candidate sees the own result at once.")
HOW = N_("%(passed)s passed, %(failed)s did not pass, %(cancelled)s are cancelled for a breach.")
ABSENT = N_("%(count)s who did not come are concluded as absent.")
FOR_EVER = N_("The certificate office learns of every pass. A release is not taken back.")


def prepare_release(work: Work, sitting_id: UUID) -> UUID:
    """Have the release of a sitting wait for another person; the id of what was prepared.

    Raises:
        NoSuchSitting, StepOutOfOrder, ResultsMissing, PreparedAlready, NotAPerson, Forbidden.
    """
    return two_people.prepare(work, RELEASE, {"sitting_id": str(sitting_id)})


def foreseen_release(reading: Reading, sitting_id: UUID) -> Foreseen:
    """What a release would do now.

    Raises:
        NoSuchSitting, StepOutOfOrder; ResultsMissing when somebody took part and has no result yet.
    """
    sitting = sittings.sitting(reading, sitting_id)
    require_state(sitting.state, SittingState.CLOSED)
    recorded, seated = _due(reading, sitting_id)
    absent = [row for row in seated if row.id not in recorded]
    passed = sum(result.passed for result in recorded.values())
    cancelled = sum(result.cancelled for result in recorded.values())
    says = [
        Sentence(TOLD, {"code": sitting.code, "count": len(recorded)}),
        Sentence(HOW, {"passed": passed, "failed": len(recorded) - passed - cancelled, "cancelled": cancelled}),
        *([Sentence(ABSENT, {"count": len(absent)})] if absent else []),
        Sentence(FOR_EVER, {}),
    ]
    marked = sorted([str(one.id), str(one.score), one.passed, one.cancelled] for one in recorded.values())
    return Foreseen(
        about=sitting_id,
        says=tuple(says),
        rests_on=[marked, sorted(str(row.id) for row in absent)],
        signatures=sitting.signatures,
    )


@action(needs=Permission.RELEASE_RESULTS, by_two=RELEASE)
def release_results(work: Work, sitting_id: UUID, *, prepared_id: UUID) -> int:
    """Release every result of a closed sitting at once; how many. Who never came is concluded as absent.

    Raises:
        NoSuchSitting, StepOutOfOrder; ResultsMissing when somebody took part and has no result yet.
    """
    require_state(sittings.sitting(work, sitting_id).state, SittingState.CLOSED)
    recorded, seated = _due(work, sitting_id)
    for row in seated:
        if row.id in recorded:
            _release(work, recorded[row.id], prepared_id)
        else:
            registering.conclude_registration(work, registration_id=row.id, outcome=Outcome.ABSENT)
    stepping.mark_released(work, sitting_id, results=len(recorded))
    return len(recorded)


def _due(reading: Reading, sitting_id: UUID) -> tuple[dict[UUID, ResultRow], list[RegistrationRow]]:
    """What is recorded, and who waits for it. Raises ResultsMissing."""
    recorded = queries.results_of_sitting(reading, sitting_id)
    seated = [row for row in registrations.seated(reading, sitting_id) if row.state is State.SEATED]
    _require_complete(seated, recorded)
    return recorded, seated


def _require_complete(seated: Sequence[RegistrationRow], recorded: dict[UUID, ResultRow]) -> None:
    missing = [row.name for row in seated if row.attended_at and row.id not in recorded]
    if missing:
        named = "、".join(missing[:NAMED_AT_MOST])
        raise ResultsMissing(count=len(missing), names=named)


def _release(work: Work, result: ResultRow, prepared_id: UUID) -> None:
    registering.conclude_registration(
        work, registration_id=result.registration_id, outcome=outcome_of(result), counts_until=result.counts_until
    )
    tell(work, result, prepared_id)


def outcome_of(result: ResultRow) -> Outcome:
    """How a registration ends with this result."""
    return Outcome.PASSED if result.passed else Outcome.CANCELLED if result.cancelled else Outcome.FAILED


def tell(work: Work, result: ResultRow, prepared_id: UUID) -> None:
    """From now on this revision counts, and everybody whom it concerns is told."""
    work.session.add(ReleaseRecord(result_id=result.id, prepared_id=prepared_id, released_at=work.now))
    work.session.flush()
    work.announce(
        ResultReleased(
            result_id=result.id,
            person_id=result.person_id,
            qualification=result.qualification,
            part=result.part.value,
            sitting_id=result.sitting_id,
            attempt_number=result.attempt,
            revision=result.revision,
            supersedes=result.supersedes,
            method=result.method,
            score=result.score,
            pass_mark=result.pass_mark,
            passed=result.passed,
            taken_on=result.taken_on,
            released_at=work.now,
            valid_until=result.counts_until,
        )
    )


def _foresee(reading: Reading, arguments: Arguments) -> Foreseen:
    return foreseen_release(reading, UUID(arguments["sitting_id"]))


def _do(work: Work, arguments: Arguments, prepared: Prepared) -> None:
    release_results(work, UUID(arguments["sitting_id"]), prepared_id=prepared.id)


two_people.declare(
    two_people.Deed(
        name=RELEASE,
        needs=Permission.RELEASE_RESULTS,
        face=Face.EXAMINATION,
        foresee=_foresee,
        in_scope=in_scope,
        do=_do,
    )
)
