"""What cannot be marked."""

from kernel.errors import N_, Refused


class AnswerOutsidePaper(Refused):
    sentence = N_("There is an answer to question %(number)s, which this paper does not have.")
