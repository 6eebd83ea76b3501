"""Refusals about deeds that take two people."""

from kernel.errors import N_, NotFound, Refused


class NoSuchPreparedDeed(NotFound):
    sentence = N_("No such deed was prepared, or it is not yours to see.")


class PreparedAlready(Refused):
    sentence = N_("%(name)s has prepared this already. It waits for another person to confirm it.")


class NotAPerson(Refused):
    sentence = N_("Only a signed-in person prepares or confirms this.")


class PreparedByYou(Refused):
    sentence = N_("You prepared this yourself. Another person confirms it.")


class SignedByYou(Refused):
    sentence = N_("You have confirmed this already. Another person must confirm it too.")


class ConfirmedAlready(Refused):
    sentence = N_("This was confirmed and done already.")


class CancelledAlready(Refused):
    sentence = N_("This was cancelled by %(name)s and is no longer waiting.")


class Lapsed(Refused):
    sentence = N_("The time for confirming this is over. It must be prepared anew.")


class ChangedMeanwhile(Refused):
    sentence = N_("What this rests on has changed since it was prepared. Cancel it, look again and prepare it anew.")
