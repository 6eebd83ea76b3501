"""A machine that compares what is kept with what was announced."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from host.commands import papers as command


def compared(workplace, sitting_id: UUID, *, with_audit: bool = True) -> list[tuple[str, str | None]]:
    found = command.compared(workplace, sitting_id, with_audit=with_audit).differences
    return [(it.reason, it.admission_number) for it in found]


def forge_result(intruder, column: str, of: UUID, score: Decimal | int, *, passed: bool) -> None:
    """A result as its table takes it: what passed counts until some day."""
    intruder.execute(
        f"UPDATE exams.results SET score = %s, passed = %s, counts_until = %s WHERE {column} = %s",
        [score, passed, date(2030, 1, 1) if passed else None, of],
    )
