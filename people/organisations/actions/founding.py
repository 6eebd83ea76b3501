"""Organisations and their posts."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from kernel.ids import new_id
from kernel.work import Work, action
from people.access.rules import Permission
from people.organisations import queries
from people.organisations.errors import CreditCodeTaken, PostAlreadyThere
from people.organisations.events import OrganisationRegistered, PostAdded
from people.organisations.rules.credit_codes import parse_credit_code
from people.organisations.rules.employments import (
    OrganisationId,
    OrganisationKind,
    PostId,
    organisation_name,
    post_name,
)
from people.organisations.tables import OrganisationRecord, PostRecord
from people.positions.queries import vocabulary
from people.regions.queries import place_for


@action(needs=Permission.REGISTER_ORGANISATIONS)
def register_organisation(
    work: Work,
    *,
    kind: OrganisationKind,
    name: str,
    credit_code: str,
    region: str | None = None,
    trade: str | None = None,
    phone: str | None = None,
    is_demonstration: bool = False,
) -> OrganisationId:
    """A new organisation within what the actor acts for; without `region` it stands where its credit code was given.

    Raises:
        OrganisationNameLength, CreditCodeUnusable, CreditCodeTaken.
        RegionCodeShape, RegionNotKnown, RegionGone, RegionMissing, NoSuchRegion.
    """
    name = organisation_name(name)
    code = parse_credit_code(credit_code, demonstration=is_demonstration)
    place = place_for(work, region, otherwise=code.district)
    known = queries.organisation_with_code(work, code.text)
    if known is not None:
        raise CreditCodeTaken(name=known.name)
    organisation_id = OrganisationId(new_id())
    work.session.add(
        OrganisationRecord(
            id=organisation_id,
            kind=kind,
            name=name,
            credit_code=code.text,
            region_code=place,
            trade=trade,
            phone=phone,
            is_demonstration=is_demonstration,
            created_at=work.now,
        )
    )
    work.session.flush()
    work.announce(OrganisationRegistered(organisation_id=organisation_id, kind=kind.value, name=name, region=place))
    return organisation_id


def change_telephone(work: Work, organisation_id: UUID, phone: str) -> bool:
    """Another telephone of whoever speaks for an organisation in scope; whether it is another. Part of deeds."""
    queries.organisation_in_scope(work, organisation_id)
    record = work.session.get_one(OrganisationRecord, organisation_id)
    if record.phone == phone:
        return False
    record.phone = phone
    work.session.flush()
    work.note("people.organisation_telephone_changed", subject=organisation_id)
    return True


@action(needs=Permission.KEEP_STAFF)
def add_post(work: Work, *, name: str, kind: str) -> PostId:
    """A post of the own enterprise. Raises PostNameLength, PostAlreadyThere, PostKindUnknown."""
    own = queries.own_organisation(work)
    name = post_name(name)
    vocabulary().post_kind(kind)
    if any(post.name == name for post in queries.posts(work, own.id)):
        raise PostAlreadyThere(post=name)
    post_id = PostId(new_id())
    work.session.add(PostRecord(id=post_id, organisation_id=own.id, name=name, kind=kind))
    work.session.flush()
    work.announce(PostAdded(post_id=post_id, organisation_id=own.id, name=name, kind=kind))
    return post_id


def post_aliases(posts: Sequence[queries.Post]) -> Mapping[str, str]:
    """Other usual names of these posts, each with the enterprise's own name for it."""
    known = vocabulary()
    return {alias: post.name for post in posts for alias in known.post_kind(post.kind).aliases}
