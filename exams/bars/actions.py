"""Every write about bars."""

from datetime import date
from uuid import UUID

from exams.bars import queries
from exams.bars.events import BarLifted, PersonBarred
from exams.bars.rules import BarId, BarState, Ground, Held, require_liftable, require_settable
from exams.bars.tables import BarLiftRecord, BarRecord
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts import queries as accounts
from people.accounts.errors import NoSuchPerson
from people.appointments.queries import require_within
from people.regions.rules import place_beginning


@action(needs=Permission.KEEP_BARS)
def bar_person(work: Work, *, person_id: UUID, until: date, reason: str, ground: Ground = Ground.OTHER) -> BarId:
    """No exams for a person until a day, that day included.

    Raises:
        NoSuchPerson (also for people of elsewhere), ReasonMissing, BarEndsBeforeItBegins, BarTooLong.
    """
    today = shanghai_date(work.now)
    if accounts.person(work, person_id) is None:
        raise NoSuchPerson
    require_within(work, person_id)
    said = require_settable(until=until, reason=reason, today=today)
    bar = BarRecord(
        id=new_id(),
        person_id=person_id,
        ground=ground,
        reason=said,
        begins=today,
        until=until,
        recorded_at=work.now,
        recorded_by=work.actor.person_id,
        region_code=place_beginning(work.actor.scope.region),
    )
    work.session.add(bar)
    work.session.flush()
    work.announce(PersonBarred(bar_id=bar.id, person_id=person_id, until=until, ground=ground.value, reason=bar.reason))
    return BarId(bar.id)


@action(needs=Permission.KEEP_BARS)
def lift_bar(work: Work, *, bar_id: UUID, reason: str) -> None:
    """A bar ends today, for a reason; that it was set stays on record.

    Raises:
        NoSuchBar, BarIsLifted, BarIsOver, ReasonMissing.
    """
    bar = queries.bar(work, bar_id)
    held = Held(bar.until, bar.state is BarState.LIFTED)
    said = require_liftable(held, reason=reason, today=shanghai_date(work.now))
    work.session.add(BarLiftRecord(bar_id=bar.id, reason=said, lifted_at=work.now, lifted_by=work.actor.person_id))
    work.session.flush()
    work.announce(BarLifted(bar_id=bar.id, person_id=bar.person_id, reason=said))
