"""Refusals about sites and staff."""

from kernel.errors import N_, Invalid, NotFound, Refused

SAY_WHY_NOT_THIS_SEAT = N_("Say why this seat cannot be used, for example: the screen is broken.")


class NoSuchCentre(NotFound):
    sentence = N_("There is no such exam centre.")


class NoSuchRoom(NotFound):
    sentence = N_("There is no such room.")


class NoSuchSeat(NotFound):
    sentence = N_("This room has no such seat.")


class CodeMissing(Invalid):
    sentence = N_("A code has 1 to 20 letters, digits and hyphens.")


class NameMissing(Invalid):
    sentence = N_("A name has 1 to 100 characters.")


class TradesMissing(Invalid):
    sentence = N_("Choose the trades that this examiner may examine.")


class TradesOfAnInvigilator(Invalid):
    sentence = N_("Only examiners are entered for trades.")


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
