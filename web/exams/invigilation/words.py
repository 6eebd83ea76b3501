"""What the states, troubles and notes of a room are called, and how they look."""

from exams.attempts.rules import NoteKind, Presence, Trouble
from kernel.errors import N_

PRESENCES: dict[Presence, str] = {
    Presence.EXPECTED: N_("not here yet"),
    Presence.CHECKED_IN: N_("checked in"),
    Presence.WORKING: N_("working"),
    Presence.SUBMITTED: N_("handed in"),
    Presence.RUN_OUT: N_("time over"),
    Presence.AT_ITEMS: N_("at the practical"),
    Presence.FINISHED: N_("practical finished"),
    Presence.ENDED: N_("ended for a breach"),
}

BADGES = {"expected": "neutral", "checked_in": "info", "working": "ok", "at_items": "ok", "ended": "danger"}

ACT_WORDS = {
    "check-in": N_("Check in"),
    "let-in": N_("Let in late"),
    "move": N_("Move to another seat"),
    "give-time": N_("Give time"),
    "propose-breach": N_("Breach of the rules"),
    "note": N_("Note an incident"),
}

ICONS = {
    "expected": "user-question",
    "checked_in": "user-check",
    "working": "pencil",
    "submitted": "circle-check",
    "run_out": "hourglass-empty",
    "at_items": "clipboard-list",
    "finished": "circle-check",
    "ended": "ban",
    "check-in": "user-check",
    "let-in": "door-enter",
    "move": "armchair",
    "give-time": "clock-plus",
    "propose-breach": "ban",
    "note": "pencil-plus",
}

TROUBLES: dict[Trouble, str] = {
    Trouble.BREACH: N_("Breach: waits for the second invigilator"),
    Trouble.SILENT: N_("Nothing heard from this machine"),
    Trouble.NO_DESK: N_("Paper not opened again after the move"),
    Trouble.NOT_STARTED: N_("Checked in, but has not begun"),
}

NOTES: dict[NoteKind, str] = {
    NoteKind.OPENED: N_("Exam opened"),
    NoteKind.LET_IN: N_("Let in late"),
    NoteKind.MOVED: N_("Moved from seat %(from)s to seat %(to)s"),
    NoteKind.TIME_GIVEN: N_("%(minutes)s minutes given"),
    NoteKind.BREACH_PROPOSED: N_("Breach found by one invigilator"),
    NoteKind.BREACH: N_("Ended for a breach, by two invigilators"),
    NoteKind.BREACH_DISMISSED: N_("Found to be no breach"),
    NoteKind.INCIDENT: N_("Incident"),
    NoteKind.CLOSED: N_("Exam closed"),
    NoteKind.SIGNED: N_("Signed by %(name)s"),
}
