"""Refusals around outlines."""

from kernel.errors import N_, Problem, Refused


class OutlineNotConfirmed(Refused):
    sentence = N_(
        "No confirmed training outline is on file for %(qualification)s (%(kind)s) on %(on)s. "
        "Nobody can be enrolled until its hours are confirmed."
    )


class PracticeUnknown(Refused):
    sentence = N_(
        "The outline for %(qualification)s (%(kind)s) does not say how many of its hours are practice, and practice is "
        "taught in person. Nobody can be enrolled until that is confirmed."
    )


class OutlineUnknown(Refused):
    sentence = N_("There is no version %(version)s of the outline %(code)s.")


class OutlinesBroken(Problem):
    sentence = N_("The file of training outlines contradicts itself at %(where)s: %(fault)s.")
