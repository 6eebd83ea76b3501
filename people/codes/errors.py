"""Refusals around codes."""

from kernel.errors import N_, Invalid, Refused


class AskedAgainTooSoon(Refused):
    sentence = N_("A message is on its way already. Wait a minute before another is sent.")


class AskedTooOften(Refused):
    sentence = N_("Today %(most)d messages have gone to this telephone. More can be sent tomorrow.")


class CodeNotGood(Invalid):
    sentence = N_(
        "This code is not good: mistyped, used already, or too old. The office that admitted you can send another."
    )
