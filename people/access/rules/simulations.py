"""What may be done with the practice apparatus, and who may do it."""

from people.access.rules.rights import Grants, Right
from people.access.rules.roles import Role


class Simulations:
    """The permissions of simulations, alphabetical by their text."""

    RUN_SIMULATION = Right("simulations:runs:own")


TO_EVERY_ROLE: frozenset[Right] = frozenset()

GRANTS: Grants = {
    Role.WORKER: frozenset({Simulations.RUN_SIMULATION}),
}
