from kernel.errors import N_, Invalid, NotFound, Refused

SAY_WHY = N_("Write the reason, in at least four characters.")

SAY_WHAT_HAPPENED = N_("Write what happened, in at least ten characters.")


class StandardUnusable(Invalid):
    sentence = N_("The practical standard %(standard)s cannot be used: %(reason)s")


class NoStandard(NotFound):
    sentence = N_("There is no practical standard for %(qualification)s on this date.")


class NoSuchPractical(NotFound):
    sentence = N_("This practical does not exist, or you are not one of its examiners.")


class NoSuchLine(Invalid):
    sentence = N_("The score sheet has no such line.")


class DeductedInFull(Refused):
    sentence = N_("This deduction has already been applied as often as the sheet allows.")


class NothingToRestore(Refused):
    sentence = N_("This deduction has not been applied.")


class SheetIsComplete(Refused):
    sentence = N_("You have completed this sheet. Reopen it to change it.")


class SheetIsOpen(Refused):
    sentence = N_("Complete the sheet first.")


class SheetIsSigned(Refused):
    sentence = N_("This sheet is signed. A signed sheet is not changed.")


class SheetHasMoved(Refused):
    sentence = N_("This sheet has changed since the page was opened. It is shown again as it is now.")


class OtherSheetOpen(Refused):
    sentence = N_("The other examiner has not completed the sheet yet. Both sheets are signed after both are complete.")


class ExaminersDiffer(Refused):
    sentence = N_(
        "The two sheets differ by %(difference)s points; more than %(limit)s must be settled. "
        "Talk it over, reopen your sheet and complete it again."
    )


class ExaminersDifferOnVeto(Refused):
    sentence = N_("Only one of the two sheets strikes a veto item. Talk it over, then complete both sheets again.")


class PracticalUnfinished(Refused):
    sentence = N_("Not every item is signed yet.")


class AlreadyDrawn(Refused):
    sentence = N_("The items of this practical are drawn. They are not drawn a second time.")


class PromiseTooFresh(Refused):
    sentence = N_("The secret of this practical was promised only now. Draw when the promise is in the audit.")


class SecretsNotTold(Refused):
    sentence = N_("Practicals not finished yet: %(count)s. They are verified when all have ended.")


class NotSimulated(Refused):
    sentence = N_("This item is not done in the simulation.")


class ItemIsSimulated(Refused):
    sentence = N_("This item is scored by the simulation. Its marks are not typed in.")


class RunUnfinished(Refused):
    sentence = N_("The simulation of this item has not ended yet.")


class ExaminersAreOne(Invalid):
    sentence = N_("The two examiners must be two different people.")


class CandidateUnsigned(Refused):
    sentence = N_("The candidate signs first, or one of you notes that they refuse.")


class SignedAlready(Refused):
    sentence = N_("This signature has been given already.")


class ExaminersMissing(Refused):
    sentence = N_("Two examiners must be on duty in this sitting.")


class ExaminersNotThere(Refused):
    sentence = N_("Two examiners must have taken up their duty. Not there yet: %(names)s.")


class SheetsCarrySignatures(Refused):
    sentence = N_("Sheets of this practical are signed. Its examiners can no longer be replaced.")


class NotToExamine(Refused):
    sentence = N_("Choose an examiner who is on duty in this sitting and has not examined this candidate before.")


class SittingNotOpen(Refused):
    sentence = N_("This is no open practical sitting.")


class PracticalIsOver(Refused):
    sentence = N_("This practical is over. Nothing of it is changed any more.")


class NotForThoseInvolved(Refused):
    sentence = N_("Whoever examines or sits a practical does not end it. Another exam officer must do it.")


class ExaminersOweSignatures(Refused):
    sentence = N_(
        "The candidate has signed %(items)s, and an examiner has not. The examiners sign first; "
        "if they cannot, void the practical."
    )


class SimulationStillRuns(Refused):
    sentence = N_("The simulation of %(item)s still runs. End the practical when its time is up.")
