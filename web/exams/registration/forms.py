"""What is typed when somebody applies."""

from datetime import date

from pydantic import BaseModel

from kernel.errors import N_, Invalid, Problem


class NotADay(Problem):
    sentence = N_("Type the day as 2026-05-31.")


class TypedApplication(BaseModel):
    """`earliest_on` may stay empty: as soon as possible."""

    earliest_on: str = ""


def day_from(typed: TypedApplication) -> date | None:
    """The earliest day asked for. Raises Invalid at its field."""
    text = typed.earliest_on.strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid({"earliest_on": NotADay()}) from None
