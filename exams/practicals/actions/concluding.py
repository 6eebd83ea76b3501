"""How a practical ends: what its items are worth, the outcome that is written down once, and its result."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from exams.breaches.queries import is_sent_out
from exams.practicals import queries
from exams.practicals.actions.arranging import secret_of
from exams.practicals.errors import NoSuchPractical
from exams.practicals.events import PracticalFinished
from exams.practicals.queries import DrawnState, Practical
from exams.practicals.rules import (
    ItemOutcome,
    Outcome,
    Signature,
    Signer,
    item_outcome,
    outcome,
    outcome_digest,
    simulated_outcome,
    unfinished,
)
from exams.practicals.rules.outcome import OUTCOME
from exams.practicals.tables import PracticalOutcomeRecord
from exams.results.actions import record_result
from kernel.work import PLATFORM_ONLY, Reading, Work, action
from simulations.runs import queries as runs

SALT_BYTES = 16


def replay(reading: Reading, practical: Practical) -> tuple[Outcome, Mapping[str, ItemOutcome]]:
    """What the kept sheets, runs and signatures of a practical are worth: the same every time."""
    items = {subject.code: _item(reading, practical.items.get(subject.code)) for subject in practical.standard.subjects}
    return outcome(practical.standard, items), items


def _item(reading: Reading, state: DrawnState | None) -> ItemOutcome:
    if state is None:
        return unfinished(is_vetoed=False)
    if not state.is_signed:
        return unfinished(is_vetoed=is_struck(reading, state))
    candidate = Signature(refused=state.signatures[Signer.CANDIDATE].is_refusal)
    if state.run_id is None:
        return item_outcome(state.sheets[1], state.sheets[2], candidate)
    score = runs.stored_score(reading, state.run_id)
    assert score is not None  # nobody signs before it is there
    return simulated_outcome(score.total, candidate, is_vetoed=score.is_vetoed)


def is_struck(reading: Reading, state: DrawnState) -> bool:
    """Whether anybody, the simulation included, has struck a veto item: it is not lost with a missing signature."""
    if state.run_id is None:
        return any(sheet.vetoes for sheet in state.sheets.values())
    score = runs.stored_score(reading, state.run_id)
    if score is not None:
        return score.is_vetoed
    return bool(runs.run_of(reading, state.run_id).scored(reading.now).vetoes)


def conclude(work: Work, practical: Practical) -> None:
    """Write down how it ended, once. Whoever calls has made sure that it is over, and sees to the result."""
    whole, items = replay(work, practical)
    content = OUTCOME.written(
        {
            "salt": secrets.token_hex(SALT_BYTES),
            "items": {
                subject: {
                    "item": practical.items[subject].item.code if subject in practical.items else "",
                    "score": str(one.score),
                    "weighted": str(whole.weighted[subject]),
                    "is_vetoed": one.is_vetoed,
                    "is_given_up": one.is_given_up,
                }
                for subject, one in items.items()
            },
        }
    )
    secret, pass_mark = secret_of(work, practical.id).hex(), practical.standard.pass_mark
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
    work.session.flush()
    work.announce(
        PracticalFinished(
            practical_id=practical.id,
            registration_id=practical.registration_id,
            person_id=practical.person_id,
            qualification=practical.standard.qualification,
            outcome_digest=outcome_digest(
                whole.total, pass_mark, is_vetoed=whole.is_vetoed, is_passed=whole.is_passed, content=content
            ),
            secret=secret,
        )
    )


def record(work: Work, practical: Practical) -> None:
    """Hand the outcome on as a result, which waits for its release. Twice is once."""
    assert practical.outcome is not None
    record_result(
        work,
        registration_id=practical.registration_id,
        score=practical.outcome.total,
        pass_mark=practical.outcome.pass_mark,
        passed=practical.outcome.is_passed,
        taken_on=practical.held_on,
        reference_id=practical.id,
    )


@action(needs=PLATFORM_ONLY)
def record_given_up(work: Work, *, practical_id: UUID) -> None:
    """The result of a practical that the exam office ended as given up: no officer's own deed records a result.

    Whoever was sent out for a breach gets the cancelled one when the room is closed, and no other.

    Raises:
        NoSuchPractical, BreachUndecided
    """
    practical = queries.practical(work, practical_id)
    if practical.outcome is None:
        raise NoSuchPractical
    if not is_sent_out(work, practical.registration_id):
        record(work, practical)
