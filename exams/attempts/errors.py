"""Refusals in the exam room."""

from kernel.errors import N_, Invalid, NotFound, Refused

SAY_WHY = N_("Say why; the reason goes into the room record.")


class NoSuchAttempt(NotFound):
    sentence = N_("There is no such attempt, or it is not yours.")


class AttemptIsOver(Refused):
    sentence = N_("This attempt is over. What you answered until then counts.")


class TimeIsUp(Refused):
    sentence = N_("The time was up at %(deadline)s. What you answered until then counts.")


class OpenElsewhere(Refused):
    sentence = N_("Your paper is open at another place. Only one place can be used; raise your hand if this is yours.")


class NotCheckedIn(Refused):
    sentence = N_("The invigilator has not checked you in yet. Show your identity card and admission ticket.")


class NotOpenYet(Refused):
    sentence = N_("The examination has not been opened yet. Wait for the invigilator.")


class TooLateToStart(Refused):
    sentence = N_("Candidates are admitted until %(minutes)s minutes after the start. Speak to the invigilator.")


class AlreadyCheckedIn(Refused):
    sentence = N_("This candidate is checked in already.")


class NotCompared(Invalid):
    sentence = N_("Compare the person with the identity card and the photo, then confirm it here.")


class AnswerDoesNotFit(Invalid):
    sentence = N_("Question %(question)s has no such answer.")


class ResultIsRecorded(Refused):
    sentence = N_(
        "The result of this candidate is recorded already. Note the incident; the exam body decides about it."
    )


class NoSuchSeat(Invalid):
    sentence = N_("This room has no seat %(seat)s.")


class SeatIsTaken(Refused):
    sentence = N_("Seat %(seat)s is taken by another candidate.")


class AttemptsStillOpen(Refused):
    sentence = N_("Candidates still working: %(count)s. The sitting is closed when all have finished.")


class BreachesUndecided(Refused):
    sentence = N_("A breach waits for a decision: %(names)s. Another invigilator confirms it, or it is dismissed.")


class RecordStillOpen(Refused):
    sentence = N_("The room record is signed when the sitting is closed.")


class RecordIsSigned(Refused):
    sentence = N_("The room record is signed and closed. Tell the exam body in writing what is missing in it.")


class MinutesOutOfRange(Invalid):
    sentence = N_("Give between 1 and %(most)s minutes at once.")


class SheetsUnsigned(Refused):
    sentence = N_(
        "Score sheets not signed by all: %(count)s candidates. The sitting is closed after the last one; "
        "a practical that cannot be finished is ended by the exam office."
    )


class NotOfThisPart(Refused):
    sentence = N_("This sitting has no paper to be answered on a computer.")


class OutOfStep(Refused):
    sentence = N_("This page is behind what the centre has. Load it again; every answer at the centre is kept.")


class TooManySteps(Refused):
    sentence = N_(
        "Answers were changed too often; no more changes are taken. What is at the centre counts. Tell the "
        "invigilator; your paper is handed in at the end of your time."
    )


class SessionIsOver(Refused):
    sentence = N_("You are signed out. Sign in again; what you answered is kept.")
