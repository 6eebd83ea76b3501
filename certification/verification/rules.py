"""How often one address may look certificates up, and what of a typed look-up can be judged without any record."""

from datetime import timedelta

from certification.certificates.rules.names import folded
from certification.certificates.rules.numbers import as_typed, is_number
from certification.verification.errors import LookupUnusable, NameMissing, NumberCannotBeRight, NumberMissing
from kernel.errors import Problem

WINDOW = timedelta(minutes=1)
# A factory gate scans a shift of workers from one address; a machine that tries numbers is slowed to uselessness.
BY_CODE_AT_MOST = 60
BY_NUMBER_AT_MOST = 20


def typed_lookup(number: str, name: str) -> tuple[str, str]:
    """The canonical number and the name.

    Raises:
        LookupUnusable: with the fields that are empty, or a number that no genuine certificate can have.
    """
    canonical = as_typed(number)
    fields: dict[str, Problem | str] = {}
    if not canonical:
        fields["number"] = NumberMissing()
    elif not is_number(canonical):
        fields["number"] = NumberCannotBeRight()
    if not folded(name):
        fields["name"] = NameMissing()
    if fields:
        raise LookupUnusable(fields)
    return canonical, name
