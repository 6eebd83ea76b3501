"""Refusals around lists of organisations."""

from kernel.errors import N_, Invalid, NotFound, Refused
from people.organisations.errors import StaffListUnusable

SAY_WHY_REFUSED = N_("Say why. Whoever applied reads it and can mend it.")


class NoSuchList(NotFound):
    sentence = N_("There is no such list of organisations, or it is not yours to see.")


class ListMissing(StaffListUnusable):
    sentence = N_("Choose the Excel file with your list of organisations.")


class NothingListed(StaffListUnusable):
    sentence = N_("There are no organisations below the heading row.")


class OrganisationCellUnusable(Invalid):
    """One cell of a list cannot be used; the rest of the list is not touched by it."""


class CodeMissing(OrganisationCellUnusable):
    sentence = N_("The unified social credit code is missing.")


class CodeTwiceInList(OrganisationCellUnusable):
    sentence = N_("The same credit code is already in row %(row)d of this list.")


class CodeOfAnother(OrganisationCellUnusable):
    sentence = N_("This credit code is registered already, as %(name)s. An import never changes what is registered.")


class KindUnclear(OrganisationCellUnusable):
    sentence = N_("Write enterprise, training provider or exam centre here, or leave it empty for an enterprise.")


class RegionUnclear(OrganisationCellUnusable):
    sentence = N_("“%(typed)s” is none of the regions for which you act. Write its name or its code of 6 or 9 digits.")


class RegionSeveral(OrganisationCellUnusable):
    sentence = N_("“%(typed)s” is the name of several regions. Write the city before it, or the code.")


class RegionByCodeUnknown(OrganisationCellUnusable):
    sentence = N_("The credit code was given in %(district)s, which is none of your regions. Write the region here.")


class TradeTooLong(OrganisationCellUnusable):
    sentence = N_("The trade has at most %(most)d characters.")


class NoSuchApplication(NotFound):
    sentence = N_("There is no such application, or it is not yours to see.")


class ApplicationDecided(Refused):
    sentence = N_("Somebody has decided about this application already.")


class NoSuchReference(NotFound):
    sentence = N_("This telephone has no application with this reference. Type both, and the digits that are sent.")


class NoCodesHere(Refused):
    sentence = N_("This installation sends no text messages, so that nobody can apply here.")


class TooManyFromHere(Refused):
    sentence = N_("Too many messages were asked for from here today. Try again tomorrow.")


class DigitsWrong(Invalid):
    sentence = N_("These are not the digits of the message. Compare them.")


class DigitsOver(Invalid):
    sentence = N_("These digits are good no longer, or were mistyped too often. Have others sent.")


class ProveTelephoneFirst(Refused):
    sentence = N_("Your telephone has to be proven anew: more than two hours have passed. Begin anew.")


class TelephoneOfContact(Invalid):
    sentence = N_("Type your mobile number.")


class LicenceMissing(Invalid):
    sentence = N_("Choose the picture of the licence.")
