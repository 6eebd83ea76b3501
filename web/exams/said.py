"""How exams are said on every screen: parts and outcomes in a word with its tone, names of trades."""

from typing import Any

from fastapi import Request

from exams.centres.rules import DUTY_NAMES
from exams.integrity.rules import Ground
from exams.invigilation.rules import NoteKind
from exams.registrations.queries import RegistrationRow
from exams.registrations.rules import OUTCOME_NAMES, STATE_NAMES, Outcome, State
from exams.sittings.rules import STATE_NAMES as SITTING_STATE_NAMES
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel.errors import N_
from kernel.law import Confidence
from kernel.names import Names
from web.people.said import trade_names

PART_WORDS = {Part.THEORY: N_("Theory exam"), Part.PRACTICAL: N_("Practical exam")}

NOTE_WORDS: dict[NoteKind, str] = {
    NoteKind.OPENED: N_("Exam opened"),
    NoteKind.LET_IN: N_("Let in late"),
    NoteKind.MOVED: N_("Moved from seat %(from)s to seat %(to)s"),
    NoteKind.TIME_GIVEN: N_("%(minutes)s minutes given"),
    NoteKind.BREACH_PROPOSED: N_("Breach found by one invigilator"),
    NoteKind.BREACH: N_("Ended for a breach, by two invigilators"),
    NoteKind.BREACH_DISMISSED: N_("Found to be no breach"),
    NoteKind.INCIDENT: N_("Incident"),
    NoteKind.CLOSED: N_("Exam closed"),
    NoteKind.ANNULLED: N_("Annulled for everybody, by the exam office"),
    NoteKind.SIGNED: N_("Signed by %(name)s"),
}

TONES = {
    State.APPLIED: "info",
    State.REFUSED: "danger",
    State.SEATED: "ok",
    State.WITHDRAWN: "neutral",
    State.CONCLUDED: "neutral",
}
OUTCOME_TONES = {
    Outcome.PASSED: "ok",
    Outcome.FAILED: "danger",
    Outcome.ABSENT: "neutral",
    Outcome.CANCELLED: "danger",
    Outcome.VOIDED: "soon",
}
SITTING_TONES = {
    SittingState.PLANNED: "neutral",
    SittingState.CONFIRMED: "info",
    SittingState.DRAWN: "info",
    SittingState.OPEN: "info",
    SittingState.CLOSED: "soon",
    SittingState.RELEASED: "ok",
    SittingState.CALLED_OFF: "danger",
    SittingState.ANNULLED: "danger",
}
CONFIDENCE_WORDS = {
    Confidence.OWN: N_("not confirmed: a parameter of the demonstration"),
    Confidence.KNOWN: N_("general knowledge of the trade, not compared with the text"),
    Confidence.SECONDARY: N_("read in a copy of the text"),
    Confidence.DERIVED: N_("calculated from other figures"),
}

GROUND_WORDS = {
    Ground.TAUGHT: N_("taught the candidate"),
    Ground.SAME_PROVIDER: N_("belongs to the provider that trained the candidate"),
    Ground.IS_CANDIDATE: N_("is a candidate of this sitting"),
    Ground.QUESTIONS: N_("wrote, reviewed or approved questions that this exam draws from"),
    Ground.CANDIDATE_QUESTIONS: N_("sits this exam and wrote, reviewed or approved its questions"),
}


def state_of(row: RegistrationRow) -> tuple[str, Names]:
    """Tone and names of where a registration stands, the outcome once there is one."""
    if row.outcome is not None:
        return OUTCOME_TONES[row.outcome], OUTCOME_NAMES[row.outcome]
    return TONES[row.state], STATE_NAMES[row.state]


def sitting_state(state: SittingState) -> tuple[str, Names]:
    """Tone and names of where a sitting stands."""
    return SITTING_TONES[state], SITTING_STATE_NAMES[state]


def said(request: Request) -> dict[str, Any]:
    """What every exam screen says things with."""
    return {
        "trade": trade_names(request),
        "part_words": PART_WORDS,
        "state_of": state_of,
        "sitting_state": sitting_state,
        "confidence_words": CONFIDENCE_WORDS,
        "duty_names": DUTY_NAMES,
        "ground_words": GROUND_WORDS,
    }
