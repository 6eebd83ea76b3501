"""Refusals about regions and lists of them."""

from kernel.errors import N_, Invalid, NotFound


class NoSuchRegion(NotFound):
    sentence = N_("There is no such region, or it is not yours to see.")


class RegionCodeShape(Invalid):
    sentence = N_("A region's code has 6 digits (GB/T 2260), a town's 9: %(code)s has neither.")


class RegionMissing(Invalid):
    sentence = N_("Choose the region: province, city, county or town.")


class RegionNotKnown(Invalid):
    sentence = N_("There is no region with the code %(code)s in the list of this installation.")


class RegionGone(Invalid):
    sentence = N_("%(name)s is not in the list of regions any more. Choose the one that has taken its place.")


class RegionListUnusable(Invalid):
    """The list as a whole cannot be taken; nothing of it was."""


class RegionListColumns(RegionListUnusable):
    sentence = N_(
        "The first row must name the columns %(code)s and %(name)s; a column %(english)s may stand beside them."
    )


class RegionListUnreadable(RegionListUnusable):
    sentence = N_("This is neither a workbook (.xlsx) nor a CSV file in UTF-8 or GB 18030.")


class RegionListRow(RegionListUnusable):
    sentence = N_("Row %(row)d cannot be used: %(why)s")


class RegionListName(RegionListUnusable):
    sentence = N_("Row %(row)d has no name.")


class RegionTwice(RegionListUnusable):
    sentence = N_("The code %(code)s stands in rows %(first)d and %(second)d.")


class RegionWithoutProvince(RegionListUnusable):
    sentence = N_("%(name)s (%(code)s) lies in no province of the list.")
