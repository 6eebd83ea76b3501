"""Refusals of what admits to an exam."""

from kernel.errors import N_, NotFound, Refused


class NoTicketYet(NotFound):
    """The sitting does not stand yet, or no more."""


class NoPhoto(Refused):
    sentence = N_(
        "There is no photo of you yet, so the admission ticket cannot be printed. Ask your enterprise for one."
    )
