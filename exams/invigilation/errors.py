"""Refusals to those who keep order in the room."""

from kernel.errors import N_, Refused

SAY_WHY = N_("Say why; the reason goes into the room record.")


class ResultIsRecorded(Refused):
    sentence = N_(
        "The result of this candidate is recorded already. Note the incident; the exam body decides about it."
    )


class AttemptsStillOpen(Refused):
    sentence = N_("Candidates still working: %(count)s. The sitting is closed when all have finished.")


class BreachesUndecided(Refused):
    sentence = N_("A breach waits for a decision: %(names)s. Another invigilator confirms it, or it is dismissed.")


class RecordStillOpen(Refused):
    sentence = N_("The room record is signed when the sitting is closed.")


class RecordIsSigned(Refused):
    sentence = N_("The room record is signed and closed. Tell the exam body in writing what is missing in it.")


class SheetsUnsigned(Refused):
    sentence = N_(
        "Score sheets not signed by all: %(count)s candidates. The sitting is closed after the last one; "
        "a practical that cannot be finished is ended by the exam office."
    )
