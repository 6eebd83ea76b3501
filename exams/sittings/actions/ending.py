"""A sitting that comes to nothing: called off before it was opened, or annulled afterwards. Always as a whole.

There is no such deed for one candidate: whoever could take back a single exam could take back the one that went badly.
"""

from uuid import UUID

from exams.registrations import actions as registering
from exams.registrations import queries as registrations
from exams.registrations.rules import State as RegistrationState
from exams.sittings.errors import OwnSitting
from exams.sittings.events import SittingAnnulled, SittingCalledOff
from exams.sittings.queries import records
from exams.sittings.rules import State, reason_for_candidates
from exams.sittings.tables import SittingRecord
from kernel.work import Work, action
from people.access.rules import Permission


@action(needs=Permission.PLAN_SITTINGS)
def call_off_sitting(work: Work, sitting_id: UUID, *, reason: str) -> int:
    """End a sitting that was not opened; how many candidates wait again, each in the old place of the queue.

    Room, seats and staff are free. What was drawn stays on record, and its secret can be published.

    Raises:
        NoSuchSitting, ReasonMissing, OffAlready, OpenedAlready, ReleasedAlready.
    """
    because = reason_for_candidates(reason)
    record = records.sitting_record(work, sitting_id)
    waiting = _end(work, record, records.as_rules(record).call_off(), because)
    work.announce(SittingCalledOff(sitting_id=record.id, candidates=waiting, reason=because))
    return waiting


@action(needs=Permission.ANNUL_SITTINGS)
def annul_sitting(work: Work, sitting_id: UUID, *, reason: str) -> int:
    """End a sitting that was opened so that it counts for nobody; how many candidates wait again.

    Whoever calls has made sure that nobody works any more (exams/invigilation).

    Raises:
        NoSuchSitting, ReasonMissing, OffAlready, NeverOpened, ReleasedAlready.
        OwnSitting: nobody rids themselves of an exam that went badly.
    """
    because = reason_for_candidates(reason)
    record = records.sitting_record(work, sitting_id)
    state = records.as_rules(record).annul()
    if any(row.person_id == work.actor.person_id for row in registrations.seated(work, sitting_id)):
        raise OwnSitting
    waiting = _end(work, record, state, because)
    work.announce(SittingAnnulled(sitting_id=record.id, candidates=waiting, reason=because))
    return waiting


def _end(work: Work, record: SittingRecord, state: State, because: str) -> int:
    record.state, record.off_at, record.off_because = state, work.now, because
    record.off_by = work.actor.person_id
    work.session.flush()
    seated = [row for row in registrations.seated(work, record.id) if row.state is RegistrationState.SEATED]
    for row in seated:
        registering.void_registration(work, registration_id=row.id)
    return len(seated)
