"""Bringing the cast onto an empty installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from kernel.work import Work, action
from people.access.rules import Permission
from people.accounts.actions import keep_photo, open_account, register_person
from people.accounts.formats import IdentityPhoto, identity_photo
from people.accounts.queries import actor_of_account
from people.accounts.rules import DocumentKind, PersonId
from people.demonstration.formats import portrait
from people.demonstration.queries import REGIONS, cast
from people.demonstration.rules.cast import CastMember, CastOrganisation
from people.organisations.actions import add_employment, add_post, register_organisation
from people.organisations.queries import organisation_with_code
from people.regions.actions import load_regions


@action(needs=Permission.OPEN_ACCOUNTS)
def settle_cast(work: Work, *, password: str) -> bool:
    """Register the cast with regions, organisations, posts, employments, photos and accounts.

    Everybody gets the same `password`; their accounts are marked so that it opens nothing outside a demonstration.
    Returns whether anything was done: on an installation that has the cast nothing is.
    """
    players = cast(work)
    photos = {each.username: _photo(work, each) for each in players.people}  # drawn before anything is asked
    if actor_of_account(work, players.people[0].username) is not None:
        return False
    load_regions(work, REGIONS.read_bytes())
    organisations = {each.key: _organisation(work, each) for each in players.organisations}
    for member in players.people:
        person_id = _person(work, member, photos[member.username])
        open_account(
            work,
            person_id=person_id,
            username=member.username,
            password=password,
            roles=list(member.roles),
            organisation_id=organisations[member.organisation],
            is_demonstration=True,
        )
        places = [] if member.is_listed else [(member.organisation, member.post)]
        for key, post in [*places, *([member.also] if member.also else [])]:
            with _acting_for(work, organisations[key]):
                add_employment(work, line=member.line(post, players.hired_on))
    return True


def _organisation(work: Work, each: CastOrganisation) -> UUID:
    known = organisation_with_code(work, each.credit_code)
    if known is not None:
        return known.id
    organisation_id = register_organisation(
        work,
        kind=each.kind,
        name=each.name,
        credit_code=each.credit_code,
        region=each.region,
        is_demonstration=True,
    )
    with _acting_for(work, organisation_id):
        for name, kind in each.posts:
            add_post(work, name=name, kind=kind)
    return organisation_id


def _person(work: Work, member: CastMember, photo: IdentityPhoto) -> PersonId:
    number = member.id_number
    person_id = register_person(
        work,
        name=member.name,
        document_kind=DocumentKind.RESIDENT_ID,
        document_number=number.text,
        sex=number.sex,
        birth_date=number.birth_date,
        phone=member.phone,
    )
    keep_photo(work, person_id=person_id, photo=photo)
    return person_id


def _photo(work: Work, member: CastMember) -> IdentityPhoto:
    number = member.id_number
    return identity_photo(portrait(member.username, number.sex, work.now.year - number.birth_date.year))


@contextmanager
def _acting_for(work: Work, organisation_id: UUID) -> Iterator[None]:
    """Posts and employments are an organisation's own deeds; the platform does them here in its place."""
    platform = work.actor
    work.actor = replace(platform, organisation_id=organisation_id)
    yield
    work.actor = platform
