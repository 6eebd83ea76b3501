"""Refusals about sites and staff."""

from kernel.errors import N_, Invalid, NotFound, Refused


class NoSuchCentre(NotFound):
    sentence = N_("There is no such exam centre.")


class NoSuchRoom(NotFound):
    sentence = N_("There is no such room.")


class NotInThePool(NotFound):
    sentence = N_("This person is not in the centre's pool of staff.")


class CodeTaken(Invalid):
    sentence = N_("The code %(code)s is taken.")


class RoomTooLarge(Invalid):
    sentence = N_("A room has between 1 and %(most)s seats.")


class AlreadyInThePool(Refused):
    sentence = N_("%(name)s is already in this pool for this duty.")


class CertificateOver(Refused):
    sentence = N_("The staff certificate of %(name)s is valid until %(until)s only.")


class TradeUnknownToExaminer(Refused):
    sentence = N_("%(name)s is not entered as an examiner for this trade.")


class LeftThePool(Refused):
    sentence = N_("%(name)s has left the pool.")
