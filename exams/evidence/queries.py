"""The evidence of a sitting or of one candidate as it is kept, and what exams announced of it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from uuid import UUID

from sqlalchemy import select

from exams.attempts import queries as attempts
from exams.attempts.queries import AttemptRow
from exams.attempts.rules import receipt
from exams.breaches.queries import is_sent_out
from exams.evidence.rules import (
    NAMES,
    Announced,
    Earlier,
    Ended,
    Fact,
    Kept,
    KeptAttempt,
    KeptCandidate,
    KeptPractical,
    Marked,
    Reason,
    Signed,
    announced,
    candidate_differences,
)
from exams.evidence.tables import AnnouncedRecord
from exams.invigilation.queries import room_record
from exams.invigilation.rules import RoomNote
from exams.marking.queries import kept_marks, result_again
from exams.marking.queries import replay as marks_again
from exams.marking.rules import NOTHING
from exams.practicals import queries as practicals
from exams.practicals.actions.concluding import replay
from exams.practicals.actions.signing import signed_digest
from exams.practicals.queries import Practical
from exams.practicals.rules import outcome_digest
from exams.registrations import queries as registrations
from exams.registrations.queries import RegistrationRow
from exams.results import queries as results
from exams.results.queries import ResultRow
from exams.scoring.rules import Outcome
from exams.sittings import queries as sittings
from exams.sittings.errors import NoSuchSitting
from exams.sittings.queries import SittingRow
from exams.sittings.rules import State
from exams.standards.rules import Part
from exams.verification.rules import Difference
from kernel.db import among
from kernel.errors import Problem
from kernel.keys import SealBroken
from kernel.work import Reading

DAMAGED = (Problem, SealBroken, AssertionError, KeyError, ValueError)  # what reading altered evidence may end in


def kept(reading: Reading, sitting_id: UUID) -> Kept:
    """All that is kept of a sitting. One that is not there has kept nothing."""
    try:
        sitting = sittings.sitting(reading, sitting_id)
    except NoSuchSitting:
        return Kept()
    begun = attempts.attempts_of_sitting(reading, sitting_id)
    revisions = results.revisions_in(reading, sitting_id)
    people: dict[UUID, RegistrationRow] = {row.id: row for row in registrations.seated(reading, sitting_id)}
    # Nobody escapes by being written out of the sitting: an attempt or a result names its candidate as well.
    for written_out in (begun.keys() | revisions.keys()) - people.keys():
        people[written_out] = registrations.registration(reading, written_out)
    return Kept(
        tuple(
            _candidate(reading, sitting, row, begun.get(row.id), revisions.get(row.id, ())) for row in people.values()
        ),
        frozenset(one.id for one in begun.values()),
        frozenset(one.id for one in chain.from_iterable(revisions.values())),
    )


def kept_of(reading: Reading, registration_id: UUID) -> KeptCandidate:
    """What is kept of one candidate who had a seat. Raises NoSuchRegistration, NoSuchSitting."""
    row = registrations.registration(reading, registration_id)
    if row.sitting_id is None:
        raise NoSuchSitting
    sitting = sittings.sitting(reading, row.sitting_id)
    attempt = attempts.attempt_of_registration(reading, row.id)
    return _candidate(reading, sitting, row, attempt, results.revisions(reading, row.id))


def announced_of(reading: Reading, subjects: Collection[UUID]) -> Announced:
    """What exams announced of these attempts, practicals and results, as exams itself may read it."""
    rows = reading.session.scalars(
        select(AnnouncedRecord)
        .where(among(AnnouncedRecord.subject, subjects), AnnouncedRecord.name.in_(NAMES))
        .order_by(AnnouncedRecord.id)
    )
    return announced(Fact(row.name, row.facts, row.position is not None) for row in rows)


@dataclass(frozen=True, slots=True)
class Review:
    """What the office needs to answer a re-check: counts of how the questions went, never a question.

    `is_announced`: whether the receipt over the kept steps is the one in the audit; None for a practical.
    """

    kept: KeptCandidate
    steps: int
    counts: Mapping[Outcome, int]
    is_announced: bool | None
    differences: tuple[Difference, ...]
    practical: Practical | None
    lines: tuple[RoomNote, ...]

    @property
    def is_equal(self) -> bool:
        """Whether the evidence gives the result that was recorded, and nothing of it was altered."""
        return not self.differences

    @property
    def is_whole(self) -> bool:
        """Whether nothing was altered, so that the result can be had again from it whatever was recorded."""
        return not self.kept.damage and {one.reason for one in self.differences} <= {Reason.RESULT_ALTERED}


def review(reading: Reading, result: ResultRow) -> Review:
    """The evidence behind a result, had again. Raises NoSuchRegistration, NoSuchSitting."""
    candidate = kept_of(reading, result.registration_id)
    attempt, practical = candidate.attempt, candidate.practical
    told = announced_of(
        reading,
        [it.id for it in (attempt, practical, result) if it is not None] + [one.id for one in candidate.earlier],
    )
    notes = room_record(reading, result.sitting_id)
    return Review(
        kept=candidate,
        steps=0 if attempt is None else len(attempts.steps(reading, attempt.id)),
        counts={} if attempt is None else Counter(one.outcome for one in marks_again(reading, attempt.id).items),
        is_announced=None if attempt is None else told.attempts.get(attempt.id, ("", ""))[1] == attempt.again,
        differences=tuple(candidate_differences(candidate, told)),
        practical=None if practical is None else practicals.of_registration(reading, result.registration_id),
        lines=tuple(note for note in notes if note.registration_id == result.registration_id),
    )


def is_whole(reading: Reading, result: ResultRow) -> bool:
    """Whether nothing of the evidence behind a result was altered, so that it can be had again from it."""
    candidate = kept_of(reading, result.registration_id)
    it = (candidate.attempt, candidate.practical, result, *candidate.earlier)
    told = announced_of(reading, [one.id for one in it if one is not None])
    reasons = {one.reason for one in candidate_differences(candidate, told)}
    return not candidate.damage and reasons <= {Reason.RESULT_ALTERED}


def _candidate(
    reading: Reading,
    sitting: SittingRow,
    row: RegistrationRow,
    attempt: AttemptRow | None,
    revisions: Sequence[ResultRow],
) -> KeptCandidate:
    number = row.admission_number or ""
    result = revisions[-1] if revisions else None
    try:
        practical = practicals.of_registration(reading, row.id)
        return KeptCandidate(
            admission_number=number,
            attempt=None
            if attempt is None or not attempt.state.is_over
            else _attempt(reading, attempt, is_marked=result is not None),
            practical=None if practical is None else _practical(reading, practical),
            result_id=None if result is None else result.id,
            recorded=None if result is None else _marked(result),
            again=_again(reading, sitting, row, attempt, practical) if _is_due(sitting, result) else None,
            earlier=_earlier(revisions),
        )
    except DAMAGED as damage:
        return KeptCandidate(number, damage=f"{type(damage).__name__} {damage}".strip())


def _is_due(sitting: SittingRow, result: ResultRow | None) -> bool:
    """An annulled sitting owes nobody a result; what was recorded before the annulment must still be right."""
    return sitting.state is not State.ANNULLED or result is not None


def _attempt(reading: Reading, row: AttemptRow, *, is_marked: bool) -> KeptAttempt:
    steps = attempts.steps(reading, row.id)
    marked = kept_marks(reading, row.id)
    is_equal = marked == marks_again(reading, row.id).canonical_bytes() if is_marked else None
    return KeptAttempt(row.id, row.admission_number, row.state.value, row.receipt, receipt(steps), is_equal)


def _practical(reading: Reading, practical: Practical) -> KeptPractical:
    stored = practicals.stored_outcome(reading, practical.id)
    ended, again = None, None
    if stored is not None:
        digest = outcome_digest(
            stored.total,
            stored.pass_mark,
            is_vetoed=stored.is_vetoed,
            is_passed=stored.is_passed,
            content=stored.content,
        )
        ended = Ended(stored.total, stored.is_vetoed, stored.is_passed, digest)
        whole, _ = replay(reading, practical)
        again = (whole.total, whole.is_vetoed, whole.is_passed)
    return KeptPractical(
        id=practical.id,
        admission_number=practical.admission_number,
        signatures=frozenset(
            Signed(state.item.code, signer.value, one.digest, one.is_refusal)
            for state in practical.items.values()
            for signer, one in state.signatures.items()
        ),
        sheets={state.item.code: signed_digest(reading, state) for state in practical.items.values()},
        ended=ended,
        again=again,
    )


def _again(
    reading: Reading,
    sitting: SittingRow,
    row: RegistrationRow,
    attempt: AttemptRow | None,
    practical: Practical | None,
) -> Marked | None:
    """The result that follows from the evidence; None where none is due: absent, void, or still at it."""
    if sitting.part is Part.PRACTICAL and is_sent_out(reading, row.id):
        is_over = sitting.state in {State.CLOSED, State.RELEASED, State.ANNULLED}
        return Marked(NOTHING, sitting.pass_mark, passed=False, cancelled=True) if is_over else None
    if sitting.part is Part.PRACTICAL:
        if practical is None or practical.outcome is None:
            return None
        whole, _ = replay(reading, practical)
        return Marked(whole.total, practical.standard.pass_mark, whole.is_passed)
    again = result_again(reading, sitting, row.id, attempt)
    return None if again is None else Marked(again.score, sitting.pass_mark, again.passed, again.cancelled)


def _earlier(revisions: Sequence[ResultRow]) -> tuple[Earlier, ...]:
    """Each with the reason that the revision after it gives."""
    return tuple(Earlier(row.id, _marked(row), after.because or "") for row, after in pairwise(revisions))


def _marked(row: ResultRow) -> Marked:
    return Marked(row.score, row.pass_mark, row.passed, row.cancelled)
