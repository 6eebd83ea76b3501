"""What can be wrong with a bank's files."""

from kernel.errors import N_, Refused


class BankFileUnusable(Refused):
    sentence = N_("%(file)s cannot be used: %(why)s")


class BankQuestionUnusable(Refused):
    sentence = N_("Question %(reference)s in %(file)s cannot be used: %(why)s")


class ReferenceRepeated(Refused):
    sentence = N_("Question %(reference)s stands twice, the second time in %(file)s.")


class BankFolderMissing(Refused):
    sentence = N_("There is no question bank in the folder %(folder)s.")
