"""Practical sittings that are brought about by everybody whose part it is; every deed is committed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from exams.invigilation.actions.supervising import close_room
from exams.practicals import actions, queries
from exams.practicals.actions import Candidate
from exams.practicals.events import PracticalEnded
from exams.practicals.queries import Examiner
from exams.practicals.reactions import practical_ended
from exams.practicals.rules import Deed, Ending, Step
from exams.standards.rules import Part
from host.commands import papers as command
from kernel.actor import Actor, platform
from kernel.audit import seal
from kernel.faces import Face
from kernel.ids import new_id
from kernel.work import Workplace
from people.access.rules import permissions_of
from simulations.runs import actions as runs
from tests.integration.exams.conftest import ExamOffice

COMPLETE = Step(Deed.COMPLETE)
ONE_OF_THREE = 80  # draws: of so many not one misses what comes up in a third of them, but once in 10^14 times


class Practicals:
    """A practical sitting of some candidates; the first of them is Zhang."""

    def __init__(self, office: Any, candidates: int = 1) -> None:
        self.office = office
        self.people: list[Actor] = [office.trained() for _ in range(candidates)]
        self.zhang = self.people[0]
        office.release(office.closed(*self.people))
        self.sitting_id: UUID = office.opened(*self.people, part=Part.PRACTICAL)
        office.do(actions.open_practicals, self.sitting_id)
        office.now += timedelta(seconds=1)
        self.id: UUID = self.practical.id

    @property
    def practical(self) -> queries.Practical:
        return self.of(self.zhang)

    def of(self, who: Actor) -> queries.Practical:
        """The newest practical of somebody."""
        found: list[queries.Practical] = self.office.look(queries.own_practicals, actor=who)
        return found[0]

    def draw(self) -> None:
        for who in self.people:
            self.office.do(actions.draw_items, self.of(who).id)

    def score(self, subject: str, *steps: Step, who: Actor | None = None) -> None:
        """Both examiners take the same steps and complete their sheets; the simulation is looked at and left alone."""
        who = who or self.zhang
        practical = self.of(who)
        if practical.items[subject].is_simulated:
            run_id = self.office.do(actions.begin_simulation, practical.id, subject, actor=who)
            self.office.do(runs.operate, run_id, number=1, name="look", given={}, actor=who)
            self.office.now += timedelta(minutes=10)
            self.office.do(runs.end_run, run_id, actor=who)
            return
        for examiner in self.office.examiners:
            for seen, step in enumerate([*steps, COMPLETE]):
                given: dict[str, Any] = {"step_id": new_id(), "seen": seen, "step": step}
                self.office.do(actions.step_sheet, practical.id, subject, actor=examiner, **given)

    def sign(self, subject: str, who: Actor | None = None) -> None:
        who = who or self.zhang
        self.office.do(actions.sign_as_candidate, self.of(who).id, subject, actor=who)
        for examiner in self.office.examiners:
            self.office.do(actions.sign_as_examiner, self.of(who).id, subject, actor=examiner)

    def finish(self, who: Actor | None = None) -> None:
        who = who or self.zhang
        for subject in self.of(who).items:
            self.score(subject, who=who)
            self.sign(subject, who)

    def end(self, ending: Ending, reason: str = "考生中途离场，未再返回。", *, by: Actor | None = None) -> None:
        """The exam office ends Zhang's practical, and the platform does what follows from it."""
        self.office.do(actions.end_practical, self.id, ending=ending, reason=reason, actor=by)
        with self.office.workplace.transaction(platform("reaction"), Face.EXAMINATION) as work:
            practical_ended(work, self.ended_event)

    @property
    def ended_event(self) -> Any:
        practical = self.practical
        assert practical.ended is not None
        return PracticalEnded(
            practical_id=practical.id,
            sitting_id=practical.sitting_id,
            registration_id=practical.registration_id,
            person_id=practical.person_id,
            ending=practical.ended.ending.value,
            reason=practical.ended.reason,
            signed=(),
            struck=(),
            secret="",
        )

    def close(self) -> None:
        self.office.do(close_room, sitting_id=self.sitting_id, actor=self.office.invigilators[0])

    def seal(self) -> None:
        with self.office.workplace.transaction(platform("sealer"), Face.REGISTRY) as work:
            while seal(work.session, work.keys, work.now):
                work.session.flush()

    def verify(self, *, with_audit: bool = True) -> list[Any]:
        """Why the draws of this sitting, repeated, differ."""
        outcome = command.verified(self.office.workplace, self.sitting_id, with_audit=with_audit)
        return [it.reason for it in outcome.differences]


def simulated(workplace: Workplace, candidates: int = 1) -> Practicals:
    """Until the fire extinguisher comes up for Zhang: only then is there a run."""
    for _ in range(ONE_OF_THREE):
        found = Practicals(ExamOffice(workplace), candidates)
        found.draw()
        if found.practical.items["K4"].is_simulated:
            return found
    raise AssertionError("K4 is never the simulated item")


@pytest.fixture
def drawn(workplace: Workplace, low_voltage_bank: None) -> Practicals:
    return simulated(workplace)


@pytest.fixture
def two(workplace: Workplace, low_voltage_bank: None) -> Practicals:
    """Zhang, who draws the simulation, and somebody who did everything."""
    found = simulated(workplace, 2)
    found.finish(found.people[1])
    return found


def somebody(name, role):
    return Actor(name=name, account_id=new_id(), person_id=new_id(), permissions=permissions_of([role]))


OFFICER, LIU, SUN, ZHANG = (
    somebody("Chen", "exam_officer"),
    somebody("Liu", "examiner"),
    somebody("Sun", "examiner"),
    somebody("Zhang", "worker"),
)
COMPLETE = Step(Deed.COMPLETE)
ONE_OF_THREE = 80  # draws: of so many not one misses what comes up in a third of them, but once in 10^14 times
SECOND = timedelta(seconds=1)


class Day:
    """One practical, and who is acting in it."""

    sitting_id: Any
    cast: Any
    officer: Any

    def __init__(self, work, opened: Any = None) -> None:
        self.work = work
        if opened is not None:
            self.id = opened
            return
        self.candidate = Candidate(
            registration_id=new_id(),
            sitting_id=new_id(),
            person_id=ZHANG.person_id,
            name="Zhang",
            admission_number=f"T-{new_id()}",
            qualification="low_voltage",
            attempt=1,
            held_on=date(2026, 11, 20),
        )
        self.examiners = (Examiner(LIU.person_id, "Liu"), Examiner(SUN.person_id, "Sun"))
        self.id = self.as_(OFFICER, actions.open_practical, self.candidate, self.examiners)
        self.work.now += SECOND

    def as_(self, actor, deed, *args: Any, **kwargs: Any):
        self.work.actor = actor
        self.work.is_undone = False  # each deed of the day stands for a work of its own
        return deed(self.work, *args, **kwargs)

    def keep(self):
        """Commit, so that the refusal that follows undoes only itself."""
        self.work.session.commit()

    @property
    def now(self):
        return self.as_(OFFICER, queries.practical, self.id)

    def draw(self):
        return self.as_(OFFICER, actions.draw_items, self.id)

    def step(self, examiner, subject, *steps: Step):
        for step in steps:
            sheet = self.now.items[subject].sheets[self.now.place_of(examiner.person_id)]
            self.as_(examiner, actions.step_sheet, self.id, subject, step_id=new_id(), seen=sheet.steps, step=step)

    def lose(self, examiner, subject, points):
        """Take the first deductions of the sheet until at least `points` are gone."""
        item, gone = self.now.items[subject].item, Decimal(0)
        for line in item.lines:
            for one in line.deductions:
                if gone < points:
                    self.step(examiner, subject, Step(Deed.DEDUCT, line.code, one.code))
                    gone = 100 - self.now.items[subject].sheets[self.now.place_of(examiner.person_id)].score

    def sign(self, subject):
        self.as_(ZHANG, actions.sign_as_candidate, self.id, subject)
        self.as_(LIU, actions.sign_as_examiner, self.id, subject)
        self.as_(SUN, actions.sign_as_examiner, self.id, subject)


@pytest.fixture
def day(work_as):
    return Day(work_as(OFFICER, Face.EXAMINATION))


@pytest.fixture
def at_work(work_as):
    """A day whose K4 is (and one whose K4 is not) the simulated item depends on the secret; this draws until it is."""
    for _ in range(ONE_OF_THREE):
        day = Day(work_as(OFFICER, Face.EXAMINATION))
        day.draw()
        if day.now.items["K4"].is_simulated:
            return day
        day.work.session.close()  # gives its connection back: an unlucky row of draws would empty the pool
    raise AssertionError("K4 is never the simulated item")
