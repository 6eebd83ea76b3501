"""What an installation has lived through when its release is kept: people at every stage of training and testing.

Everything comes about through the deeds of those who do them in life. Nothing here knows how rows look: a later release
makes its own dump with its own story.
"""

from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image
from sqlalchemy import text

from certification.applications.actions import approve_application
from exams.invigilation.actions.supervising import close_room, confirm_breach, propose_breach
from exams.sittings.actions import reveal_sitting
from host import demonstration
from kernel.actor import platform
from kernel.audit import seal
from kernel.clock import SHANGHAI
from kernel.faces import Face
from kernel.jobs import deliver_due
from kernel.witness import show_to_witness
from kernel.work import Workplace
from people.accounts.actions import keep_photo, register_person
from people.accounts.formats import identity_photo
from people.accounts.rules import DocumentKind, Sex
from people.accounts.rules.id_numbers import check_digit
from tests.cast.certified import Registry
from tests.cast.exam_day import ExamDay, exam_day
from tests.cast.exam_room import begun, right_answers
from tests.integration.exams.conftest import ExamOffice
from tests.integration.exams.practicals.conftest import Practicals
from web.certification.printing import printing

BORN = date(1990, 5, 6)
ANSWERS = 12
STAFF = 12
PHOTO = (413, 579)  # pixels
DELIVERING = (Face.LEARNING, Face.AUTHORING, Face.EXAMINATION, Face.REGISTRY)


@dataclass(frozen=True)
class Kept:
    """What has to be found again.

    Attributes:
        over: ids of sittings that are over, released and can be verified.
        running: the id of a sitting in progress.
        candidate: the admission number of whoever is at work in it.
        answers: how many steps that candidate has saved.
        certificates: state -> id.
        counts: how many rows there are of what.
    """

    over: list[str]
    running: str
    candidate: str
    answers: int
    certificates: dict[str, str]
    counts: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Office(ExamOffice):
    """An exam office whose people are registered with a document, so that certificates can be printed for them."""

    registered = 0

    def person(self, name: str, *, born: date | None = BORN, sex: Sex | None = Sex.MALE) -> UUID:
        Office.registered += 1
        first = f"990102{BORN:%Y%m%d}{2 * Office.registered + 1:03d}"
        with self.workplace.transaction(platform("test"), Face.REGISTRY) as work:
            return register_person(
                work,
                name=name,
                document_kind=DocumentKind.RESIDENT_ID,
                document_number=first + check_digit(first),
                sex=sex,
                birth_date=born,
                phone=None,
            )


def lived(workplace: Workplace) -> Kept:
    """Live through it, on an installation that has just been migrated."""
    demonstration.load(workplace, lambda *_: None)
    registry = Registry(workplace)
    registry.found_too_late()
    theory = _theory(workplace)
    practical, certified = _practical(workplace)
    running = _running(workplace)
    people = registry.staff(STAFF)
    for person in people.values():
        _photographed(workplace, person)
    states = registry.every_state(people)
    registry.enrolled(people[min(people)])
    _deliver(workplace)
    _seal(workplace)
    return Kept(
        over=[str(theory.sitting_id), str(practical.sitting_id)],
        running=str(running.sitting_id),
        candidate=running.candidates[0].admission_number,
        answers=ANSWERS,
        certificates={"practical": certified, **{state: str(each) for state, each in states.items()}},
        counts=counts(workplace),
    )


def _theory(workplace: Workplace) -> ExamDay:
    """Over, released, revealed: one candidate answers well, one is ended for a breach, one never begins."""
    day = exam_day(workplace, candidates=3)
    day.open()
    good, bad, _ = day.candidates
    sheet = begun(day, good)
    sheet.save(*right_answers(day, sheet.attempt_id, 90))
    sheet.hand_in()
    cheat = begun(day, bad)
    cheat.save(*right_answers(day, cheat.attempt_id, 40))
    first, second = day.invigilators
    day.do(first, propose_breach, registration_id=bad.registration_id, reason="使用手机查答案")
    day.do(second, confirm_breach, registration_id=bad.registration_id)
    day.do(first, close_room, sitting_id=day.sitting_id)
    deliver_due(workplace, Face.EXAMINATION)
    day.release()
    with day.work(day.officer) as work:
        reveal_sitting(work, day.sitting_id)
    return day


def _practical(workplace: Workplace) -> tuple[Practicals, str]:
    """One candidate draws the simulation; the other passes. The sitting, and the certificate that follows."""
    found = Practicals(Office(workplace), 2)
    found.draw()
    while {found.of(who).items["K4"].is_simulated for who in found.people} != {True, False}:
        found = Practicals(Office(workplace), 2)
        found.draw()
    for who in found.people:
        found.finish(who)
    found.close()
    deliver_due(workplace, Face.EXAMINATION)
    found.office.release(found.sitting_id)
    _deliver(workplace)
    holder = next(who for who in found.people if not found.of(who).items["K4"].is_simulated)
    assert holder.person_id
    return found, _certificate(workplace, holder.person_id, found.office.now.astimezone(SHANGHAI).date())


def _certificate(workplace: Workplace, person_id: UUID, on: date) -> str:
    registry = Registry(workplace)
    _photographed(workplace, person_id)
    with registry.as_platform(Face.REGISTRY) as work:
        found = text("SELECT id FROM certification.applications WHERE person_id = :person")
        application = work.session.execute(found, {"person": person_id}).scalar_one()
    with registry.work(registry.song, Face.REGISTRY, on) as work:
        return str(approve_application(work, application, printing=printing(workplace.settings)))


def _photographed(workplace: Workplace, person_id: UUID) -> None:
    """A photo of one colour: portraits would be half of the dump."""
    upload = BytesIO()
    Image.new("RGB", PHOTO, "#c8d2dc").save(upload, "JPEG")
    with workplace.transaction(platform("test"), Face.REGISTRY) as work:
        keep_photo(work, person_id=person_id, photo=identity_photo(upload.getvalue()))


def _running(workplace: Workplace) -> ExamDay:
    """A sitting in which somebody is at work."""
    day = exam_day(workplace, candidates=1)
    day.open()
    sheet = begun(day, day.candidates[0])
    sheet.save(*right_answers(day, sheet.attempt_id, ANSWERS))
    return day


def _deliver(workplace: Workplace) -> None:
    while any(deliver_due(workplace, face) for face in DELIVERING):
        pass


def _seal(workplace: Workplace) -> None:
    _witness(workplace)  # begun before anything is chained
    with workplace.transaction(platform("sealer"), Face.REGISTRY) as work:
        while seal(work.session, work.keys, work.now, site=workplace.settings.site):
            work.session.flush()
    _witness(workplace)


def _witness(workplace: Workplace) -> None:
    with workplace.reading(platform("sealer"), Face.REGISTRY) as reading:
        show_to_witness(reading.session, workplace.settings.witness)


def counts(workplace: Workplace) -> dict[str, int]:
    """How many people, steps, certificates and audit rows there are, by what their own faces may read."""
    asked = {
        "people": (Face.REGISTRY, "SELECT count(*) FROM people.persons"),
        "approved questions": (Face.EXAMINATION, "SELECT count(*) FROM question_bank.approved_versions"),
        "steps": (Face.EXAMINATION, "SELECT count(*) FROM exams.attempt_steps"),
        "released results": (Face.REGISTRY, "SELECT count(*) FROM exams.results_summary"),
        "certificates": (Face.REGISTRY, "SELECT count(*) FROM certification.certificates"),
        "audit": (Face.REGISTRY, "SELECT count(*) FROM kernel.audit"),
    }
    found = {}
    for what, (face, question) in asked.items():
        with workplace.reading(platform("test"), face) as reading:
            found[what] = reading.session.execute(text(question)).scalar_one()
    return found
