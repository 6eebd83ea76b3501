"""Refusals of the vocabulary."""

from kernel.errors import N_, NotFound, Problem


class QualificationUnknown(NotFound):
    sentence = N_("No catalogue has a qualification “%(code)s”.")


class PostKindUnknown(NotFound):
    sentence = N_("No catalogue has a kind of post “%(code)s”.")


class CatalogueBroken(Problem):
    """The committed catalogue files contradict each other: a fault of ours, found when they are read."""

    sentence = N_("The catalogue %(code)s is broken: %(fault)s.")
