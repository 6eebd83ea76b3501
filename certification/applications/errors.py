"""Refusals about applications."""

from kernel.errors import N_, NotFound, Refused


class AlreadyDecided(Refused):
    sentence = N_("This application was already decided on %(day)s.")


class NotRefused(Refused):
    sentence = N_("Only an application that was refused can be opened again.")


class DecidedElsewhere(Refused):
    """Who refused an application decides about it anew."""

    sentence = N_("This application was decided by %(authority)s; only an officer of that authority can do this.")


class NoSuchApplication(NotFound):
    sentence = N_("There is no such application.")


class RestsOnARevisedResult(Refused):
    sentence = N_("A re-check has revised the result of %(taken_on)s on which this rests: it is no longer passed.")


class BarredUntil(Refused):
    sentence = N_("An earlier certificate was revoked; until %(day)s no new one can be applied for.")


class OpenDuringABar(Refused):
    """A bar is not sat out: what was applied for while it ran is refused."""

    sentence = N_(
        "This application was open while the person was barred until %(day)s after a revocation, so it cannot be "
        "approved any more. Refuse it; the way to a new certificate is the examination."
    )
