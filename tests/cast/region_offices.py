"""Offices of a region with their officers, and facts about people who live there."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from exams.results.events import ResultReleased
from exams.standards.rules import Part
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from kernel.ids import new_id
from people.access.rules import HELD_FOR_A_REGION, Role
from people.accounts import queries as accounts
from people.accounts.actions import open_account, register_person
from people.accounts.rules import DocumentKind, Sex
from people.demonstration.rules import PASSWORD
from people.organisations.actions import register_organisation
from people.organisations.queries import organisation_with_code
from people.organisations.rules.employments import OrganisationKind
from tests.cast.regions import HERE
from tests.cast.site import Site
from tests.integration.people.organisations.conftest import a_code
from training.records.events import HoursCompleted

THE_AUTHORITY = "11990101MA0000066W"
WELDING = "fusion_welding"


def released_part(person_id: UUID, qualification: str, now: datetime, supersedes: UUID | None = None) -> ResultReleased:
    return ResultReleased(
        result_id=new_id(),
        person_id=person_id,
        qualification=qualification,
        part=Part.THEORY.value,
        sitting_id=new_id(),
        attempt_number=1,
        revision=2 if supersedes else 1,
        supersedes=supersedes,
        method=1,
        passed=supersedes is None,
        score=Decimal(60 if supersedes else 86),
        pass_mark=Decimal(80),
        taken_on=shanghai_date(now) - timedelta(days=12),
        released_at=now,
        valid_until=None,
    )


def hours_of(person_id: UUID, today: date) -> HoursCompleted:
    return HoursCompleted(
        enrolment_id=new_id(),
        person_id=person_id,
        qualification=WELDING,
        outline=WELDING,
        outline_version=1,
        training_kind="initial",
        hours_required=Decimal(40),
        hours_credited=Decimal(40),
        started_on=today - timedelta(days=30),
        completed_on=today - timedelta(days=20),
        provider_id=UUID(int=1),
        provider_name="培训机构",
        teacher_ids=(),
        demonstration=True,
    )


def officer_of(work, role: Role, region: str | None, name: str = "") -> str:
    """An officer of a region, or a worker of an organisation there: somebody who can sign in."""
    username = name or f"{role.value}-{region}"
    person_id = register_person(
        work,
        name="欧阳" + ("在此" if region == HERE else "在彼"),
        document_kind=DocumentKind.PASSPORT,
        document_number=f"E{abs(hash(username)):020d}",
        sex=Sex.MALE,
        birth_date=None,
        phone=None,
    )
    held_for = region if role in HELD_FOR_A_REGION else None
    open_account(
        work,
        person_id=person_id,
        username=username,
        password=PASSWORD,
        roles=[role],
        organisation_id=_authority(work, region),
        region=held_for,
        is_demonstration=True,
    )
    return username


def _authority(work, region: str | None) -> UUID:
    code = THE_AUTHORITY if region == HERE else a_code(880)
    known = organisation_with_code(work, code)
    if known is not None:
        return known.id
    return register_organisation(
        work,
        kind=OrganisationKind.AUTHORITY,
        name="云溪市应急管理局",
        credit_code=code,
        region=region,
        is_demonstration=True,
    )


def actor_of(site: Site, username: str):
    with site.workplace.reading(platform("test"), Face.REGISTRY) as reading:
        found = accounts.actor_of_account(reading, username)
    assert found is not None
    return found
