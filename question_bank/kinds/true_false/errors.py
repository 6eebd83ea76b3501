"""What can be wrong with a true/false question."""

from kernel.errors import N_, Problem


class OptionsNotWanted(Problem):
    sentence = N_("A true/false question has no options of its own.")


class KeyNotTrueOrFalse(Problem):
    sentence = N_("Say whether the statement is true or false.")
