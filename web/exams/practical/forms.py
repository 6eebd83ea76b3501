from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from exams.practicals.rules import Deed, Step

Code = Annotated[str, StringConstraints(max_length=60)]
Said = Annotated[str, StringConstraints(max_length=500)]


class SheetStep(BaseModel):
    """One tap on a sheet. `seen` is how many steps the page showed, `step_id` was made with the form."""

    step_id: UUID
    seen: int
    deed: Deed
    line: Code = ""
    deduction: Code = ""
    reason: Said = ""

    def as_step(self) -> Step:
        return Step(self.deed, self.line, self.deduction, self.reason)


class Refusal(BaseModel):
    """What the candidate said when refusing to sign."""

    reason: Said = ""


class Replacing(BaseModel):
    """Who takes an examiner's place, and why."""

    person_id: UUID
    reason: Said = ""
