"""What is typed when somebody applies."""

from datetime import date

from pydantic import BaseModel

from web.typed import Fields, a_day, if_any


class TypedApplication(BaseModel):
    """`earliest_on` may stay empty: as soon as possible."""

    earliest_on: str = ""

    def earliest_day(self) -> date | None:
        """Raises Invalid at its field."""
        with Fields(self) as read:
            return read("earliest_on", if_any(a_day))
