"""How the room is seen, and what a signature under its record covers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from exams.attempts.rules import State
from exams.invigilation.rules import (
    SILENT_AFTER,
    START_EXPECTED_WITHIN,
    Candidate,
    NoteKind,
    Practical,
    Presence,
    RoomNote,
    Trouble,
    record_digest,
)

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OVER = (State.SUBMITTED, State.RUN_OUT, State.ENDED)


WORKING = Candidate(is_checked_in=True, state=State.OPEN, started_at=START, heard_at=START)


def trouble(candidate: Candidate, now: datetime, opened_at: datetime | None = START) -> tuple[Trouble, ...]:
    return candidate.troubles(opened_at=opened_at, now=now)


def test_a_candidate_goes_from_the_door_to_the_end():
    assert Candidate(is_checked_in=False).presence is Presence.EXPECTED
    assert Candidate(is_checked_in=True).presence is Presence.CHECKED_IN
    assert WORKING.presence is Presence.WORKING
    for state in OVER:
        assert Candidate(is_checked_in=True, state=state).presence == state.value


def test_a_silent_machine_is_seen_after_a_while_only():
    assert trouble(WORKING, START + SILENT_AFTER) == ()
    assert trouble(WORKING, START + SILENT_AFTER + SECOND) == (Trouble.SILENT,)
    never_heard = replace(WORKING, heard_at=None)
    assert trouble(never_heard, START + SILENT_AFTER) == ()
    assert trouble(never_heard, START + SILENT_AFTER + SECOND) == (Trouble.SILENT,)


def test_a_paper_without_a_place_is_no_silent_machine():
    moved = replace(WORKING, is_desk_free=True)
    assert trouble(moved, START + 2 * SILENT_AFTER) == (Trouble.NO_DESK,)


def test_a_breach_comes_before_everything_else():
    found = replace(WORKING, is_breach_proposed=True)
    assert trouble(found, START + 2 * SILENT_AFTER) == (Trouble.BREACH, Trouble.SILENT)


@pytest.mark.parametrize("state", [None, *OVER])
def test_a_breach_is_seen_whatever_the_candidate_has_done(state):
    found = Candidate(is_checked_in=True, state=state, started_at=START, is_breach_proposed=True)
    assert trouble(found, START) == (Trouble.BREACH,)


@pytest.mark.parametrize("state", [None, State.SUBMITTED, State.RUN_OUT, State.ENDED])
def test_who_was_sent_out_has_ended_whether_begun_or_not(state):
    sent_out = Candidate(is_checked_in=True, state=state, is_sent_out=True)
    assert sent_out.presence is Presence.ENDED
    assert trouble(sent_out, START + timedelta(days=1)) == ()


def test_who_is_there_and_does_not_start_is_noticed_once_the_exam_runs():
    waiting = Candidate(is_checked_in=True)
    late = START + START_EXPECTED_WITHIN + SECOND
    assert trouble(waiting, late, opened_at=None) == ()
    assert trouble(waiting, START + START_EXPECTED_WITHIN) == ()
    assert trouble(waiting, late) == (Trouble.NOT_STARTED,)


def test_who_waits_for_the_examiners_of_a_practical_is_in_no_trouble():
    waiting = Candidate(is_checked_in=True, practical=Practical.WAITING)
    assert waiting.presence is Presence.CHECKED_IN
    assert trouble(waiting, START + timedelta(hours=3)) == ()
    assert replace(waiting, practical=Practical.AT_ITEMS).presence is Presence.AT_ITEMS
    assert replace(waiting, practical=Practical.FINISHED).presence is Presence.FINISHED
    assert replace(waiting, practical=Practical.AT_ITEMS, is_sent_out=True).presence is Presence.ENDED


@pytest.mark.parametrize("state", OVER)
def test_who_has_finished_gives_no_trouble(state):
    assert trouble(replace(WORKING, state=state), START + timedelta(days=1)) == ()


def test_a_signature_covers_every_word_of_the_record():
    note = RoomNote(START, NoteKind.MOVED, "broken screen", {"from": 1, "to": 2}, UUID(int=1), UUID(int=2))
    changed = [
        replace(note, at=START + SECOND),
        replace(note, kind=NoteKind.INCIDENT),
        replace(note, text="x"),
        replace(note, facts={"from": 1, "to": 3}),
        replace(note, by_person_id=UUID(int=3)),
        replace(note, registration_id=None),
    ]
    assert len({record_digest([it]) for it in (note, *changed)} | {record_digest([note, note])}) == 8


def test_signatures_are_not_covered_so_that_the_second_signs_what_the_first_did():
    note = RoomNote(START, NoteKind.CLOSED, "", {}, UUID(int=1), None)
    assert record_digest([note, replace(note, kind=NoteKind.SIGNED)]) == record_digest([note])
