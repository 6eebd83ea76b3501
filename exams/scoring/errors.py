"""What cannot be marked."""

from kernel.errors import N_, Refused


class MethodUnknown(Refused):
    sentence = N_("This was marked by method %(method)s, which this release does not know.")


class AnswerOutsidePaper(Refused):
    sentence = N_("There is an answer to question %(number)s, which this paper does not have.")
