"""What can be wrong with a multiple-choice question."""

from kernel.errors import N_, Problem


class KeyTooFew(Problem):
    sentence = N_("A multiple-choice question has at least two right options.")
