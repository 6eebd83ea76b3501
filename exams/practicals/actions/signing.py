"""When the candidate has finished: the candidate signs or refuses, both examiners sign, the last signature ends it."""

import hashlib
from uuid import UUID

from exams.practicals import queries
from exams.practicals.actions.arranging import lock, secret_of
from exams.practicals.errors import CandidateUnsigned, ReasonMissing, RunUnfinished, SignedAlready
from exams.practicals.events import PracticalFinished, SheetSigned
from exams.practicals.queries import DrawnState, Practical
from exams.practicals.rules import (
    EXAMINERS,
    SHORTEST_REASON,
    ItemOutcome,
    Signature,
    Signer,
    item_outcome,
    outcome,
    require_agreement,
    sheet_digest,
    simulated_outcome,
)
from exams.practicals.tables import PracticalOutcomeRecord, PracticalSignatureRecord
from exams.results.actions import record_result
from kernel.canonical import canonical_json
from kernel.work import Work, action
from people.access.rules import Permission
from simulations.runs import queries as run_queries

FORMAT = 1


@action(needs=Permission.OWN_PRACTICAL)
def sign_as_candidate(work: Work, practical_id: UUID, subject: str) -> None:
    """The candidate has seen both sheets of an item and signs. Raises what `_require_ready` raises, SignedAlready."""
    lock(work, practical_id)
    practical = queries.own_practical(work, practical_id)
    _sign(work, practical, subject, Signer.CANDIDATE, practical.person_id)


@action(needs=Permission.EXAMINE_PRACTICAL)
def note_refusal(work: Work, practical_id: UUID, subject: str, *, reason: str) -> None:
    """An examiner notes that the candidate refuses to sign: the item is given up.

    The other examiner's signature under it is the witness. Raises ReasonMissing.
    """
    lock(work, practical_id)
    practical, _ = queries.examined_practical(work, practical_id)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(fields={"reason": ReasonMissing()})
    _sign(work, practical, subject, Signer.CANDIDATE, practical.person_id, refusal=reason.strip())


@action(needs=Permission.EXAMINE_PRACTICAL)
def sign_as_examiner(work: Work, practical_id: UUID, subject: str) -> None:
    """An examiner signs an item; the last signature of all finishes the practical.

    Raises:
        CandidateUnsigned, SignedAlready, RunUnfinished, and what `rules.require_agreement` raises.
    """
    lock(work, practical_id)
    practical, place = queries.examined_practical(work, practical_id)
    state = practical.state_of(subject)
    _require_ready(work, practical, state)
    if Signer.CANDIDATE not in state.signatures:
        raise CandidateUnsigned
    assert work.actor.person_id is not None
    _sign(work, practical, subject, EXAMINERS[place], work.actor.person_id)
    after, _ = queries.examined_practical(work, practical_id)
    if all(one.is_signed for one in after.items.values()):
        _finish(work, after)


def _sign(
    work: Work, practical: Practical, subject: str, signer: Signer, person_id: UUID, *, refusal: str = ""
) -> None:
    state = practical.state_of(subject)
    _require_ready(work, practical, state)
    if signer in state.signatures:
        raise SignedAlready
    assert work.actor.person_id is not None
    record = PracticalSignatureRecord(
        practical_id=practical.id,
        subject=subject,
        signer=signer,
        person_id=person_id,
        noted_by=work.actor.person_id,
        is_refusal=bool(refusal),
        reason=refusal,
        digest=_digest(work, state),
        at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    work.announce(
        SheetSigned(
            practical_id=practical.id,
            item=state.item.code,
            signer=signer,
            person_id=person_id,
            is_refusal=bool(refusal),
            digest=record.digest,
        )
    )


def _require_ready(work: Work, practical: Practical, state: DrawnState) -> None:
    """Raises RunUnfinished for a simulated item that still runs, else what `rules.require_agreement` raises."""
    if not state.is_simulated:
        require_agreement(state.sheets[1], state.sheets[2], practical.standard.largest_difference)
    elif state.run_id is None or run_queries.stored_score(work, state.run_id) is None:
        raise RunUnfinished


def _digest(work: Work, state: DrawnState) -> str:
    """SHA-256 of what is signed: both examiners' sheets, or the score that the simulation wrote down."""
    content: object = [sheet_digest(sheet) for sheet in state.sheets.values()]
    if state.run_id is not None:
        score = run_queries.stored_score(work, state.run_id)
        content = score and [str(state.run_id), str(score.total), score.content]
    return hashlib.sha256(canonical_json(content)).hexdigest()


def _finish(work: Work, practical: Practical) -> None:
    items = {subject: _outcome(work, state) for subject, state in practical.items.items()}
    whole = outcome(practical.standard, items)
    pass_mark = practical.standard.pass_mark
    content = {
        "format": FORMAT,
        "items": {
            subject: {
                "item": practical.items[subject].item.code,
                "score": str(one.score),
                "weighted": str(whole.weighted[subject]),
                "is_vetoed": one.is_vetoed,
                "is_given_up": one.is_given_up,
            }
            for subject, one in items.items()
        },
    }
    secret = secret_of(work, practical.id).hex()
    work.session.add(
        PracticalOutcomeRecord(
            practical_id=practical.id,
            total=whole.total,
            pass_mark=pass_mark,
            is_vetoed=whole.is_vetoed,
            is_passed=whole.is_passed,
            content=content,
            secret=secret,
            finished_at=work.now,
        )
    )
    record_result(
        work,
        registration_id=practical.registration_id,
        score=whole.total,
        pass_mark=pass_mark,
        passed=whole.is_passed,
        taken_on=practical.held_on,
        reference_id=practical.id,
    )
    work.announce(
        PracticalFinished(
            practical_id=practical.id,
            registration_id=practical.registration_id,
            person_id=practical.person_id,
            qualification=practical.standard.qualification,
            total=whole.total,
            pass_mark=pass_mark,
            is_vetoed=whole.is_vetoed,
            is_passed=whole.is_passed,
            secret=secret,
        )
    )


def _outcome(work: Work, state: DrawnState) -> ItemOutcome:
    candidate = Signature(refused=state.signatures[Signer.CANDIDATE].is_refusal)
    if state.run_id is None:
        return item_outcome(state.sheets[1], state.sheets[2], candidate)
    score = run_queries.stored_score(work, state.run_id)
    if score is None:
        raise RunUnfinished
    return simulated_outcome(score.total, candidate, is_vetoed=score.is_vetoed)
