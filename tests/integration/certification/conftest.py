"""People of the certificate office, made for each test."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from certification.applications.actions import approve_application, record_passed_part
from certification.certificates.queries import certificate_record
from certification.eligibility.actions import grant_eligibility
from exams.results.events import ResultReleased
from exams.standards.rules import Part
from kernel import files
from kernel.actor import ANYONE, Actor, platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from kernel.ids import new_id
from kernel.store import PHOTOS
from people.access.rules import Role, permissions_of
from people.accounts.rules import DocumentKind, Sex
from people.accounts.rules.id_numbers import check_digit
from people.accounts.tables import IdentityDocumentRecord, PersonRecord
from people.organisations.rules.employments import OrganisationKind
from people.organisations.tables import OrganisationRecord
from training.records.events import HoursCompleted
from web.certification.printing import printing as office_printing

RUNNING = count(100)


def a_picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (358, 441), (120, 150, 190)).save(out, "JPEG")
    return out.getvalue()


class Office:
    """The registry's side of the story, through real deeds."""

    def __init__(self, work) -> None:
        self.work = work
        self.authority_id = self.organisation(OrganisationKind.AUTHORITY, "演示市应急管理局")
        self.officer = self.someone(Role.CERTIFICATE_OFFICER, organisation_id=self.authority_id)
        work.session.flush()

    def organisation(self, kind: OrganisationKind, name: str) -> UUID:
        row = OrganisationRecord(
            id=new_id(),
            kind=kind,
            name=name,
            credit_code=f"T{new_id().hex[:17]}",
            is_demonstration=True,
            created_at=self.work.now,
        )
        self.work.session.add(row)
        return row.id

    def person(self, name: str = "张伟", *, photo: bool = True, region: str = "990105") -> UUID:
        first = f"{region}{1990 + next(RUNNING) % 20}0307{next(RUNNING) % 1000:03d}"
        person_id = new_id()
        self.work.session.add(
            PersonRecord(
                id=person_id,
                name=name,
                sex=Sex.MALE,
                birth_date=date(1990, 3, 7),
                phone=None,
                created_at=self.work.now,
            )
        )
        self.work.session.flush()
        self.work.session.add(
            IdentityDocumentRecord(
                person_id=person_id, kind=DocumentKind.RESIDENT_ID, number=first + check_digit(first)
            )
        )
        if photo:
            picture = files.receive(self.work.stores, PHOTOS, BytesIO(a_picture()), "image/jpeg")
            files.keep(self.work, picture, person_id)
        self.work.session.flush()
        return person_id

    def someone(self, role: Role, *, organisation_id: UUID | None = None, person_id: UUID | None = None) -> Actor:
        return Actor(
            name="王主任",
            account_id=new_id(),
            person_id=person_id or self.person("王主任"),
            organisation_id=organisation_id,
            permissions=permissions_of([role]),
            roles=frozenset({role.value}),
        )

    def as_platform(self):
        self.work.actor = platform("test")
        return self.work

    def as_officer(self):
        self.work.actor = self.officer
        return self.work

    def elsewhere(self) -> Actor:
        """An officer of another authority."""
        authority_id = self.organisation(OrganisationKind.AUTHORITY, "外市应急管理局")
        self.work.session.flush()
        return self.someone(Role.CERTIFICATE_OFFICER, organisation_id=authority_id)

    def trained(
        self,
        person_id: UUID,
        qualification: str = "low_voltage",
        *,
        hours: str = "148",
        demonstration: bool = True,
        outline_name: str = "低压电工作业初次取证培训大纲",
    ):
        return grant_eligibility(
            self.as_platform(),
            HoursCompleted(
                enrolment_id=new_id(),
                person_id=person_id,
                qualification=qualification,
                outline="low_voltage.initial",
                outline_name=outline_name,
                outline_version=1,
                training_kind="initial",
                hours_required=Decimal(148),
                hours_credited=Decimal(hours),
                started_on=date(2026, 10, 1),
                completed_on=date(2026, 11, 1),
                provider_id=new_id(),
                provider_name="演示培训中心",
                teacher_ids=(new_id(),),
                demonstration=demonstration,
            ),
        )

    def part(self, person_id: UUID, part: Part, qualification: str = "low_voltage", **changes) -> ResultReleased:
        facts: dict[str, Any] = {
            "result_id": new_id(),
            "person_id": person_id,
            "qualification": qualification,
            "part": part.value,
            "sitting_id": new_id(),
            "attempt_number": 1,
            "revision": 1,
            "supersedes": None,
            "method": 1,
            "passed": True,
            "score": Decimal("86.5"),
            "pass_mark": Decimal(80),
            "taken_on": shanghai_date(self.work.now),
            "released_at": datetime(2026, 11, 20, tzinfo=UTC),
            "valid_until": None,
        }
        return ResultReleased(**(facts | changes))

    def passed(self, person_id: UUID, qualification: str = "low_voltage") -> UUID:
        """The application that opens when both parts are passed."""
        record_passed_part(self.as_platform(), self.part(person_id, Part.THEORY, qualification))
        opened = record_passed_part(self.as_platform(), self.part(person_id, Part.PRACTICAL, qualification))
        assert opened
        return opened


@pytest.fixture
def office(work_as):
    return Office(work_as(platform("test"), Face.REGISTRY))


@pytest.fixture(scope="session")
def printing(settings):
    return office_printing(settings)


@pytest.fixture
def issued(workplace, printing):
    """A certificate that is really committed, so that the public role can see it."""
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        office = Office(work)
        person_id = office.person("阿卜杜·买买提")
        office.trained(person_id)
        application_id = office.passed(person_id)
        certificate_id = approve_application(office.as_officer(), application_id, printing=printing)
        record = certificate_record(work, certificate_id)
        officer = office.officer
    return record, officer


@pytest.fixture
def stranger(work_as):
    return work_as(ANYONE, Face.PUBLIC)
