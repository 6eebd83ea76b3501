from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from exams.practicals.queries import Filters, Practical, Todo
from exams.practicals.rules import Deed, Ending, Step
from kernel.errors import N_
from web import words
from web.typed import Fields, TypedReason, a_remark, an_id, chosen, day_sought, sought

HEADINGS = (
    N_("Candidate"),
    N_("Admission number"),
    N_("Date"),
    N_("Items"),
    N_("Signed"),
    N_("First examiner"),
    N_("Second examiner"),
    N_("State"),
    N_("Points"),
)
TODO_WORDS = {
    Todo.DRAW: N_("Items to be drawn"),
    Todo.FINISH: N_("Scores or signatures missing"),
    Todo.NOTHING: N_("Nothing more to do"),
}


class SheetStep(TypedReason):
    """One tap on a sheet. `seen` is how many steps the page showed, `step_id` was made with the form."""

    step_id: UUID
    seen: int
    deed: Deed
    line: str = ""
    deduction: str = ""

    def as_step(self) -> Step:
        """Raises Invalid."""
        return Step(self.deed, self.line, self.deduction, self.said())


class Replacing(BaseModel):
    """Who takes an examiner's place, and why."""

    person_id: str = ""
    reason: str = ""

    def meant(self) -> dict[str, Any]:
        """The arguments of `replace_examiner` that are typed. Raises Invalid by field."""
        with Fields(self) as read:
            return {"person_id": read("person_id", an_id), "reason": read("reason", a_remark)}


class EndingForm(TypedReason):
    """How the exam office ends a practical, and why."""

    ending: Ending


def filters_from(query: Mapping[str, str]) -> Filters:
    """The filter in an address."""
    return Filters(
        search=sought(query),
        sitting=sought(query, "sitting"),
        day=day_sought(query),
        todo=chosen(Todo, query, "todo"),
    )


def state_of(row: Practical) -> tuple[str, str]:
    """Tone and message id of where a practical stands."""
    if row.outcome is not None:
        if row.outcome.is_passed:
            return "ok", N_("Passed")
        return "danger", N_("Veto item") if row.outcome.is_vetoed else N_("Not passed")
    if row.ended is not None:
        return "soon", N_("Void: not counted")
    return ("info", N_("Under way")) if row.items else ("neutral", N_("To be drawn"))


def excel_row(row: Practical, say: Callable[[str], str]) -> list[str]:
    """One line of the list as it is downloaded, in the order of HEADINGS."""
    return [
        row.name,
        row.admission_number,
        words.day(row.held_on),
        " · ".join(state.item.code for state in row.items.values()),
        f"{row.signed_items} / {len(row.standard.subjects)}",
        row.examiners[1].name,
        row.examiners[2].name,
        say(state_of(row)[1]),
        words.marks(row.outcome.total) if row.outcome else "",
    ]
