"""Open, draw, simulate, score, sign, finish, end, verify. Each deed adds rows; none changes one."""

from exams.practicals.actions.arranging import Candidate, draw_items, open_practical, open_practicals, replace_examiner
from exams.practicals.actions.ending import end_practical
from exams.practicals.actions.scoring import begin_simulation, step_sheet
from exams.practicals.actions.signing import note_refusal, sign_as_candidate, sign_as_examiner
from exams.practicals.actions.verifying import verify_practicals

__all__ = [
    "Candidate",
    "begin_simulation",
    "draw_items",
    "end_practical",
    "note_refusal",
    "open_practical",
    "open_practicals",
    "replace_examiner",
    "sign_as_candidate",
    "sign_as_examiner",
    "step_sheet",
    "verify_practicals",
]
