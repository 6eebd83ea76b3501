"""Refusals around study."""

from kernel.errors import N_, NotFound, Refused


class NoSuchSession(NotFound):
    sentence = N_("This study session does not exist, or it is not yours.")


class SessionIsOver(Refused):
    sentence = N_("This study session is over. Open the lesson again to go on.")


class NothingAsked(Refused):
    sentence = N_("Nobody asked whether you are there. The question comes by itself.")
