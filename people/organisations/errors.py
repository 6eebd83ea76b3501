"""Refusals of organisations, posts, employment and staff lists."""

from kernel.errors import N_, Invalid, NotFound, Refused


class OrganisationUnknown(NotFound):
    sentence = N_("There is no such organisation, or it is not yours to see.")


class EmploymentUnknown(NotFound):
    sentence = N_("Nobody on your staff list is recorded under this address.")


class PostNotHere(NotFound):
    sentence = N_("Your enterprise has no such post.")


class StaffListUnusable(Invalid):
    """The file as a whole cannot be read; nothing of it was taken."""


class FileMissing(StaffListUnusable):
    sentence = N_("Choose the Excel file with your staff list.")


class FileTooLarge(StaffListUnusable):
    sentence = N_("The file is larger than %(megabytes)d MB. Split the list and import the parts one after the other.")


class FileNotExcel(StaffListUnusable):
    sentence = N_("This is not an Excel workbook (.xlsx). Open the list in Excel or WPS and save it as .xlsx.")


class FileOldExcel(StaffListUnusable):
    sentence = N_("This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a password.")


class FileWithMacros(StaffListUnusable):
    sentence = N_("This workbook contains macros, which are never opened here. Save it as .xlsx and import that.")


class FileBroken(StaffListUnusable):
    sentence = N_("The workbook is damaged. Open it in Excel or WPS, save it again as .xlsx and import that.")


class FileUnpacksTooLarge(StaffListUnusable):
    sentence = N_("The workbook unpacks to more than a staff list can need. Copy the list into a new workbook.")


class HeaderMissing(StaffListUnusable):
    sentence = N_("No heading row was found in the first %(rows)d rows. Use the column names of the template.")


class ColumnsMissing(StaffListUnusable):
    sentence = N_("These columns are missing: %(columns)s. Use the column names of the template.")


class ColumnTwice(StaffListUnusable):
    sentence = N_("The column %(column)s is there twice (columns %(first)s and %(second)s). Remove one of them.")


class ListEmpty(StaffListUnusable):
    sentence = N_("There are no people below the heading row.")


class ListTooLong(StaffListUnusable):
    sentence = N_("The list has more than %(rows)d rows. Split it and import the parts one after the other.")


class CellUnusable(Invalid):
    """One cell cannot be used; the rest of the list is not touched by it."""


class CellIsFormula(CellUnusable):
    sentence = N_("This cell holds a formula. Copy it and paste it as a value.")


class CellIsError(CellUnusable):
    sentence = N_("Excel shows an error in this cell (%(shown)s).")


class CellTooLong(CellUnusable):
    sentence = N_("This cell holds more than %(most)d characters.")


class NameMissing(CellUnusable):
    sentence = N_("The name is missing.")


class NameCharacter(CellUnusable):
    sentence = N_("A name cannot contain “%(character)s”.")


class NameInvisibleCharacter(CellUnusable):
    sentence = N_("The name contains an invisible character (%(code)s). Delete the name and type it again.")


class NamePrivateCharacter(CellUnusable):
    sentence = N_(
        "The name contains a character that only your computer knows (%(code)s). Type it with the character of the "
        "national standard, as on the ID card."
    )


class NameLength(CellUnusable):
    sentence = N_("A name has %(least)d to %(most)d characters.")


class IdNumberStoredAsNumber(CellUnusable):
    sentence = N_(
        "Excel has stored this ID number as a number and lost its last digits. Format the column as text and type the "
        "number again."
    )


class PostMissing(CellUnusable):
    sentence = N_("The post is missing.")


class PostUnknown(CellUnusable):
    sentence = N_("Your enterprise has no post “%(post)s”. Use one of its posts, or add the post first.")


class PostMisspelt(CellUnusable):
    sentence = N_("Your enterprise has no post “%(post)s”. Is “%(suggestion)s” meant?")


class PhoneWrong(CellUnusable):
    sentence = N_("A mobile number has 11 digits and begins with 13 to 19.")


class DateMissing(CellUnusable):
    sentence = N_("The date is missing.")


class DateUnreadable(CellUnusable):
    sentence = N_("This is not a date. Write it as 2026-05-31.")


class HireDateTooFarAhead(CellUnusable):
    sentence = N_("The hire date lies more than %(days)d days ahead.")


class HireDateBeforeWorkingAge(CellUnusable):
    sentence = N_("On this hire date the person was younger than 16. Check the hire date and the ID number.")


class AnswerMissing(CellUnusable):
    sentence = N_("Yes or no is missing.")


class AnswerUnclear(CellUnusable):
    sentence = N_("Write yes or no here.")


class PersonTwiceInList(CellUnusable):
    sentence = N_("The same person is already in row %(row)d of this list.")


class NameDiffersFromRecord(CellUnusable):
    sentence = N_("This ID number is recorded with another name. Check both against the ID card.")


class AlreadyEmployedOtherwise(CellUnusable):
    sentence = N_(
        "This person is already on your staff list as %(post)s, hired %(hired_on)s. Change their line there; an import "
        "never overwrites it."
    )


class AlreadyOnStaff(Refused):
    sentence = N_("This person is already on your staff list.")


class HasLeft(Refused):
    sentence = N_("This person left on %(left_on)s; their line is closed.")


class LeftBeforeHired(Invalid):
    sentence = N_("The last day lies before the hire date (%(hired_on)s).")


class LeftInFuture(Invalid):
    sentence = N_("The last day lies in the future. Record it when it has come.")


class PostDayBeforeHired(Invalid):
    sentence = N_("This day lies before the hire date (%(hired_on)s).")


class PostDayBeforeThisPost(Invalid):
    sentence = N_("This day lies before the day on which the present post began (%(post_since)s).")


class PostDayTooFarAhead(Invalid):
    sentence = N_("This day lies more than %(days)d days ahead.")


class PostAlreadyThere(Refused):
    sentence = N_("Your enterprise already has a post “%(post)s”.")


class OrganisationNameLength(Invalid):
    sentence = N_("The name of an organisation has 2 to 100 characters.")


class PostNameLength(Invalid):
    sentence = N_("The name of a post has 1 to 60 characters.")


class ImportUnknown(NotFound):
    sentence = N_("There is no such import, or it is not your enterprise's.")


class CreditCodeTaken(Refused):
    sentence = N_("An organisation with this credit code is already registered: %(name)s.")


class RecalledProblem(CellUnusable):
    """A refusal read back from where it was written down, so that a report can be shown again in any language."""

    def __init__(self, sentence: str, data: dict[str, object]) -> None:
        self.sentence = sentence  # type: ignore[misc]
        super().__init__(None, **data)
