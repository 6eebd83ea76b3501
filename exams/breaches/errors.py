"""Refusals about breaches."""

from kernel.errors import N_, Refused


class SecondInvigilatorNeeded(Refused):
    sentence = N_("Another invigilator must confirm; you cannot sign twice.")


class NoBreachToDecide(Refused):
    sentence = N_("No breach waits here: it was confirmed or dismissed already.")


class TooLateForBreach(Refused):
    sentence = N_("The exam is closed. A breach is found and decided before that; tell the exam body what you know.")


class BreachUndecided(Refused):
    sentence = N_("A breach was found with this candidate. Two invigilators decide about it first, on their console.")


class EndedForBreach(Refused):
    sentence = N_("Two invigilators have ended this exam for a breach of the rules. It scores nothing.")
