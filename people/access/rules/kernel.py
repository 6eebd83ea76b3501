"""What may be done with the platform's own works, and who may do it."""

from people.access.rules.rights import Grants, Right
from people.access.rules.roles import Role


class Kernel:
    """The permissions of the kernel, alphabetical by their text."""

    KEEP_DELIVERIES = Right("kernel:deliveries:keep")


TO_EVERY_ROLE: frozenset[Right] = frozenset()

GRANTS: Grants = {Role.ADMINISTRATOR: frozenset({Kernel.KEEP_DELIVERIES})}
