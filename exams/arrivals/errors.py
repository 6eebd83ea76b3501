"""Refusals at the door of the exam room."""

from kernel.errors import N_, Invalid, Refused


class NotCheckedIn(Refused):
    sentence = N_("The invigilator has not checked you in yet. Show your identity card and admission ticket.")


class AlreadyCheckedIn(Refused):
    sentence = N_("This candidate is checked in already.")


class NotCompared(Invalid):
    sentence = N_("Compare the person with the identity card and the photo, then confirm it here.")


class NoSuchSeat(Invalid):
    sentence = N_("This room has no seat %(seat)s.")


class SeatIsTaken(Refused):
    sentence = N_("Seat %(seat)s is taken by another candidate.")
