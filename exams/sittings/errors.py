"""Refusals about sittings."""

from kernel.errors import N_, Invalid, NotFound, Refused

SAY_WHY_TO_CANDIDATES = N_("Say why in a sentence: the candidates read it, and it stays with the sitting.")

SAY_WHY = N_("Say why. The reason is kept with the sitting.")


class NoSuchSitting(NotFound):
    sentence = N_("There is no such sitting.")


class StepOutOfOrder(Refused):
    sentence = N_("This step is taken while the sitting is %(needed)s. It is %(state)s.")


class NobodySeated(Refused):
    sentence = N_("No candidate has a seat in this sitting yet.")


class StaffMissing(Refused):
    sentence = N_("This sitting needs %(needed)s people as %(duty)s; %(there)s are assigned.")


class StaffNotThere(Refused):
    sentence = N_("%(needed)s invigilators take up their duty before the sitting opens; %(there)s have done so.")


class TooEarlyToOpen(Refused):
    sentence = N_("This sitting can be opened from %(opens)s on.")


class TooLateToOpen(Refused):
    sentence = N_(
        "This sitting could be opened until %(until)s. The exam office calls it off; its candidates keep their place."
    )


class TooEarlyForDuty(Refused):
    sentence = N_("You can take up this duty from %(opens)s on.")


class TooEarlyToCheckIn(Refused):
    sentence = N_("Candidates are checked in from %(opens)s on.")


class PapersMissing(Refused):
    sentence = N_("%(missing)s seated candidates have no paper. Draw the papers first.")


class SittingIsFull(Refused):
    sentence = N_("There are %(free)s free seats and %(wanted)s candidates.")


class RoomIsTaken(Refused):
    sentence = N_("The room is taken by sitting %(code)s from %(starts)s to %(ends)s.")


class RoomIsNeeded(Refused):
    sentence = N_(
        "Opened now, this sitting takes the room until %(ends)s, and sitting %(code)s begins there at %(starts)s. "
        "The exam office calls one of the two off."
    )


class PersonIsBusy(Refused):
    sentence = N_("%(name)s is on duty in sitting %(code)s at that time.")


class CandidateIsBusy(Refused):
    sentence = N_("%(name)s has a seat in sitting %(code)s at that time.")


class OtherExam(Refused):
    sentence = N_("The application of %(name)s is for another exam.")


class NoLongerAdmitted(Refused):
    sentence = N_("%(name)s cannot sit on %(day)s. The application was decided anew and refused.")


class CheckedInAlready(Refused):
    sentence = N_("%(name)s is checked in. The seat is not taken back any more.")


class NotOnDuty(Refused):
    sentence = N_("You are not on duty in this sitting.")


class AlreadyOnDuty(Refused):
    sentence = N_("%(name)s is already on duty in this sitting.")


class OtherKindOfRoom(Invalid):
    sentence = N_("This room is not set up for this part of the exam.")


class StartsInThePast(Invalid):
    sentence = N_("A sitting is planned for a time to come.")


class StartsTooFarAhead(Invalid):
    sentence = N_("A sitting is planned at most %(years)s years ahead.")


class CapacityTooLarge(Invalid):
    sentence = N_("This room takes between 1 and %(most)s candidates.")


class OffAlready(Refused):
    sentence = N_("This sitting is %(state)s already.")


class OpenedAlready(Refused):
    sentence = N_("This sitting was opened. It is annulled as a whole or runs to its end.")


class NeverOpened(Refused):
    sentence = N_("This sitting was never opened. Call it off instead.")


class ReleasedAlready(Refused):
    sentence = N_("The results of this sitting are released. It cannot be called off or annulled any more.")


class OwnSitting(Refused):
    sentence = N_("You have a seat in this sitting yourself. Another officer decides about it.")
