"""What the states, troubles and notes of a room are called, and how they look."""

from exams.attempts.rules import NoteKind, Presence, Trouble
from kernel.errors import N_

# presence -> (words, state of the badge, icon)
PRESENCES: dict[Presence, tuple[str, str, str]] = {
    Presence.EXPECTED: (N_("not here yet"), "neutral", "user-question"),
    Presence.CHECKED_IN: (N_("checked in"), "info", "user-check"),
    Presence.WORKING: (N_("working"), "ok", "pencil"),
    Presence.SUBMITTED: (N_("handed in"), "neutral", "circle-check"),
    Presence.RUN_OUT: (N_("time over"), "neutral", "hourglass-empty"),
    Presence.ENDED: (N_("ended for a breach"), "danger", "ban"),
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
    NoteKind.INCIDENT: N_("Incident"),
    NoteKind.CLOSED: N_("Exam closed"),
    NoteKind.SIGNED: N_("Signed by %(name)s"),
}
