"""The cast, read from the file that comes with the program."""

from pathlib import Path

from kernel.authored import authored, read_once
from kernel.clock import shanghai_date
from kernel.work import Reading
from people.demonstration.rules.cast import Cast, cast_from
from people.demonstration.rules.sample_list import listed, sample_rows

DATA = Path(__file__).parent.parent / "data"
CAST = DATA / "demonstration.yaml"
REGIONS = DATA / "regions" / "demonstration.csv"


@read_once
def _document() -> dict[str, object]:
    return authored(CAST).whole(dict)


def cast(reading: Reading) -> Cast:
    """Everybody who is in the demonstration from its beginning."""
    return cast_from(_document(), today=shanghai_date(reading.now))


def sample_staff_list(reading: Reading) -> list[list[str]]:
    """The rows of the staff list that a visitor imports, in the order of the template's columns."""
    members = listed(cast(reading).people)
    return sample_rows(members, cast(reading).hired_on)
