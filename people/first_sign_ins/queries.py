"""How it stands with the first sign-ins of the organisations within the actor's scope."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel import tasks
from kernel.tasks import Task
from kernel.work import Reading
from people.accounts.queries import organisations_acted_for, organisations_with
from people.codes import queries as codes
from people.first_sign_ins.rules import FIRST_ROLES, State, state_of
from people.messages.queries import standings_of_codes
from people.messages.rules import Standing
from people.organisations.queries import (
    Organisation,
    all_organisations,
    organisation,
    organisation_in_scope,
    organisations_to_reach,
)

FIRST_SIGN_INS = "people.first_sign_ins"  # the kind of task; it stands in the database


@dataclass(frozen=True, slots=True)
class FirstSignIn:
    """How it stands with that of one organisation."""

    organisation: Organisation
    state: State
    standing: Standing | None
    asked_at: datetime | None
    good_until: datetime | None


def first_sign_ins(reading: Reading) -> tuple[FirstSignIn, ...]:
    """Those of all organisations within the actor's scope whose first person may come in so, by name."""
    return _standing(reading, [each for each in all_organisations(reading) if each.kind in FIRST_ROLES])


def first_sign_in(reading: Reading, organisation_id: UUID) -> FirstSignIn:
    """That of one organisation within the actor's scope. Raises OrganisationUnknown."""
    return _standing(reading, [organisation_in_scope(reading, organisation_id)])[0]


def counts(found: Sequence[FirstSignIn]) -> Counter[State]:
    """How many stand how."""
    return Counter(each.state for each in found)


def to_reach(reading: Reading, *, most: int | None = None) -> tuple[Organisation, ...]:
    """The organisations to which a first sign-in was never sent, and for which nobody signs in."""
    besides = (codes.asked_of(), organisations_acted_for(FIRST_ROLES.values()))
    return organisations_to_reach(reading, FIRST_ROLES.keys(), besides, most=most)


def meant_by(reading: Reading, typed: str) -> Organisation | None:
    """The organisation for which a code that somebody typed is good. Open to whoever has the code."""
    found = codes.good_first_sign_in(reading, typed)
    return organisation(reading, found.of) if found else None


def sending_task(reading: Reading, task_id: UUID) -> Task:
    """The task that sends, or sent, the first sign-ins of the actor's own office. Raises NoSuchTask."""
    return tasks.task(reading, task_id, kind=FIRST_SIGN_INS, about=reading.actor.organisation_id)


def sending_tasks(reading: Reading) -> tuple[Task, ...]:
    """Of the own office's latest those that are under way or have failed."""
    found = tasks.lately(reading, kind=FIRST_SIGN_INS, about=reading.actor.organisation_id)
    return tuple(each for each in found if each.outcome is None)


def _standing(reading: Reading, wanted: Sequence[Organisation]) -> tuple[FirstSignIn, ...]:
    ids = [each.id for each in wanted]
    have = organisations_with(reading, FIRST_ROLES.values(), ids)
    asked = codes.latest(reading, ids)
    standings = standings_of_codes(reading, [each.id for each in asked.values()])
    return tuple(_one(reading, each, asked.get(each.id), standings, has=each.id in have) for each in wanted)


def _one(
    reading: Reading, each: Organisation, code: codes.Sent | None, standings: dict[UUID, Standing], *, has: bool
) -> FirstSignIn:
    code = None if code is None or code.is_spent else code
    standing = standings.get(code.id) if code else None
    until = code.good_until if code else None
    state = state_of(
        has_somebody=has,
        has_telephone=each.phone is not None,
        standing=standing,
        is_asked=code is not None,
        until=until,
        now=reading.now,
    )
    return FirstSignIn(each, state, standing, code.asked_at if code else None, until)
