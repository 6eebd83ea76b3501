"""Two cities of the demonstration's province, and officers who act for one of them."""

from uuid import UUID, uuid4

from kernel.actor import Actor
from kernel.work import Work
from people.access.rules import Role, permissions_of
from people.demonstration.queries import REGIONS
from people.regions.actions import load_regions
from people.regions.rules import beginning_of

PROVINCE, HERE, COUNTY, TOWN, THERE, COUNTY_THERE = "990000", "990100", "990101", "990101001", "990200", "990201"


def with_regions(work: Work) -> Work:
    """The demonstration's regions, on an installation that has none yet; `work` is of the platform."""
    load_regions(work, REGIONS.read_bytes())
    return work


def officer(role: Role, region: str | None, organisation_id: UUID | None = None) -> Actor:
    """Somebody who holds `role` for a region, or everywhere."""
    return Actor(
        name=f"{role.value} {region}",
        account_id=uuid4(),
        person_id=uuid4(),
        organisation_id=organisation_id,
        region=beginning_of(region),
        permissions=permissions_of([role], region),
        roles=frozenset([role.value]),
    )
