"""Before the candidate works: the practical is opened, its secret promised, its items drawn once."""

import secrets
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select

from exams.centres.rules import Duty
from exams.integrity.queries import conflicts_in
from exams.integrity.rules import require_none
from exams.papers.rules import SECRET_BYTES, commitment
from exams.practicals import queries
from exams.practicals.errors import (
    SAY_WHY,
    AlreadyDrawn,
    ExaminersAreOne,
    ExaminersMissing,
    ExaminersNotThere,
    NoSuchPractical,
    NotToExamine,
    PromiseTooFresh,
    SheetsCarrySignatures,
    SittingNotOpen,
)
from exams.practicals.events import ExaminerReplaced, PracticalDrawn, PracticalOpened
from exams.practicals.queries import Practical
from exams.practicals.rules import (
    METHOD,
    SHORTEST_REASON,
    ItemPool,
    draw,
    items_digest,
    practical_seed,
    require_going_on,
)
from exams.practicals.tables import (
    PracticalDrawRecord,
    PracticalExaminerRecord,
    PracticalItemRecord,
    PracticalRecord,
)
from exams.registrations import queries as registrations
from exams.sittings import queries as sittings
from exams.sittings.rules import State
from exams.standards.rules import Part
from kernel import sealed
from kernel.because import because
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.keys import PAPERS
from kernel.law import Region
from kernel.locks import hold
from kernel.work import Work, action
from people.access.rules import Permission

PLACES = 2
SEALED_AS = "practical_secret"


def lock(work: Work, of: UUID) -> None:
    """One deed at a time on one practical, until this work ends; two taps of two examiners wait for each other."""
    hold(work.session, f"exams.practicals:{of}")


def secret_of(work: Work, practical_id: UUID) -> bytes:
    """The secret of the draw, unsealed. Raises KeyNotHeld outside the examination face."""
    return sealed.opened(work, PAPERS, SEALED_AS, practical_id)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who sits the practical, as the registration and its sitting say."""

    registration_id: UUID
    sitting_id: UUID
    person_id: UUID
    name: str
    admission_number: str
    qualification: str
    attempt: int
    held_on: date
    region: Region | None = None  # of the centre


@action(needs=Permission.ARRANGE_PRACTICAL)
def open_practicals(work: Work, sitting_id: UUID) -> int:
    """Open the practicals of everybody who has checked in to an open practical sitting; how many there are now.

    Its first two examiners who have taken up their duty examine: their conflicts were checked when they were assigned
    and again when the sitting was opened. Called again for late arrivals, it leaves those that are open as they are.

    Raises:
        NoSuchSitting, SittingNotOpen, ExaminersMissing, ExaminersNotThere.
    """
    sitting = sittings.sitting(work, sitting_id)
    if sitting.part is not Part.PRACTICAL or sitting.state is not State.OPEN:
        raise SittingNotOpen
    first, second = _examiners_there(work, sitting_id)
    present = [row for row in registrations.seated(work, sitting_id) if row.attended_at and row.admission_number]
    for row in present:
        candidate = Candidate(
            registration_id=row.id,
            sitting_id=sitting_id,
            person_id=row.person_id,
            name=row.name,
            admission_number=row.admission_number or "",
            qualification=row.qualification,
            attempt=row.attempt,
            held_on=shanghai_date(sitting.starts_at),
            region=sitting.room.centre.region,
        )
        open_practical(work, candidate, (first, second))
    return len(present)


def _examiners_there(work: Work, sitting_id: UUID) -> tuple[queries.Examiner, queries.Examiner]:
    assigned = [one for one in sittings.duties(work, sitting_id) if one.duty is Duty.EXAMINER]
    there = [queries.Examiner(one.person_id, one.name) for one in assigned if one.taken_up_at is not None]
    if len(assigned) < PLACES:
        raise ExaminersMissing
    if len(there) < PLACES:
        raise ExaminersNotThere(names="、".join(one.name for one in assigned if one.taken_up_at is None))
    return there[0], there[1]


@action(needs=Permission.ARRANGE_PRACTICAL)
def open_practical(work: Work, candidate: Candidate, examiners: tuple[queries.Examiner, queries.Examiner]) -> UUID:
    """Open the practical of a seated candidate with its two examiners, and promise the secret of its draw.

    The examiners are those on duty in the sitting, whose conflicts were checked when they were assigned. One practical
    a registration: opening it again gives the one there is, so that nobody can draw until the items please.

    Raises:
        ExaminersAreOne, NoStandard.
    """
    lock(work, candidate.registration_id)
    there = work.session.scalar(
        select(PracticalRecord.id).where(PracticalRecord.registration_id == candidate.registration_id)
    )
    if there is not None:
        return there
    if examiners[0].person_id == examiners[1].person_id:
        raise ExaminersAreOne
    standard = queries.standard_for(candidate.qualification, candidate.held_on, candidate.region)
    practical_id, secret = new_id(), secrets.token_bytes(SECRET_BYTES)
    promise = commitment(secret, practical_id)
    record = PracticalRecord(
        id=practical_id,
        registration_id=candidate.registration_id,
        sitting_id=candidate.sitting_id,
        person_id=candidate.person_id,
        name=candidate.name,
        admission_number=candidate.admission_number,
        qualification=candidate.qualification,
        attempt=candidate.attempt,
        standard_version=standard.version,
        held_on=candidate.held_on,
        commitment=promise,
        opened_at=work.now,
    )
    work.session.add(record)
    sealed.keep(work, PAPERS, SEALED_AS, practical_id, secret)
    work.session.flush()
    for place, one in enumerate(examiners, 1):
        work.session.add(
            PracticalExaminerRecord(
                practical_id=practical_id, place=place, turn=1, person_id=one.person_id, name=one.name, because=""
            )
        )
    work.session.flush()
    work.announce(
        PracticalOpened(
            sitting_id=candidate.sitting_id,
            practical_id=practical_id,
            registration_id=candidate.registration_id,
            person_id=candidate.person_id,
            admission_number=candidate.admission_number,
            qualification=candidate.qualification,
            standard_version=standard.version,
            examiner_ids=tuple(one.person_id for one in examiners),
            commitment=promise,
        )
    )
    return practical_id


@action(needs=Permission.ARRANGE_PRACTICAL)
def replace_examiner(work: Work, practical_id: UUID, *, place: int, person_id: UUID, reason: str) -> None:
    """Somebody else on duty takes an examiner's place, with sheets of their own; the former's count no more.

    Once anything is signed the examiners stay: the candidate signed what these two wrote.

    Raises:
        NoSuchPractical, ReasonMissing, PracticalIsOver, SheetsCarrySignatures, NotToExamine, StaffInConflict.
    """
    lock(work, practical_id)
    practical = queries.practical(work, practical_id)
    if place not in practical.examiners:
        raise NoSuchPractical
    said = because(reason, SAY_WHY, least=SHORTEST_REASON)
    require_going_on(is_over=practical.is_over)
    if any(state.signatures for state in practical.items.values()):
        raise SheetsCarrySignatures
    found = [one for one in queries.substitutes(work, practical) if one.person_id == person_id]
    if not found:
        raise NotToExamine
    ground = sittings.sitting(work, practical.sitting_id).ground
    require_none(conflicts_in(work, ground, {person_id: found[0].name}))
    work.session.add(
        PracticalExaminerRecord(
            practical_id=practical_id,
            place=place,
            turn=_turns(work, practical_id) + 1,
            person_id=person_id,
            name=found[0].name,
            because=said,
        )
    )
    work.session.flush()
    work.announce(
        ExaminerReplaced(
            sitting_id=practical.sitting_id,
            practical_id=practical_id,
            place=place,
            former_id=practical.examiners[place].person_id,
            examiner_id=person_id,
            reason=said,
        )
    )


def _turns(work: Work, practical_id: UUID) -> int:
    wanted = select(func.max(PracticalExaminerRecord.turn)).where(PracticalExaminerRecord.practical_id == practical_id)
    return work.session.scalar(wanted) or 0


@action(needs=Permission.ARRANGE_PRACTICAL)
def draw_items(work: Work, practical_id: UUID) -> Practical:
    """Draw one item of each subject, once.

    Must come in a later work than the opening, so that the promise is in the audit before anything is drawn.

    Raises:
        NoSuchPractical, PracticalIsOver, AlreadyDrawn, PromiseTooFresh.
    """
    lock(work, practical_id)
    practical = queries.practical(work, practical_id)
    require_going_on(is_over=practical.is_over and not practical.items)
    if practical.items:
        raise AlreadyDrawn
    if practical.opened_at >= work.now:
        raise PromiseTooFresh
    pool = ItemPool.of(practical.standard)
    drawn = draw(pool, practical_seed(secret_of(work, practical_id), practical.admission_number)).items
    record = PracticalDrawRecord(
        practical_id=practical_id,
        method=METHOD,
        pool=pool.as_json(),
        pool_digest=pool.digest(),
        items_digest=items_digest(drawn),
        drawn_at=work.now,
    )
    work.session.add(record)
    for one in drawn:
        seed = None if one.scene_seed is None else Decimal(one.scene_seed)
        work.session.add(
            PracticalItemRecord(practical_id=practical_id, subject=one.subject, item=one.item, scene_seed=seed)
        )
    work.session.flush()
    work.announce(
        PracticalDrawn(
            sitting_id=practical.sitting_id,
            practical_id=practical_id,
            person_id=practical.person_id,
            items=tuple(one.item for one in drawn),
            items_digest=record.items_digest,
            pool_digest=record.pool_digest,
        )
    )
    return queries.practical(work, practical_id)
