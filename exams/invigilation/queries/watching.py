"""Rooms that are watched: read whole now and then, and followed in between by one small statement for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from exams.attempts import queries as attempting
from exams.attempts.queries import Pulse
from exams.invigilation.queries import InRoom, room
from exams.invigilation.rules import Candidate
from exams.sittings import queries as sittings
from exams.sittings.errors import NoSuchSitting
from exams.sittings.queries import DutyRow, SittingRow
from exams.sittings.rules import State
from exams.standards.rules import Part
from kernel.work import Reading


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody in a room that is watched: where, how they stand, and how far their paper has come."""

    seat: int
    stands: Candidate
    answered: int
    last: int

    @property
    def has_begun(self) -> bool:
        """Whether there is a paper that can be answered."""
        return self.stands.state is not None


@dataclass(frozen=True, slots=True)
class WatchedRoom:
    """A room as it was when it was looked at last; candidates by registration."""

    sitting: SittingRow
    on_duty: tuple[DutyRow, ...]
    sitters: Mapping[UUID, Sitter]

    @property
    def is_moving(self) -> bool:
        """Whether candidates change it by themselves, of which no hint tells."""
        return self.sitting.state is State.OPEN and self.sitting.part is Part.THEORY


def look(reading: Reading, seen: Mapping[UUID, WatchedRoom | None]) -> dict[UUID, WatchedRoom]:
    """These rooms now; where nothing was `seen`, read whole. A sitting that is not there is left out."""
    known = {sitting_id: it for sitting_id, it in seen.items() if it is not None}
    moving = [sitting_id for sitting_id, it in known.items() if it.is_moving]
    pulses = attempting.pulses(reading, moving) if moving else {}
    stale = [pulse.attempt_id for it in known.values() for pulse in _with_new_steps(it, pulses)]
    answered = attempting.answered(reading, stale) if stale else {}
    followed = {
        sitting_id: replace(it, sitters=_followed(it, pulses, answered)) if it.is_moving else it
        for sitting_id, it in known.items()
    }
    return followed | _whole(reading, [sitting_id for sitting_id, it in seen.items() if it is None])


def _with_new_steps(it: WatchedRoom, pulses: Mapping[UUID, Pulse]) -> list[Pulse]:
    return [
        pulses[registration_id]
        for registration_id, sitter in it.sitters.items()
        if registration_id in pulses and pulses[registration_id].last != sitter.last
    ]


def _followed(it: WatchedRoom, pulses: Mapping[UUID, Pulse], answered: Mapping[UUID, int]) -> dict[UUID, Sitter]:
    return {
        registration_id: _moved(sitter, pulses[registration_id], answered) if registration_id in pulses else sitter
        for registration_id, sitter in it.sitters.items()
    }


def _moved(sitter: Sitter, pulse: Pulse, answered: Mapping[UUID, int]) -> Sitter:
    stands = replace(
        sitter.stands,
        state=pulse.state,
        started_at=pulse.started_at,
        heard_at=pulse.heard_at,
        is_desk_free=pulse.is_desk_free,
    )
    done = sitter.answered if pulse.last == sitter.last else answered.get(pulse.attempt_id, 0)
    return replace(sitter, stands=stands, answered=done, last=pulse.last)


def _whole(reading: Reading, sitting_ids: list[UUID]) -> dict[UUID, WatchedRoom]:
    found = {}
    for sitting_id in sitting_ids:
        try:
            sitting = sittings.sitting(reading, sitting_id)
        except NoSuchSitting:
            continue
        people: dict[UUID, Sitter] = {it.registration.id: _sitter(it) for it in room(reading, sitting)}
        found[sitting_id] = WatchedRoom(sitting, tuple(sittings.duties(reading, sitting_id)), people)
    return found


def _sitter(it: InRoom) -> Sitter:
    done = it.progress
    return Sitter(it.seat, it.stands, done.answered if done else 0, done.last if done else 0)
