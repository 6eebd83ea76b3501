"""What can be wrong with an ordering question."""

from kernel.errors import N_, Problem


class StepsUnreadable(Problem):
    sentence = N_("Give the steps as a list of texts, in the right order.")


class StepCount(Problem):
    sentence = N_("Give %(least)s to %(most)s steps; there are %(count)s.")


class StepRepeated(Problem):
    sentence = N_("Steps %(first)s and %(second)s say the same.")


class StepTellsPlace(Problem):
    sentence = N_("Step %(number)s tells its own place. Leave out numbers and words such as “first” and “finally”.")
