"""Who is on duty: chosen or drawn by lot, never in conflict, relieved with a reason, and checked again afterwards."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from exams.centres import queries as centres
from exams.centres.queries import StaffRow
from exams.centres.rules import DUTY_NAMES, Duty, is_fit, require_fit
from exams.integrity.actions import record_findings
from exams.integrity.errors import NobodyFree
from exams.integrity.queries import candidates_behind_questions, conflicts_in, suspects
from exams.integrity.rules import CANDIDATE, require_none
from exams.sittings import queries
from exams.sittings.actions.planning import SEED_BITS, draw_lot, hold_people
from exams.sittings.errors import SAY_WHY, AlreadyOnDuty, PersonIsBusy
from exams.sittings.events import DutyTakenUp, StaffAssigned, StaffRelieved
from exams.sittings.queries import records
from exams.sittings.rules import State, require_state, shuffled
from exams.sittings.tables import DutyRecord, SittingRecord
from kernel.because import because
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission

ASSIGNABLE = (State.PLANNED, State.CONFIRMED, State.DRAWN, State.OPEN)  # somebody may fall ill in mid-exam
LOOKED_BACK = timedelta(days=90)


@action(needs=Permission.PLAN_SITTINGS)
def assign_staff(work: Work, sitting_id: UUID, *, staff_id: UUID) -> None:
    """Put somebody of the centre's pool on duty.

    Raises:
        NoSuchSitting, StepOutOfOrder, NotInThePool, LeftThePool, CertificateOver, TradeUnknownToExaminer,
        AlreadyOnDuty, PersonIsBusy, StaffInConflict.
    """
    record = records.sitting_record(work, sitting_id)
    require_state(record.state, *ASSIGNABLE)
    staff = centres.staff_member(work, record.centre_id, staff_id)
    hold_people(work, [staff.person_id])
    _require_available(work, record, staff)
    _assign(work, record, staff, None)


@action(needs=Permission.PLAN_SITTINGS)
def assign_by_lot(work: Work, sitting_id: UUID, *, duty: Duty) -> str:
    """Put somebody on duty by lot from those of the pool who may; the name. Raises NobodyFree, StepOutOfOrder."""
    record = records.sitting_record(work, sitting_id)
    require_state(record.state, *ASSIGNABLE)
    pool = centres.pool(work, record.centre_id, duty)
    hold_people(work, [staff.person_id for staff in pool])
    free = sorted(_available(work, record, pool), key=lambda staff: str(staff.id))
    if not free:
        raise NobodyFree(duty=DUTY_NAMES[duty])
    seed = secrets.randbits(SEED_BITS)
    chosen = shuffled(free, seed)[0]
    given = [str(staff.id) for staff in free]
    lot_id = draw_lot(work, record.id, duty.value, seed, given=given, drawn=[str(chosen.id)])
    _assign(work, record, chosen, lot_id)
    return chosen.member.name


@action(needs=Permission.PLAN_SITTINGS)
def relieve_staff(work: Work, sitting_id: UUID, *, person_id: UUID, reason: str) -> None:
    """Somebody is no longer on duty; the reason stays. Raises StepOutOfOrder, ReasonMissing, NotOnDuty."""
    record = records.sitting_record(work, sitting_id)
    require_state(record.state, *ASSIGNABLE)
    said = because(reason, SAY_WHY)
    duty = records.duty_record(work, sitting_id, person_id)
    duty.relieved_at, duty.relieved_because = work.now, said
    work.announce(StaffRelieved(sitting_id=record.id, person_id=person_id, reason=said))


@action(needs=Permission.TAKE_UP_DUTY)
def take_up_duty(work: Work, sitting_id: UUID) -> None:
    """The actor is there and ready. Twice is once. Raises NoSuchSitting, NotOnDuty, StepOutOfOrder, TooEarlyForDuty."""
    record = records.sitting_record(work, sitting_id)
    duty = records.duty_record(work, sitting_id, work.actor.person_id)
    records.as_rules(record).require_duty_time(work.now, records.house_rules())
    if duty.taken_up_at is None:
        duty.taken_up_at = work.now
        work.announce(DutyTakenUp(sitting_id=record.id, person_id=duty.person_id))


@action(needs=Permission.CHECK_CONFLICTS)
def recheck_staff(work: Work) -> None:
    """Look again at the sittings of the last 90 days and to come, and write down what is found.

    A conflict may become known later: an employment entered late, a teacher added to a training proof. Whoever took up
    a duty is looked at also after being relieved of it: what they saw and wrote down before that stands.

    All sittings are asked about at once; only where something may be amiss is one looked at more closely.
    """
    looked_at = {record.id: record for record in records.with_staff(work, work.now - LOOKED_BACK)}
    days = {record.id: shanghai_date(record.starts_at) for record in looked_at.values()}
    for sitting_id in suspects(work, days, queries.people_who_had_duty(work, days)):
        record = looked_at[sitting_id]
        staff = queries.had_duty(work, record.id)
        ground = queries.sitting(work, record.id).ground
        knowing = candidates_behind_questions(work, ground)
        for duties, found in (
            (
                {duty.person_id: duty.duty.value for duty in staff},
                conflicts_in(work, ground, {duty.person_id: duty.name for duty in staff}),
            ),
            ({one.person_id: CANDIDATE for one in knowing}, knowing),
        ):
            record_findings(work, sitting_id=record.id, sitting_code=record.code, duties=duties, found=found)


def _require_available(work: Work, record: SittingRecord, staff: StaffRow) -> None:
    require_fit(staff.member, record.qualification, shanghai_date(record.starts_at))
    if any(duty.person_id == staff.person_id for duty in queries.duties(work, record.id)):
        raise AlreadyOnDuty(name=staff.member.name)
    busy = records.busy_people(work, record)
    if staff.person_id in busy:
        raise PersonIsBusy(name=staff.member.name, code=busy[staff.person_id])
    ground = queries.sitting(work, record.id).ground
    require_none(conflicts_in(work, ground, {staff.person_id: staff.member.name}))


def _available(work: Work, record: SittingRecord, pool: Sequence[StaffRow]) -> list[StaffRow]:
    """Those of the pool for whom `_require_available` has no word, asked at once and not one by one."""
    names = {staff.person_id: staff.member.name for staff in pool}
    kept_away = {duty.person_id for duty in queries.duties(work, record.id)} | records.busy_people(work, record).keys()
    kept_away |= {one.person_id for one in conflicts_in(work, queries.sitting(work, record.id).ground, names)}
    day = shanghai_date(record.starts_at)
    return [
        staff for staff in pool if staff.person_id not in kept_away and is_fit(staff.member, record.qualification, day)
    ]


def _assign(work: Work, record: SittingRecord, staff: StaffRow, lot_id: UUID | None) -> None:
    work.session.add(
        DutyRecord(
            id=new_id(),
            sitting_id=record.id,
            staff_id=staff.id,
            person_id=staff.person_id,
            name=staff.member.name,
            duty=staff.member.duty,
            lot_id=lot_id,
            assigned_at=work.now,
        )
    )
    work.session.flush()
    work.announce(
        StaffAssigned(
            sitting_id=record.id,
            person_id=staff.person_id,
            duty=staff.member.duty.value,
            by_lot=lot_id is not None,
        )
    )
