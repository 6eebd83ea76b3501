"""Draw every practical of a sitting again and say what differs. Pure: from what was recorded to differences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from exams.papers.rules import keeps_promise
from exams.practicals.rules.draw import METHODS, DrawnItem, ItemPool, items_digest, practical_seed
from exams.verification.rules import Difference, Told, in_order
from exams.verification.rules import Reason as WhyItDiffers
from kernel.errors import N_


class Reason(WhyItDiffers):
    """Why a practical does not agree with its promise."""

    PROMISE_LATE = (
        "promise_late",
        N_("The secret of practical %(admission)s was promised after its draw (%(detail)s)."),
    )
    NOT_SEALED = ("not_sealed", N_("The audit of practical %(admission)s is not sealed; its order proves nothing yet."))
    SECRET_MISMATCH = (
        "secret_mismatch",
        N_("The secret of practical %(admission)s does not keep the promise recorded in %(detail)s."),
    )
    POOL_CHANGED = (
        "pool_changed",
        N_("The recorded items to draw practical %(admission)s from were changed after the draw."),
    )
    METHOD_UNKNOWN = (
        "method_unknown",
        N_("Practical %(admission)s was drawn by method %(detail)s, which this release does not know."),
    )
    ITEM_CHANGED = (
        "item_changed",
        N_("Practical %(admission)s used a score sheet that is gone or was changed: %(detail)s."),
    )
    ITEMS_ALTERED = ("items_altered", N_("Practical %(admission)s differs from its draw in %(detail)s."))
    SCENE_ALTERED = (
        "scene_altered",
        N_("The simulation of practical %(admission)s ran another scene than was drawn: %(detail)s."),
    )
    SCORE_ALTERED = (
        "score_altered",
        N_("Replaying the simulation of practical %(admission)s gives another score: %(detail)s."),
    )
    RECORD_ALTERED = ("record_altered", N_("The record of practical %(admission)s differs from what was announced."))
    PRACTICAL_MISSING = ("practical_missing", N_("A practical was announced and is missing: %(detail)s."))
    PRACTICAL_UNEXPECTED = ("practical_unexpected", N_("Practical %(admission)s is stored but was never announced."))


@dataclass(frozen=True, slots=True)
class Simulated:
    """The run behind a simulated item: the seed that arranged it, whether its replay gives the score written down.

    A run that is gone has no seed.
    """

    seed: int | None
    is_score_repeated: bool


@dataclass(frozen=True, slots=True)
class RecordedPractical:
    """One drawn practical as it was written down; `runs` by subject."""

    id: UUID
    admission_number: str
    commitment: str
    opened_at: datetime
    method: int
    pool: ItemPool
    pool_digest: str
    items: tuple[DrawnItem, ...]
    items_digest: str
    drawn_at: datetime
    secret: bytes = field(repr=False)
    runs: Mapping[str, Simulated]


@dataclass(frozen=True, slots=True)
class Announced:
    """What the audit says: practical id -> its commitment, and -> the digests of its items and of its pool."""

    promises: Mapping[UUID, Told]
    draws: Mapping[UUID, Told]


def drawn_as_told(recorded: RecordedPractical) -> str:
    """The two digests of a draw as `Announced` holds them."""
    return f"{recorded.items_digest} {recorded.pool_digest}"


def draw_differences(recorded: RecordedPractical, current: ItemPool | None) -> Iterator[Difference]:
    """Every difference of one practical from its own records.

    Args:
        recorded: the practical as it was written down.
        current: the pool of the same standard as its file stands now; None where it is gone.
    """
    number = recorded.admission_number
    if not keeps_promise(recorded.secret, recorded.id, recorded.commitment):
        yield Difference(Reason.SECRET_MISMATCH, number, "exams.practicals")
    if recorded.drawn_at <= recorded.opened_at:
        yield Difference(Reason.PROMISE_LATE, number, "exams.practicals")
    if recorded.pool.digest() != recorded.pool_digest:
        yield Difference(Reason.POOL_CHANGED, number)
        return  # what it stood on is not what was recorded, so it cannot be drawn again
    if recorded.method not in METHODS:
        yield Difference(Reason.METHOD_UNKNOWN, number, str(recorded.method))
        return
    again = METHODS[recorded.method](recorded.pool, practical_seed(recorded.secret, number)).items
    if differing := _differing(again, recorded.items):
        yield Difference(Reason.ITEMS_ALTERED, number, ", ".join(differing))
    if items_digest(again) != recorded.items_digest:
        yield Difference(Reason.RECORD_ALTERED, number)
    if changed := _changed_sheets(recorded, current):
        yield Difference(Reason.ITEM_CHANGED, number, ", ".join(changed))
    yield from _run_differences(recorded, again)


def announced_differences(announced: Announced, recorded: Sequence[RecordedPractical]) -> Iterator[Difference]:
    """Does what is stored agree with what was announced when it happened, and was it announced in the right order."""
    stored = {one.id: one for one in recorded}
    for missing in sorted(announced.draws.keys() - stored.keys(), key=str):
        yield Difference(Reason.PRACTICAL_MISSING, detail=str(missing))
    for one in recorded:
        promise, drawn = announced.promises.get(one.id), announced.draws.get(one.id)
        if promise is None or drawn is None:
            yield Difference(Reason.PRACTICAL_UNEXPECTED, one.admission_number)
            continue
        if not keeps_promise(one.secret, one.id, promise.text):
            yield Difference(Reason.SECRET_MISMATCH, one.admission_number, "audit")
        if drawn.text != drawn_as_told(one):
            yield Difference(Reason.RECORD_ALTERED, one.admission_number)
        if promise.position is None or drawn.position is None:
            yield Difference(Reason.NOT_SEALED, one.admission_number)
        elif not in_order(promise, drawn):
            yield Difference(Reason.PROMISE_LATE, one.admission_number, "audit")


def _differing(again: Sequence[DrawnItem], stored: Sequence[DrawnItem]) -> list[str]:
    mine, theirs = ({one.subject: one for one in items} for items in (again, stored))
    return sorted(subject for subject in mine.keys() | theirs.keys() if mine.get(subject) != theirs.get(subject))


def _changed_sheets(recorded: RecordedPractical, current: ItemPool | None) -> list[str]:
    now = {} if current is None else {item.code: item.digest for _, items in current.subjects for item in items}
    then = {item.code: item.digest for _, items in recorded.pool.subjects for item in items}
    return sorted(one.item for one in recorded.items if now.get(one.item) != then.get(one.item))


def _run_differences(recorded: RecordedPractical, again: Sequence[DrawnItem]) -> Iterator[Difference]:
    seeds = {one.subject: one.scene_seed for one in again}
    for subject, run in sorted(recorded.runs.items()):
        if run.seed != seeds.get(subject):
            yield Difference(Reason.SCENE_ALTERED, recorded.admission_number, subject)
        if not run.is_score_repeated:
            yield Difference(Reason.SCORE_ALTERED, recorded.admission_number, subject)
