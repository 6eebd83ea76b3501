"""The cast as written in people/data/demonstration.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from people.accounts.rules.id_numbers import IdNumber, parse_id_number
from people.organisations.rules.employments import OrganisationKind
from people.organisations.rules.staff_lists import StaffLine


@dataclass(frozen=True, slots=True)
class CastOrganisation:
    key: str
    kind: OrganisationKind
    name: str
    credit_code: str
    region: str
    posts: tuple[tuple[str, str], ...]  # name and kind


@dataclass(frozen=True, slots=True)
class CastMember:
    """One who can sign in; `is_listed`: employed only when the sample staff list is imported."""

    username: str
    name: str
    id_number: IdNumber
    phone: str
    roles: tuple[str, ...]
    organisation: str
    post: str
    migrant_worker: bool
    injury_insurance: bool
    is_listed: bool
    also: tuple[str, str] | None  # a second organisation and the post there

    def line(self, post: str, hired_on: date, row: int = 0) -> StaffLine:
        """The member as one line of a staff list."""
        return StaffLine(
            row=row,
            name=self.name,
            id_number=self.id_number,
            post=post,
            phone=self.phone,
            hired_on=hired_on,
            migrant_worker=self.migrant_worker,
            injury_insurance=self.injury_insurance,
        )


@dataclass(frozen=True, slots=True)
class Cast:
    hired_on: date
    organisations: tuple[CastOrganisation, ...]
    people: tuple[CastMember, ...]


def cast_from(document: Mapping[str, Any], *, today: date) -> Cast:
    """The cast in a parsed file. Raises IdNumberUnusable where a number is not a demonstration number that fits."""
    return Cast(
        hired_on=document["hired_on"],
        organisations=tuple(_organisation(each) for each in document["organisations"]),
        people=tuple(_member(each, today) for each in document["people"]),
    )


def _organisation(entry: Mapping[str, Any]) -> CastOrganisation:
    return CastOrganisation(
        key=entry["key"],
        kind=OrganisationKind(entry["kind"]),
        name=entry["name"],
        credit_code=entry["credit_code"],
        region=entry["region"],
        posts=tuple((post["name"], post["kind"]) for post in entry["posts"]),
    )


def _member(entry: Mapping[str, Any], today: date) -> CastMember:
    also = entry.get("also")
    return CastMember(
        username=entry["username"],
        name=entry["name"],
        id_number=parse_id_number(entry["id_number"], today=today, demonstration=True),
        phone=entry["phone"],
        roles=tuple(entry["roles"]),
        organisation=entry["organisation"],
        post=entry["post"],
        migrant_worker=entry["migrant_worker"],
        injury_insurance=entry["injury_insurance"],
        is_listed=entry.get("listed", False),
        also=(also["organisation"], also["post"]) if also else None,
    )
