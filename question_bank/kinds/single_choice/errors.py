"""What can be wrong with a single-choice question."""

from kernel.errors import N_, Problem


class KeyNotOne(Problem):
    sentence = N_("A single-choice question has exactly one right option.")
