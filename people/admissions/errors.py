"""Refusals around lists of organisations."""

from kernel.errors import N_, Invalid, NotFound
from people.organisations.errors import StaffListUnusable


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
