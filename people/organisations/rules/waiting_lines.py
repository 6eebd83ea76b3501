"""Writing down the lines of a long list that wait for their step, and reading them back."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Final

from people.accounts.rules.id_numbers import IdNumber
from people.organisations.rules.staff_lists import StaffLine

FORMAT: Final = 1


def as_bytes(lines: Iterable[StaffLine]) -> bytes:
    """`lines` as JSON, ID numbers in clear: it is to be sealed before it is kept."""
    plain = [asdict(line) | {"id_number": line.id_number.text, "hired_on": str(line.hired_on)} for line in lines]
    return json.dumps({"format": FORMAT, "lines": plain}).encode()


def from_bytes(written: bytes) -> tuple[StaffLine, ...]:
    """What `as_bytes` wrote down; it was judged before, so it is not judged again."""
    return tuple(
        StaffLine(**each | {"id_number": IdNumber(each["id_number"]), "hired_on": date.fromisoformat(each["hired_on"])})
        for each in json.loads(written)["lines"]
    )
