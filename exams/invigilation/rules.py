"""How a candidate stands in the room, what is wrong there, and the room record. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from exams.attempts.rules import State
from kernel.lasting import canonical_json

HEARD_NOW = timedelta(seconds=20)  # a page that was heard of within it is there
SILENT_AFTER = timedelta(seconds=45)  # three signs of life missed
START_EXPECTED_WITHIN = timedelta(minutes=5)


class Presence(StrEnum):
    """How a candidate stands, from the door to the end."""

    EXPECTED = "expected"
    CHECKED_IN = "checked_in"
    WORKING = "working"
    SUBMITTED = "submitted"
    RUN_OUT = "run_out"
    AT_ITEMS = "at_items"  # of a practical: drawn, and not signed by all
    FINISHED = "finished"  # a practical
    ENDED = "ended"
    ANNULLED = "annulled"


class Practical(StrEnum):
    """How far a candidate of a practical has come. Nobody begins at a machine there, and nobody is late for it."""

    WAITING = "waiting"
    AT_ITEMS = "at_items"
    FINISHED = "finished"


class Trouble(StrEnum):
    """What an invigilator should see at once, the worst first."""

    BREACH = "breach"  # proposed, waits for the second invigilator
    SILENT = "silent"  # nothing heard from the machine
    NO_DESK = "no_desk"  # the paper was taken from its place and is not open at another
    NOT_STARTED = "not_started"  # checked in, the exam runs, and nothing happens


class NoteKind(StrEnum):
    """What a line of the room record is about."""

    OPENED = "opened"
    LET_IN = "let_in"
    MOVED = "moved"
    TIME_GIVEN = "time_given"
    BREACH_PROPOSED = "breach_proposed"
    BREACH = "breach"
    BREACH_DISMISSED = "breach_dismissed"
    INCIDENT = "incident"
    CLOSED = "closed"
    ANNULLED = "annulled"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What decides how one candidate stands. `heard_at` is the last sign of life of the page, or of a saved answer."""

    is_checked_in: bool
    state: State | None = None
    started_at: datetime | None = None
    heard_at: datetime | None = None
    is_desk_free: bool = False
    is_breach_proposed: bool = False
    is_sent_out: bool = False
    practical: Practical | None = None  # None in a theory sitting

    @property
    def presence(self) -> Presence:
        """Where the candidate is on the way. A breach ends it for those who have not begun or handed in as well."""
        if self.is_sent_out:
            return Presence.ENDED
        if self.practical in (Practical.AT_ITEMS, Practical.FINISHED):
            return Presence(self.practical.value)
        if self.state is not None:
            return Presence.WORKING if self.state is State.OPEN else Presence(self.state.value)
        return Presence.CHECKED_IN if self.is_checked_in else Presence.EXPECTED

    def is_lagging(self, now: datetime) -> bool:
        """Whether the page of somebody who works is overdue, so that it is told for how long already."""
        is_working = self.presence is Presence.WORKING
        return is_working and self.heard_at is not None and now >= self.heard_at + HEARD_NOW

    def troubles(self, *, opened_at: datetime | None, now: datetime) -> tuple[Trouble, ...]:
        """What is wrong with a candidate of a sitting that was opened at `opened_at`."""
        is_working, is_waiting = self.presence is Presence.WORKING, self.presence is Presence.CHECKED_IN
        begins_by = opened_at + START_EXPECTED_WITHIN if opened_at is not None and self.practical is None else None
        heard = max((moment for moment in (self.heard_at, self.started_at) if moment is not None), default=now)
        found = {
            Trouble.BREACH: self.is_breach_proposed,
            Trouble.SILENT: is_working and not self.is_desk_free and now > heard + SILENT_AFTER,
            Trouble.NO_DESK: is_working and self.is_desk_free,
            Trouble.NOT_STARTED: is_waiting and begins_by is not None and now > begins_by,
        }
        return tuple(trouble for trouble, is_there in found.items() if is_there)


@dataclass(frozen=True, slots=True)
class RoomNote:
    """One line of the room record. `facts` by kind: see the table."""

    at: datetime
    kind: NoteKind
    text: str
    facts: Mapping[str, Any]
    by_person_id: UUID
    registration_id: UUID | None


def record_digest(notes: Iterable[RoomNote]) -> str:
    """SHA-256 over every line but the signatures, in hexadecimal: what an invigilator's signature covers."""
    digest = hashlib.sha256()
    for note in notes:
        if note.kind is not NoteKind.SIGNED:
            who = [str(note.by_person_id), str(note.registration_id or "")]
            line = [note.at.isoformat(), note.kind.value, note.text, dict(note.facts), *who]
            digest.update(canonical_json(line) + b"\n")
    return digest.hexdigest()
