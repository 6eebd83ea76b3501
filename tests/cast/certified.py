"""A registry that has been at work for years: certificates in every state, a large staff, a conflict found too late.

Everything comes about through the deeds of those who do them in life; what happened years ago is done in a work of that
day. Only the passed examinations are told to the registry as if exams had released them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from certification.applications.actions import approve_application, record_passed_part, refuse_application
from certification.certificates.actions.deciding import (
    cancel_certificate,
    record_review,
    revoke_certificate,
    suspend_certificate,
)
from certification.programmes.rules import plus_years
from exams.centres import queries as centres
from exams.centres.rules import RoomKind
from exams.registrations.actions import accept_eligibility, apply
from exams.results.events import ResultReleased
from exams.sittings.actions import assign_staff, confirm_sitting, plan_sitting, recheck_staff, seat_candidates
from exams.standards.rules import Part
from kernel import sheets
from kernel.actor import Actor, platform
from kernel.clock import SHANGHAI, shanghai_date
from kernel.faces import Face
from kernel.ids import new_id
from kernel.work import Work, Workplace
from people.accounts import queries as accounts
from people.accounts.actions import keep_photo
from people.accounts.rules import DocumentKind
from people.accounts.rules.id_numbers import check_digit
from people.organisations.actions import import_staff
from people.organisations.formats.workbooks import uploaded
from people.organisations.rules.staff_lists import Column
from tests.cast.exam_day import GIVEN, SURNAMES
from tests.cast.portraits import photo_of
from training.enrolments.actions import enrol
from training.outlines.rules import TrainingKind
from web.certification.printing import printing

# A card of that day or before had to be reviewed while reviews were still held, until 2026-05-31.
LAST_REVIEWED = date(2023, 1, 1)

LONG_NAME = "阿卜杜热合曼·阿卜杜克里木江·吐尔逊尼亚孜"
POSTS = ("维修电工", "焊工", "机加工操作工", "车间主任", "普工")
STAFF = 200


class Registry:
    """The demonstration's authority and enterprise, with the deeds that fill their screens."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.now = workplace.clock.now()
        self.today = shanghai_date(self.now)
        with self.as_platform(Face.REGISTRY) as work:
            self.song, self.liu = (_actor(work, who) for who in ("song", "liu"))

    @contextmanager
    def work(self, who: Actor, face: Face, on: date | None = None) -> Iterator[Work]:
        with self.workplace.transaction(who, face) as work:
            if on:
                work.now = datetime.combine(on, time(10), tzinfo=SHANGHAI)
            yield work

    def as_platform(self, face: Face):
        return self.work(platform("test"), face)

    def person(self, username: str) -> UUID:
        with self.as_platform(Face.REGISTRY) as work:
            found = _actor(work, username).person_id
        assert found
        return found

    def staff(self, count: int = STAFF) -> dict[str, UUID]:
        """Name -> person of `count` people whom the enterprise's manager imports from Excel."""
        rows = [_line(number) for number in range(count)]
        content = sheets.workbook("名单", [each.label for each in Column], rows, [12] * len(Column))
        with self.work(self.liu, Face.REGISTRY) as work:
            import_staff(work, file=uploaded(content), file_name="名单.xlsx")
        with self.as_platform(Face.REGISTRY) as work:
            found = accounts.people_with_documents(work, DocumentKind.RESIDENT_ID, [row[1] for row in rows])
        return {row[0]: found[row[1]].id for row in rows}

    def issue(self, person_id: UUID, qualification: str, on: date, *, reviewed: bool = True) -> UUID:
        """A certificate issued on a day, its review passed where one was held."""
        photo = photo_of(str(person_id))
        with self.as_platform(Face.REGISTRY) as work:
            if accounts.photo(work, person_id) is None:
                keep_photo(work, person_id=person_id, photo=photo)
        application = self.passed(person_id, qualification, on)
        with self.work(self.song, Face.REGISTRY, on) as work:
            certificate = approve_application(work, application, printing=printing(self.workplace.settings))
        review = plus_years(on, 3)
        if reviewed and review < min(self.today, date(2026, 6, 1)):
            with self.work(self.song, Face.REGISTRY, review - timedelta(days=20)) as work:
                record_review(work, certificate, reason="体检合格，复审培训8学时、考核合格。")
        return certificate

    def passed(self, person_id: UUID, qualification: str, on: date) -> UUID:
        """The application that opens when everything is passed."""
        opened = None
        with self.work(platform("test"), Face.REGISTRY, on) as work:
            for part in (Part.THEORY, Part.PRACTICAL):
                released = ResultReleased(
                    result_id=new_id(),
                    person_id=person_id,
                    qualification=qualification,
                    part=part.value,
                    sitting_id=new_id(),
                    attempt_number=1,
                    revision=1,
                    supersedes=None,
                    method=1,
                    passed=True,
                    score=Decimal("86.5"),
                    pass_mark=Decimal(80),
                    taken_on=on - timedelta(days=12),
                    released_at=work.now,
                    valid_until=None,
                )
                opened = record_passed_part(work, released) or opened
        assert opened
        return opened

    def every_state(self, people: dict[str, UUID]) -> dict[str, UUID]:
        """State -> certificate: one of each that a day of today can show, held by people of the staff."""
        names = iter([name for name in people if name != LONG_NAME])
        today, qualification = self.today, "low_voltage"
        six_years_ago = plus_years(today, -6)
        nearly, long_ago = six_years_ago + timedelta(days=30), six_years_ago - timedelta(days=40)
        missed_review = min(plus_years(today, -4), LAST_REVIEWED)
        held = {
            "valid": self.issue(people[LONG_NAME], qualification, today - timedelta(days=400)),
            "renewal_due": self.issue(people[next(names)], qualification, nearly),
            "expired": self.issue(people[next(names)], qualification, long_ago),
            "void": self.issue(people[next(names)], qualification, missed_review, reviewed=False),
        }
        for state in ("suspended", "revoked", "cancelled"):
            held[state] = self.issue(people[next(names)], qualification, today - timedelta(days=200))
        renewed, early = people[next(names)], people[next(names)]
        held["replaced"] = self.issue(renewed, qualification, six_years_ago - timedelta(days=5))
        self.issue(renewed, qualification, today - timedelta(days=10))
        self.issue(early, qualification, nearly)
        held["not_yet_valid"] = self.issue(early, qualification, today)
        with self.work(self.song, Face.REGISTRY) as work:
            suspend_certificate(work, held["suspended"], reason="接到举报，核查实际操作能力期间暂停。")
            cancel_certificate(work, held["cancelled"], reason="持证人申请注销。")
            revoke_certificate(work, held["revoked"], ground="fraud_or_bribery", reason="查实替考。")
        return held

    def found_too_late(self) -> None:
        """Han invigilates; afterwards it comes to light that his school trained the candidate, and that he taught."""
        with self.as_platform(Face.EXAMINATION) as work:
            he, zhang, wu, han = (_actor(work, who) for who in ("he", "zhang", "wu", "han"))
        self._trained(zhang, new_id(), "江城职业技术学院（演示）", (), "PX-1")
        with self.work(zhang, Face.EXAMINATION) as work:
            registration = apply(work, qualification="low_voltage", part=Part.THEORY)
        with self.work(he, Face.EXAMINATION) as work:
            centre = centres.centres(work)[0]
            sitting = plan_sitting(
                work,
                room_id=next(room.id for room in centres.rooms(work, centre.id) if room.kind is RoomKind.THEORY),
                qualification="low_voltage",
                part=Part.THEORY,
                starts_at=work.now + timedelta(days=2),
            )
            seat_candidates(work, sitting, registration_ids=[registration])
            for member in centres.pool(work, centre.id):
                if member.member.name in {"许海峰", "韩东升"}:
                    assign_staff(work, sitting, staff_id=member.id)
            confirm_sitting(work, sitting)
        assert wu.organisation_id
        assert han.person_id
        self._trained(zhang, wu.organisation_id, "江城安学安全技术培训学校", (han.person_id,), "PX-2")
        with self.as_platform(Face.EXAMINATION) as work:
            recheck_staff(work)

    def _trained(self, who: Actor, provider: UUID, name: str, teachers: tuple[UUID, ...], proof: str) -> None:
        assert who.person_id
        with self.as_platform(Face.REGISTRY) as work:
            accept_eligibility(
                work,
                person_id=who.person_id,
                qualification="low_voltage",
                granted_on=self.today,
                valid_until=None,
                provider_id=provider,
                provider_name=name,
                teacher_ids=teachers,
                proof_number=proof,
                demonstration=True,
            )

    def enrolled(self, person_id: UUID) -> UUID:
        """Somebody who learns at the demonstration's provider, under its shortened outline."""
        with self.as_platform(Face.LEARNING) as work:
            zhao, wu = (_actor(work, who) for who in ("zhao", "wu"))
        assert wu.person_id
        assert zhao.organisation_id
        with self.work(zhao, Face.LEARNING) as work:
            return enrol(
                work,
                person_id=person_id,
                course="low_voltage",
                kind=TrainingKind.INITIAL,
                provider_id=zhao.organisation_id,
                provider_name="江城安学安全技术培训学校",
                teacher_ids=[wu.person_id],
                demonstration=True,
            )

    def refused(self, person_id: UUID) -> None:
        application = self.passed(person_id, "fusion_welding", self.today)
        with self.work(self.song, Face.REGISTRY) as work:
            refuse_application(work, application, reason="体检证明缺失，请补齐后重新申请。")


def _line(number: int) -> list[str]:
    born = date(1970, 1, 1) + timedelta(days=61 * number)
    first = f"990101{born:%Y%m%d}{2 * number % 1000 + 1:03d}"
    name = LONG_NAME if number == 0 else SURNAMES[number % len(SURNAMES)] + GIVEN[number // 20] + GIVEN[number % 7]
    post = POSTS[0] if number < 20 else POSTS[number % len(POSTS)]
    insured = "否" if number % 17 == 16 else "是"
    return [name, first + check_digit(first), post, f"100{number:08d}", "2024-03-01", "是", insured]


def _actor(work: Work, username: str) -> Actor:
    found = accounts.actor_of_account(work, username)
    assert found
    return found
