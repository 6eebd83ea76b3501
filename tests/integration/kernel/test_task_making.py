"""What a task makes is made with free hands: it holds no connection, is made by one worker, and is kept once."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from sqlalchemy import text

from kernel import files, tasks
from kernel.actor import Actor, platform
from kernel.faces import Face
from kernel.hands import hands
from kernel.ids import new_id
from kernel.store import LISTS, StoreNotHeld
from kernel.tasks import Kind, Outcome, Preparation, Result, Task, making
from kernel.tasks.rules import MOST_TRIES
from kernel.tasks.running import run_due
from kernel.work import Reading, Work, Workplace
from tests.cast.waiting import until

PLANT = new_id()
CLERK = Actor(name="办事员", account_id=new_id(), person_id=new_id(), permissions=frozenset({"people:x:y"}))


class Killed(BaseException):
    """As little as a kill is it seen to by anybody."""


class Printer:
    """A kind of task whose preparation and whose result take long; what happens meanwhile is told by `meanwhile`."""

    def __init__(self, place: Workplace, name: str) -> None:
        self.place = place
        self.meanwhile: Callable[[], object] = lambda: None
        self.ended: list[Outcome] = []
        self.kind = Kind(
            name=name,
            face=Face.REGISTRY,
            stride=2,
            prepare=Preparation(read=self._read, make=self._count, write=self._write),
            do=lambda _work, _task, _items: 0,
            give_up=lambda _work, _task, _item, _problem: None,
            end=self._end,
            result=Result(purpose=LISTS, name="list", media_type="text/plain", read=self._read, make=self._print),
        )

    def _read(self, reading: Reading, task: Task) -> str:
        reading.session.execute(text("SELECT 1"))
        return f"{task.facts['colour']} for {reading.actor.name}"

    def _count(self, given: str) -> int:
        self.meanwhile()
        return len(given)

    def _write(self, work: Work, task: Task, made: int) -> int:
        tasks.note_down(work, task, {"made": made})
        return 4

    def _print(self, given: str) -> bytes:
        self.meanwhile()
        return given.encode()

    def _end(self, _work: Work, _task: Task, outcome: Outcome) -> None:
        self.ended.append(outcome)

    def begin(self) -> UUID:
        with self.place.transaction(CLERK, Face.REGISTRY) as work:
            return tasks.start(work, self.kind, about=PLANT, facts={"colour": "red"})

    def steps(self, most: int = 1_000) -> int:
        left = iter(range(most))
        return run_due(
            self.place, {self.kind.name: self.kind}, Face.REGISTRY, keep_going=lambda: next(left, None) is not None
        )

    def seen(self, task_id: UUID) -> Task:
        with self.place.reading(CLERK, Face.REGISTRY) as reading:
            return tasks.task(reading, task_id, kind=self.kind.name, about=PLANT)

    def kept(self, task_id: UUID) -> bytes:
        with self.place.reading(CLERK, Face.REGISTRY) as reading:
            return files.content(reading, LISTS, task_id, "list")


def time_passes(place: Workplace) -> None:
    with place.transaction(platform("test"), Face.REGISTRY) as work:
        work.session.execute(text("UPDATE kernel.tasks SET run_after = :now WHERE ended_at IS NULL"), {"now": work.now})


@pytest.fixture
def printer(own_workplace: Workplace, request: pytest.FixtureRequest) -> Iterator[Printer]:
    yield Printer(own_workplace, f"test.{request.node.name}")
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        work.session.execute(text("UPDATE kernel.tasks SET outcome = 'failed', ended_at = now() WHERE outcome IS NULL"))


def test_while_it_is_made_no_connection_and_no_transaction_is_in_hand(printer):
    seen: list[tuple[bool, int]] = []
    pool = printer.place.engines.of(Face.REGISTRY).pool
    printer.meanwhile = lambda: seen.append((hands().are_free, pool.checkedout()))
    task_id = printer.begin()
    printer.steps()
    assert seen == [(True, 0), (True, 0)]
    task = printer.seen(task_id)
    assert (task.outcome, task.total, task.done, task.noted) == (
        Outcome.FINISHED,
        4,
        4,
        {"made": len("red for 办事员")},
    )
    assert printer.kept(task_id).decode() == "red for 办事员"
    assert printer.ended == [Outcome.FINISHED]


def test_another_worker_leaves_it_to_whoever_makes_it(printer):
    others: list[int] = []
    printer.meanwhile = lambda: others.append(printer.steps())
    task_id = printer.begin()
    assert printer.steps() == 4
    assert others == [0, 0]
    assert printer.seen(task_id).outcome is Outcome.FINISHED


def test_whoever_makes_it_goes_on_saying_so(printer, monkeypatch):
    monkeypatch.setattr(making, "SAID_AGAIN_EVERY_SECONDS", 0.02)
    task_id = printer.begin()

    def stepped():
        return printer.seen(task_id).stepped_at

    def waits() -> None:
        before = stepped()
        until(lambda: stepped() > before, "it is said again that the task is worked on")

    printer.meanwhile = waits
    printer.steps()
    assert printer.seen(task_id).outcome is Outcome.FINISHED


def test_killed_while_it_makes_it_is_taken_up_by_another_and_kept_once(printer):
    task_id = printer.begin()
    printer.steps(3)

    def dies() -> None:
        raise Killed

    printer.meanwhile = dies
    with pytest.raises(Killed):
        printer.steps()
    printer.meanwhile = lambda: None
    assert printer.steps() == 0  # for as long as it might only be slow
    time_passes(printer.place)
    assert printer.steps() == 1
    assert printer.seen(task_id).outcome is Outcome.FINISHED
    assert printer.kept(task_id).decode() == "red for 办事员"


def test_made_by_two_the_first_is_kept_and_nothing_is_left_of_the_other(printer):
    task_id = printer.begin()
    printer.steps(3)

    def overtaken() -> None:
        printer.meanwhile = lambda: None
        time_passes(printer.place)
        assert printer.steps() == 1

    printer.meanwhile = overtaken
    assert printer.steps() == 1
    assert printer.ended == [Outcome.FINISHED]
    assert printer.kept(task_id).decode() == "red for 办事员"
    assert list(printer.place.stores(Face.REGISTRY).of(LISTS).drafts()) == []


def test_a_mistake_in_making_is_tried_five_times_and_then_said(printer):
    task_id = printer.begin()

    def mistaken() -> None:
        raise ValueError("secret")

    printer.meanwhile = mistaken
    for _ in range(MOST_TRIES):
        assert printer.steps() == 1
        time_passes(printer.place)
    assert printer.steps() == 0
    task = printer.seen(task_id)
    assert task.outcome is Outcome.FAILED
    assert "secret" not in str(task.refusal)


def test_cancelled_before_its_result_nothing_is_made(printer):
    task_id = printer.begin()
    printer.steps(3)
    made: list[int] = []
    printer.meanwhile = lambda: made.append(1)
    with printer.place.transaction(CLERK, Face.REGISTRY) as work:
        tasks.cancel(work, printer.seen(task_id))
    printer.steps()
    assert (printer.seen(task_id).outcome, made) == (Outcome.CANCELLED, [])


def test_what_was_made_is_no_other_faces(printer):
    task_id = printer.begin()
    printer.steps()
    with printer.place.reading(CLERK, Face.LEARNING) as reading:
        assert files.find(reading, LISTS, task_id, "list") is None
    with printer.place.reading(CLERK, Face.REGISTRY) as reading:
        found = files.find(reading, LISTS, task_id, "list")
    assert found
    with printer.place.reading(CLERK, Face.EXAMINATION) as reading, pytest.raises(StoreNotHeld):
        files.opened(reading, found)
