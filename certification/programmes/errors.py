"""Refusals of the programmes."""

from kernel.errors import N_, Refused


class NoRuleInForce(Refused):
    """No dated rule covers the position on that day; nothing may be decided without one."""

    sentence = N_("No rule for this position is in force on %(day)s, so nothing can be decided for that day.")
