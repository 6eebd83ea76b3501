"""`anpei demo`: brings the demonstration's people and content onto an installation. Doing it twice changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TypedDict
from uuid import UUID

from certification.certificates.actions.issuing import take_over_certificate
from certification.certificates.queries import certificates_of
from certification.certificates.rules.validity import first_period, review_days
from certification.programmes.queries import validity_regimes
from certification.programmes.rules import plus_years
from exams.centres.actions import RoomPlan, StaffPlan, set_up_centre
from exams.centres.rules import Duty, RoomKind
from kernel.actor import Actor, platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from kernel.work import Reading, Work, Workplace
from people.accounts import queries as accounts
from people.demonstration.actions import settle_cast
from people.demonstration.rules import PASSWORD
from people.positions.queries import vocabulary
from question_bank.exchange.actions import bank_folders, load_bank
from training.courses.actions import load_course
from training.courses.queries import course_codes, course_package
from web.certification.printing import printing

# Who holds a card from before the platform: user name, trade, days from the day of loading to its last valid day.
EARLIER_CERTIFICATES = (("zhou", "low_voltage", 30), ("li", "fusion_welding", -40))
EARLIER_REGISTER = "按原纸质证书台账转入（演示）。"
YEARS_VALID = 6

Progress = Callable[[str, int, int], None]


class CentrePlan(TypedDict):
    """What `set_up_centre` takes."""

    code: str
    names: dict[str, str]
    address: str
    organisation_id: UUID | None
    rooms: list[RoomPlan]
    staff: list[StaffPlan]


def load(workplace: Workplace, progress: Progress) -> None:
    """Load everything. `progress(what, done, of)` is told how far each part has come; `what` is English."""
    _people(workplace, progress)
    _questions(workplace, progress)
    _courses(workplace, progress)
    _centre(workplace, progress)
    _certificates(workplace, progress)


def _people(workplace: Workplace, progress: Progress) -> None:
    progress("people", 0, 1)
    with _work(workplace, Face.REGISTRY) as work:
        settle_cast(work, password=PASSWORD)
    progress("people", 1, 1)


def _questions(workplace: Workplace, progress: Progress) -> None:
    for folder in bank_folders():
        what = f"questions: {folder.name}"
        with _work(workplace, Face.AUTHORING) as work:
            load_bank(
                work,
                folder,
                author=person_id(work, "zheng"),
                reviewer=person_id(work, "feng"),
                approver=person_id(work, "shen"),
                progress=partial(progress, what),
            )


def _courses(workplace: Workplace, progress: Progress) -> None:
    codes = course_codes()
    for done, code in enumerate(codes):
        progress("courses", done, len(codes))
        with _work(workplace, Face.LEARNING) as work:
            load_course(work, course_package(code))
    progress("courses", len(codes), len(codes))


def _centre(workplace: Workplace, progress: Progress) -> None:
    progress("exam centre", 0, 1)
    with _work(workplace, Face.EXAMINATION) as work:
        set_up_centre(work, **_plan(work))
    progress("exam centre", 1, 1)


def _plan(work: Work) -> CentrePlan:
    theory = RoomPlan(
        code="T1", names={"zh": "第一机考室", "en": "Computer room 1"}, kind=RoomKind.THEORY, rows=5, columns=6
    )
    practical = RoomPlan(
        code="P1", names={"zh": "电工实操室", "en": "Electrical workshop"}, kind=RoomKind.PRACTICAL, rows=2, columns=4
    )
    staff = [StaffPlan(person_id=person_id(work, who), duty=Duty.INVIGILATOR) for who in ("xu", "cao", "han")]
    for number, who in enumerate(("tang", "liang", "deng"), start=1):
        staff.append(
            StaffPlan(
                person_id=person_id(work, who),
                duty=Duty.EXAMINER,
                qualifications=("low_voltage",),
                certificate_number=f"KP-2026-{number:04d}",
            )
        )
    return CentrePlan(
        code="JC01",
        names={"zh": "江城市安全生产考试中心（演示）", "en": "Jiangcheng exam centre (demonstration)"},
        address="江城市安全大道1号",
        organisation_id=_actor(work, "he").organisation_id,
        rooms=[theory, practical],
        staff=staff,
    )


def _certificates(workplace: Workplace, progress: Progress) -> None:
    """Cards from before the platform, entered as an officer enters them: one to be renewed now, one expired."""
    office = printing(workplace.settings)
    for done, (username, qualification, days_left) in enumerate(EARLIER_CERTIFICATES):
        progress("earlier certificates", done, len(EARLIER_CERTIFICATES))
        with _work(workplace, Face.REGISTRY) as work:
            officer, holder = _actor(work, "song"), person_id(work, username)
            is_there = bool(certificates_of(work, [holder]))
        if is_there:
            continue
        with workplace.transaction(officer, Face.REGISTRY) as work:
            issued_on = plus_years(shanghai_date(work.now) + timedelta(days=days_left), -YEARS_VALID)
            period = first_period(validity_regimes(), vocabulary().qualification(qualification).position, issued_on)
            take_over_certificate(
                work,
                person_id=holder,
                qualification=qualification,
                issued_on=issued_on,
                reviewed_on=review_days(period),
                source=EARLIER_REGISTER,
                printing=office,
            )
    progress("earlier certificates", len(EARLIER_CERTIFICATES), len(EARLIER_CERTIFICATES))


@contextmanager
def _work(workplace: Workplace, face: Face) -> Iterator[Work]:
    with workplace.transaction(platform("demonstration"), face) as work:
        yield work


def person_id(reading: Reading, username: str) -> UUID:
    """The person behind a demonstration account."""
    found = _actor(reading, username).person_id
    assert found is not None
    return found


def _actor(reading: Reading, username: str) -> Actor:
    actor = accounts.actor_of_account(reading, username)
    if actor is None:
        raise LookupError(username)
    return actor
