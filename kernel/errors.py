"""Everything that can go wrong on purpose.

    Problem
     ├─ NotFound    it is not there, or you may not see that it is
     ├─ Forbidden   you may see it, but not do this
     ├─ Refused     a rule says no
     └─ Invalid     what was typed cannot be used; names the fields

Rooms subclass by sentence: ``class AttemptIsOver(Refused): sentence = N_("This attempt is over.")``. A sentence is an
English message id with ``%(name)s`` places; the web translates it and fills the places from ``data``. HTTP statuses are
known only to the web package. Anything that is not a Problem is a bug.
"""

from collections.abc import Mapping
from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark for translation, translate later"
    """Mark `message` for translation where it is written; it is translated where it is shown."""
    return message


class Problem(Exception):
    """A refusal that a person can read. `data` fills the places of `sentence`."""

    sentence: ClassVar[str] = N_("This cannot be done.")

    def __init__(self, **data: object) -> None:
        self.data: dict[str, object] = data
        super().__init__(self.sentence % data if data else self.sentence)


class NotFound(Problem):
    """It does not exist, or the person may not know that it does."""

    sentence = N_("There is nothing at this address, or it is not yours to see.")


class Forbidden(Problem):
    """The person may know of it but holds no permission for this deed."""

    sentence = N_("Your account does not allow this.")


class Refused(Problem):
    """A rule of the trade says no; the subclass says which."""


class Invalid(Problem):
    """What was typed cannot be used. `fields` maps a field's name to the problem with it."""

    sentence = N_("Some of what you typed cannot be used yet. The fields below say why.")

    def __init__(self, fields: Mapping[str, Problem | str] | None = None, **data: object) -> None:
        self.fields: dict[str, Problem | str] = dict(fields or {})
        super().__init__(**data)
