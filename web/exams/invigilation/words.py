"""What the states, troubles and notes of a room are called, and how they look."""

from exams.invigilation.rules import Presence, Trouble
from kernel.errors import N_
from web.exams.said import NOTE_WORDS

PRESENCES: dict[Presence, str] = {
    Presence.EXPECTED: N_("not here yet"),
    Presence.CHECKED_IN: N_("checked in"),
    Presence.WORKING: N_("working"),
    Presence.SUBMITTED: N_("handed in"),
    Presence.RUN_OUT: N_("time over"),
    Presence.AT_ITEMS: N_("at the practical"),
    Presence.FINISHED: N_("practical finished"),
    Presence.ENDED: N_("ended for a breach"),
    Presence.ANNULLED: N_("stopped with the whole sitting"),
}

BADGES = {
    "expected": "neutral",
    "checked_in": "info",
    "working": "ok",
    "at_items": "ok",
    "ended": "danger",
    "annulled": "danger",
}

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
    "annulled": "calendar-off",
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

NOTES = NOTE_WORDS
