"""Refusals about bars."""

from kernel.errors import N_, Invalid, NotFound, Refused

SAY_WHY_BARRED = N_("A bar needs a reason that the person can read.")

SAY_WHY_LIFTED = N_("Say why the bar is lifted, for example after which review.")


class NoSuchBar(NotFound):
    sentence = N_("There is no such bar.")


class BarEndsBeforeItBegins(Invalid):
    sentence = N_("A bar ends after today.")


class BarTooLong(Invalid):
    sentence = N_("A bar ends within %(years)s years.")


class BarIsOver(Refused):
    sentence = N_("This bar ended on %(until)s; there is nothing to lift.")


class BarIsLifted(Refused):
    sentence = N_("This bar was lifted already.")
