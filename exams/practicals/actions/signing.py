"""When the candidate has finished: the candidate signs or refuses, both examiners sign, the last signature ends it."""

import hashlib
from uuid import UUID

from exams.practicals import queries
from exams.practicals.actions.arranging import lock
from exams.practicals.actions.concluding import conclude, record
from exams.practicals.errors import SAY_WHY, CandidateUnsigned, RunUnfinished, SignedAlready
from exams.practicals.events import SheetSigned
from exams.practicals.queries import DrawnState, Practical
from exams.practicals.rules import (
    EXAMINERS,
    SHORTEST_REASON,
    Signer,
    require_agreement,
    require_going_on,
    sheet_digest,
)
from exams.practicals.tables import PracticalSignatureRecord
from kernel.because import because
from kernel.lasting import canonical_json
from kernel.work import Reading, Work, action
from people.access.rules import Permission
from simulations.runs import queries as run_queries


@action(needs=Permission.OWN_PRACTICAL)
def sign_as_candidate(work: Work, practical_id: UUID, subject: str) -> None:
    """The candidate has seen both sheets of an item and signs.

    Raises:
        SignedAlready, PracticalIsOver, and what `_require_ready` raises.
    """
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
    said = because(reason, SAY_WHY, least=SHORTEST_REASON)
    _sign(work, practical, subject, Signer.CANDIDATE, practical.person_id, refusal=said)


@action(needs=Permission.EXAMINE_PRACTICAL)
def sign_as_examiner(work: Work, practical_id: UUID, subject: str) -> None:
    """An examiner signs an item; the last signature of all finishes the practical.

    Raises:
        CandidateUnsigned, SignedAlready, PracticalIsOver, RunUnfinished, and what `rules.require_agreement` raises.
    """
    lock(work, practical_id)
    practical, place = queries.examined_practical(work, practical_id)
    require_going_on(is_over=practical.ended is not None)
    state = practical.state_of(subject)
    _require_ready(work, practical, state)
    if Signer.CANDIDATE not in state.signatures:
        raise CandidateUnsigned
    assert work.actor.person_id is not None
    _sign(work, practical, subject, EXAMINERS[place], work.actor.person_id)
    after, _ = queries.examined_practical(work, practical_id)
    if all(one.is_signed for one in after.items.values()):
        conclude(work, after)
        record(work, queries.practical(work, practical_id))


def _sign(
    work: Work, practical: Practical, subject: str, signer: Signer, person_id: UUID, *, refusal: str = ""
) -> None:
    state = practical.state_of(subject)
    require_going_on(is_over=practical.ended is not None)
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
        digest=signed_digest(work, state),
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


def signed_digest(reading: Reading, state: DrawnState) -> str:
    """SHA-256 of what is signed: both examiners' sheets, or the score that the simulation wrote down."""
    content: object = [sheet_digest(sheet) for sheet in state.sheets.values()]
    if state.run_id is not None:
        score = run_queries.stored_score(reading, state.run_id)
        content = score and [str(state.run_id), str(score.total), score.content]
    return hashlib.sha256(canonical_json(content)).hexdigest()
