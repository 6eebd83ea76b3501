"""What a permission is, and how a package says who holds its own."""

from collections.abc import Mapping

from people.access.rules.roles import Role


class Right(str):
    """One permission, `<package>:<room>:<deed>`. Its text is what is compared, stored and shown."""

    __slots__ = ()


Grants = Mapping[Role, frozenset[Right]]


def rights_of(vocabulary: type) -> tuple[Right, ...]:
    """All permissions that one class of them names, in its order."""
    return tuple(right for right in vars(vocabulary).values() if isinstance(right, Right))
