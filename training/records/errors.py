"""Refusals around completion."""

from kernel.errors import N_, Refused


class TimeNotReached(Refused):
    sentence = N_("This lesson takes %(needed)s of study; %(credited)s are credited so far.")


class ChecksNotPassed(Refused):
    sentence = N_("Answer every question below the lesson rightly; %(left)s are still open.")


class VideoNotWatched(Refused):
    sentence = N_("Watch the whole video; %(left)s of it have not been played yet.")


class LessonsOpen(Refused):
    sentence = N_("%(left)s lessons are still to be completed.")


class HoursNotReached(Refused):
    sentence = N_("The outline takes %(required)s hours; %(credited)s are credited so far.")


class AlreadyHandedOver(Refused):
    sentence = N_("These hours have been handed over already.")
