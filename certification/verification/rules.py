"""How often certificates may be looked up, and what of a typed look-up can be judged without any record."""

from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from certification.certificates.rules.names import folded
from certification.certificates.rules.numbers import as_typed, is_number
from certification.verification.errors import LookupUnusable, NameMissing, NumberCannotBeRight, NumberMissing
from kernel.errors import Problem

MINUTE = timedelta(minutes=1)
# A factory gate scans a shift of workers from one address.
BY_CODE_AT_MOST = 60
BY_NUMBER_AT_MOST = 20
# Whoever has scanned a code knows name, province and a few digits; what is left are more than a million numbers. These
# two leave somebody who tries them out a lifetime, and are above what mistyping makes on a day.
DAY = timedelta(days=1)
MISSES_OF_CLIENT_AT_MOST = 60
MISSES_OF_NAME_AT_MOST = 30

ONE_CUSTOMER = 64  # bits: a provider gives each customer of IPv6 at least such a network, with all its addresses


def counted_address(address: str) -> str:
    """The address under which a client is counted: of IPv6 the network, which one customer has to himself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, ONE_CUSTOMER), strict=False))


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
