"""Refusals about applications."""

from kernel.errors import N_, NotFound, Refused


class AlreadyDecided(Refused):
    sentence = N_("This application was already decided on %(day)s.")


class NoSuchApplication(NotFound):
    sentence = N_("There is no such application.")


class BarredUntil(Refused):
    sentence = N_("An earlier certificate was revoked; until %(day)s no new one can be applied for.")
