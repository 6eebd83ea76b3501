"""Refusals of what admits to an exam."""

from kernel.errors import N_, NotFound, Refused


class NoTicketYet(NotFound):
    """The sitting does not stand yet, or no more."""


class NoPhoto(Refused):
    sentence = N_(
        "There is no photo of you yet, so the admission ticket cannot be printed. Ask your enterprise for one."
    )


class SittingHasNoTickets(Refused):
    """Before its confirmation seats may still change; after its end nobody is admitted."""

    sentence = N_("Lists and tickets are printed of a sitting that is confirmed and has not ended.")


class NobodySeated(Refused):
    sentence = N_("Nobody has a seat in this sitting, so there is nothing to print.")


class NotPrintedYet(NotFound):
    sentence = N_("These lists and tickets are not printed yet, or are kept no longer.")
