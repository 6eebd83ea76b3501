"""What can be wrong with a numeric question."""

from kernel.errors import N_, Problem


class NumberUnreadable(Problem):
    sentence = N_("Write a number with at most 12 digits before and 6 after the decimal point, such as 12.5.")


class ToleranceNegative(Problem):
    sentence = N_("A tolerance is zero or more: how far an answer may be off on either side.")


class UnitsUnreadable(Problem):
    sentence = N_("Write one unit a line: “mA = 0.001” for the same quantity, “V” for another one.")


class UnitRepeated(Problem):
    sentence = N_("The unit %(unit)s stands twice.")


class UnitMissing(Problem):
    sentence = N_("Give the unit of the answer before others are offered beside it.")


class UnitsTooMany(Problem):
    sentence = N_("Offer at most %(most)s other units.")
