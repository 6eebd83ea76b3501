"""Refusals at the paper."""

from kernel.errors import N_, Invalid, NotFound, Refused


class NoSuchAttempt(NotFound):
    sentence = N_("There is no such attempt, or it is not yours.")


class AttemptIsOver(Refused):
    sentence = N_("This attempt is over. What you answered until then counts.")


class TimeIsUp(Refused):
    sentence = N_("The time was up at %(deadline)s. What you answered until then counts.")


class OpenElsewhere(Refused):
    sentence = N_("Your paper is open at another place. Only one place can be used; raise your hand if this is yours.")


class NotOpenYet(Refused):
    sentence = N_("The examination has not been opened yet. Wait for the invigilator.")


class TooLateToStart(Refused):
    sentence = N_("Candidates are admitted until %(minutes)s minutes after the start. Speak to the invigilator.")


class AnswerDoesNotFit(Invalid):
    sentence = N_("Question %(question)s has no such answer.")


class MinutesOutOfRange(Invalid):
    sentence = N_("Give between 1 and %(most)s minutes at once.")


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
