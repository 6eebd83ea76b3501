"""When somebody is withdrawn from a course, or leaves it."""

from kernel.work import Work
from training.enrolments.events import PersonWithdrawn
from training.study import queries
from training.study.actions import end_live_session
from training.study.rules import Ended


def person_withdrawn(work: Work, event: PersonWithdrawn) -> None:
    """Stop the clock of a lesson of that course that is open at the moment."""
    live = queries.live_session(work, event.person_id)
    if live is not None and live.enrolment_id == event.enrolment_id:
        end_live_session(work, event.person_id, Ended.WITHDRAWN)
