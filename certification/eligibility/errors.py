"""Refusals about eligibilities."""

from kernel.errors import N_, NotFound, Refused


class HoursMissing(Refused):
    """The announced hours do not reach the outline's; nothing is granted on trust."""

    sentence = N_("Only %(credited)s of the %(required)s required hours are credited, so no eligibility is granted.")


class ProofWithoutPhoto(Refused):
    sentence = N_("There is no photo of this person yet, and a training proof is not printed without one.")


class NoSuchProof(NotFound):
    sentence = N_("There is no such training proof.")
