"""Work: one deed, one transaction, and the facts it announces.

`Workplace.transaction(actor, face)` is the only place that commits. Leaving it normally writes the audit rows and the
deliveries of announced facts and commits them together with the deed; an exception rolls all of it back. Inside it an
action that raises undoes the whole work, so a page may catch the refusal and show the form again without keeping half.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from kernel.actor import Actor
from kernel.audit import NOTE_FORMAT, write_rows
from kernel.clock import Clock
from kernel.db import Engines
from kernel.errors import N_, Forbidden, Problem
from kernel.events import Event, Wiring, as_json
from kernel.faces import Face
from kernel.hands import hands
from kernel.ids import new_id
from kernel.keys import Keyring
from kernel.notify import tell
from kernel.settings import DEFAULT_SITE, Settings
from kernel.store import Stores, StoresOfFace
from kernel.tables import AuditRecord, DeliveryRecord


class Reading:
    """A look at the data: a session, who looks, when, through which face, with which keys and stores of files."""

    def __init__(
        self,
        *,
        session: Session,
        actor: Actor,
        now: datetime,
        face: Face,
        keys: Keyring,
        stores: StoresOfFace,
        site: str = DEFAULT_SITE,
    ) -> None:
        self.session = session
        self.actor = actor
        self.now = now
        self.face = face
        self.keys = keys
        self.stores = stores
        self.site = site


class Work(Reading):
    """A deed under way. Announce what became true; never commit."""

    def __init__(
        self,
        *,
        session: Session,
        actor: Actor,
        now: datetime,
        face: Face,
        keys: Keyring,
        stores: StoresOfFace,
        site: str = DEFAULT_SITE,
    ) -> None:
        super().__init__(session=session, actor=actor, now=now, face=face, keys=keys, stores=stores, site=site)
        self.is_undone = False
        self.in_confirmation: str | None = None  # the deed by two people that is being done; kernel/two_people sets it
        self.announced: list[Event] = []
        self._notes: list[tuple[str, UUID | None, int, dict[str, Any]]] = []

    def announce(self, event: Event) -> None:
        """State a fact: it is audited and delivered to those who react, if and when this work is committed."""
        self.announced.append(event)
        self._notes.append((event.NAME, event.subject, event.FORMAT, as_json(event)))

    def note(self, name: str, *, subject: UUID | None = None, **facts: str | int | bool | Sequence[str] | None) -> None:
        """Write an audit row for something looked at or tried, which nobody reacts to."""
        self._notes.append((name, subject, NOTE_FORMAT, dict(facts)))

    def undo(self) -> None:
        """Forget everything done so far; nothing of this work will be committed."""
        self.session.rollback()
        self.is_undone = True
        self.announced.clear()
        self._notes.clear()

    def audit_rows(self) -> list[AuditRecord]:
        """The audit rows of this work; they get number and proof when they are written."""
        return [self._audit_row(*note) for note in self._notes]

    def _audit_row(self, name: str, subject: UUID | None, fact_format: int, facts: dict[str, Any]) -> AuditRecord:
        return AuditRecord(
            id=new_id(),
            site=self.site,
            at=self.now,
            face=self.face.value,
            actor_account=self.actor.account_id,
            actor_person=self.actor.person_id,
            actor_name=self.actor.name,
            name=name,
            subject=subject,
            fact_format=fact_format,
            facts=facts,
        )


P = ParamSpec("P")
R = TypeVar("R")

OPEN_TO_ALL = "open to all"
PLATFORM_ONLY = "the platform itself"  # no role holds it: reactions and periodic deeds, never a person
ACTIONS: dict[str, str] = {}
BY_TWO: dict[str, str] = {}  # action -> the deed by two people that it belongs to


class TakesTwoPeople(Forbidden):
    """A page or a job that wants to do alone what one person prepares and another confirms."""

    sentence = N_("This is prepared by one person and confirmed by another.")


def action(
    *, needs: str, by_two: str | None = None
) -> Callable[[Callable[Concatenate[Work, P], R]], Callable[Concatenate[Work, P], R]]:
    """Declare a deed and the permission it takes (`OPEN_TO_ALL` for the few that take none).

    Web pages, the worker and the command line all pass here, so none of them can forget to ask. With `by_two` it is
    done only as part of that deed, once that was prepared and confirmed (`kernel.two_people`); even by the platform.
    """

    def declare(deed: Callable[Concatenate[Work, P], R]) -> Callable[Concatenate[Work, P], R]:
        ACTIONS[f"{deed.__module__}.{deed.__name__}"] = needs
        if by_two is not None:
            BY_TWO[f"{deed.__module__}.{deed.__name__}"] = by_two

        @functools.wraps(deed)
        def guarded(work: Work, *args: P.args, **kwargs: P.kwargs) -> R:
            if needs != OPEN_TO_ALL and not work.actor.may(needs):
                work.undo()
                raise Forbidden
            if by_two is not None and work.in_confirmation != by_two:
                work.undo()
                raise TakesTwoPeople
            if work.is_undone:
                raise WorkIsOver
            try:
                return deed(work, *args, **kwargs)
            except Exception:
                work.undo()
                raise

        return cast(Callable[Concatenate[Work, P], R], guarded)

    return declare


class OutcomeUnknown(Problem):
    """The answer to a commit was lost: the deed may be done or not. Whatever is idempotent may just be done again."""

    sentence = N_(
        "The connection to the database broke off at the last moment. It is not known whether this was done; look "
        "before you repeat it."
    )


NO_ANSWER = ("08", "57P")  # SQLSTATEs of a connection that is gone, and of a server that is ending


def _commit(session: Session) -> None:
    """Commit. What PostgreSQL refuses was rolled back; where it gave no answer, nobody can know.

    Raises:
        OutcomeUnknown, and what PostgreSQL refused with.
    """
    try:
        session.commit()
    except DBAPIError as fault:
        state = getattr(fault.orig, "sqlstate", None)
        if state is None or state.startswith(NO_ANSWER):
            raise OutcomeUnknown from fault
        raise


class WorkIsOver(RuntimeError):
    """An action after a refused one in the same work: nothing of it would be kept, and nobody would be told."""


class Workplace:
    """What a process works with: settings, clock, one engine a face, keys, and who reacts to what."""

    def __init__(self, *, settings: Settings, engines: Engines, wiring: Wiring, clock: Clock | None = None) -> None:
        self.settings = settings
        self.engines = engines
        self.wiring = wiring
        self.clock = clock or Clock()
        self._stores = Stores(settings)

    def keys(self, face: Face) -> Keyring:
        """The keys that `face` holds on this machine."""
        return Keyring(self.settings.keys_folder, face)

    def stores(self, face: Face) -> StoresOfFace:
        """The stores of files that `face` may touch."""
        return self._stores.as_face(face)

    @contextmanager
    def reading(self, actor: Actor, face: Face) -> Iterator[Reading]:
        """Look, in a read-only transaction.

        Like `transaction` it takes a connection with its first statement only. Taken earlier, a page that waits for a
        thread would hold one, while all threads wait for connections.
        """
        engine = self.engines.of(face).execution_options(postgresql_readonly=True)
        with Session(engine, expire_on_commit=False) as session, hands().holding(session):
            yield Reading(
                session=session,
                actor=actor,
                now=self.clock.now(),
                face=face,
                keys=self.keys(face),
                stores=self.stores(face),
                site=self.settings.site,
            )

    @contextmanager
    def transaction(self, actor: Actor, face: Face) -> Iterator[Work]:
        """Do a deed: commit at the end with its audit rows and deliveries, or roll everything back."""
        with Session(self.engines.of(face), expire_on_commit=False) as session, hands().holding(session):
            work = Work(
                session=session,
                actor=actor,
                now=self.clock.now(),
                face=face,
                keys=self.keys(face),
                stores=self.stores(face),
                site=self.settings.site,
            )
            yield work
            if work.is_undone:
                session.rollback()
                return
            self.write_down(work)
            _commit(session)

    def write_down(self, work: Work) -> None:
        """Write deliveries and audit rows of a work into its session, and say its hints; part of `transaction`.

        Raises:
            ClockApart, and what a constraint refuses.
        """
        for event in work.announced:
            for reaction in self.wiring.reactions_to(event):
                work.session.add(
                    DeliveryRecord(
                        id=new_id(),
                        role=reaction.face.role,
                        reaction=reaction.name,
                        event=event.NAME,
                        format=event.FORMAT,
                        facts=as_json(event),
                        created_at=work.now,
                        run_after=work.now,
                        tries=0,
                    )
                )
            for hint in self.wiring.hints_of(event):
                tell(work.session, hint.channel, hint.about(event))
        work.session.flush()  # constraints speak before the commit, so that a refusal can still be told apart
        write_rows(work.session, work.keys, work.audit_rows())  # last: from here on the others of this face wait
