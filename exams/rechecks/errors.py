"""Refusals about mistakes that a re-check finds."""

from kernel.errors import N_, Invalid, Refused


class NotNumbers(Invalid):
    sentence = N_("Write the numbers of the questions, such as 3, 17.")


class NotOnThePaper(Invalid):
    sentence = N_("This candidate's paper has no question %(number)s.")


class EvidenceAltered(Refused):
    sentence = N_("What is kept of this exam is not what was announced. Nothing is marked again from it.")


class NothingToRevise(Refused):
    sentence = N_("Marked again with this, the result stays as it is. Answer the request without a revision.")
