"""Refusals of the standards."""

from kernel.errors import N_, Refused


class NoRegimeInForce(Refused):
    sentence = N_("No exam rule for this position is in force on %(day)s, so nothing can be decided for that day.")


class NoStandard(Refused):
    sentence = N_("There is no exam standard for this qualification and part on %(day)s.")
