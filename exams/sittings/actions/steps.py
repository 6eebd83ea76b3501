"""The steps of a sitting, from confirmed to released."""

from uuid import UUID

from exams.centres import queries as centres
from exams.centres.rules import Duty
from exams.papers import actions as drawing
from exams.papers import queries as papers
from exams.papers.actions import Admission, Progress
from exams.registrations import queries as registrations
from exams.sittings import queries
from exams.sittings.actions.planning import require_nobody_knows, require_staff_free
from exams.sittings.errors import RoomIsNeeded
from exams.sittings.events import SittingClosed, SittingConfirmed, SittingDrawn, SittingOpened, SittingReleased
from exams.sittings.queries import records
from exams.sittings.rules import OFF, State, require_state
from exams.sittings.tables import SittingRecord
from exams.standards.rules import RELEASE, Part, frozen_standard
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.PLAN_SITTINGS)
def confirm_sitting(work: Work, sitting_id: UUID) -> None:
    """Seats and staff stand; tickets can be had; the secret of the papers is promised in the audit.

    Raises:
        NoSuchSitting, StepOutOfOrder, NobodySeated, StaffMissing, StaffInConflict, CandidatesMadeQuestions.
    """
    record = records.sitting_record(work, sitting_id)
    on_duty = queries.duties(work, sitting_id)
    seated = registrations.seated(work, sitting_id)
    record.state = records.as_rules(record).confirm(
        seated=len(seated),
        invigilators=sum(duty.duty is Duty.INVIGILATOR for duty in on_duty),
        examiners=sum(duty.duty is Duty.EXAMINER for duty in on_duty),
    )
    require_staff_free(work, record)
    require_nobody_knows(work, record)
    record.confirmed_at = work.now
    if record.part is Part.THEORY:
        drawing.commit_secret(work, sitting_id)  # each practical has a secret of its own, see exams/practicals
    work.announce(SittingConfirmed(sitting_id=record.id, candidates=len(seated)))


@action(needs=Permission.DRAW_PAPERS)
def draw_sitting(work: Work, sitting_id: UUID, *, progress: Progress = lambda _done, _whole: None) -> None:
    """Draw a paper for every seated candidate. A practical has none: its items are drawn when it is held.

    Must come in a later work than the confirmation, so that the promise is in the audit before anything is drawn.

    Raises:
        NoSuchSitting, StepOutOfOrder, SecretNotCommitted, PoolTooSmall.
        CandidatesMadeQuestions: the pool may have grown since the seats were given; it is the drawn one that counts.
    """
    record = records.sitting_record(work, sitting_id)
    record.state = records.as_rules(record).draw()
    if record.part is Part.THEORY:
        admissions = [
            Admission(row.admission_number, row.person_id)
            for row in registrations.seated(work, sitting_id)
            if row.admission_number
        ]
        blueprint = papers.blueprint(frozen_standard(record.standard)["blueprint"])
        drawing.draw_papers(work, sitting_id, blueprint=blueprint, admissions=admissions, progress=progress)
        require_nobody_knows(work, record)
    record.drawn_at = work.now
    work.announce(SittingDrawn(sitting_id=record.id))


@action(needs=Permission.OPEN_SITTINGS)
def open_sitting(work: Work, sitting_id: UUID) -> None:
    """An invigilator on duty lets the candidates begin. Conflicts of the staff are looked for once more.

    A candidate who made the questions does not hold the others up here: nobody passes the door who did (check_in).

    Raises:
        NoSuchSitting, NotOnDuty, StepOutOfOrder, TooEarlyToOpen, TooLateToOpen, PapersMissing, StaffNotThere,
        StaffInConflict, RoomIsNeeded.
    """
    record = records.sitting_record(work, sitting_id)
    queries.require_on_duty(work, sitting_id, Duty.INVIGILATOR)
    present = [duty for duty in queries.duties(work, sitting_id) if duty.taken_up_at is not None]
    record.state = records.as_rules(record).open(
        now=work.now,
        house=records.house_rules(),
        present=sum(duty.duty is Duty.INVIGILATOR for duty in present),
        without_paper=queries.without_paper(work, queries.sitting(work, sitting_id)),
    )
    require_staff_free(work, record)
    _take_room_from_now_on(work, record)
    record.opened_at = work.now
    work.announce(SittingOpened(sitting_id=record.id))


def _take_room_from_now_on(work: Work, record: SittingRecord) -> None:
    """A sitting that opens late ends as much later, and must not find the next one's candidates at the door.

    The time between two sittings may be used up by it. Raises RoomIsNeeded.
    """
    block = record.ends_at - record.starts_at
    ends_at = max(record.ends_at, work.now + block)
    centres.lock_room(work, record.room_id)  # whoever plans in this room sees the end that holds
    for other in records.overlapping(work, record.starts_at, ends_at, without=record.id):
        if other.room_id == record.room_id and record.starts_at < other.starts_at < ends_at:
            raise RoomIsNeeded(ends=ends_at, code=other.code, starts=other.starts_at)
    record.ends_at = ends_at


@action(needs=Permission.OPEN_SITTINGS)
def close_sitting(work: Work, sitting_id: UUID) -> None:
    """Nobody works any more. Whoever calls has made sure of it (exams/invigilation).

    Raises:
        NoSuchSitting, NotOnDuty, StepOutOfOrder.
    """
    record = records.sitting_record(work, sitting_id)
    queries.require_on_duty(work, sitting_id, Duty.INVIGILATOR)
    record.state = records.as_rules(record).close()
    record.closed_at = work.now
    work.announce(SittingClosed(sitting_id=record.id))


@action(needs=Permission.RELEASE_RESULTS, by_two=RELEASE)
def mark_released(work: Work, sitting_id: UUID, *, results: int) -> None:
    """The last step, taken by exams/results with the release itself. Raises NoSuchSitting, StepOutOfOrder."""
    record = records.sitting_record(work, sitting_id)
    record.state = records.as_rules(record).release()
    record.released_at = work.now
    work.announce(SittingReleased(sitting_id=record.id, results=results))


@action(needs=Permission.REVEAL_SECRETS)
def reveal_sitting(work: Work, sitting_id: UUID) -> str:
    """Publish the secret of a sitting that is over or called off, so that anybody can derive its papers again.

    Raises:
        NoSuchSitting, StepOutOfOrder.
    """
    record = records.sitting_record(work, sitting_id)
    require_state(record.state, State.CLOSED, State.RELEASED, *OFF)
    return drawing.reveal_secret(work, sitting_id)
