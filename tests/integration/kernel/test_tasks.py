"""A long task is done once and whole, whatever fails on the way; told to stop it stops; it holds up no short one."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from kernel import tasks
from kernel.actor import Actor, platform
from kernel.errors import N_, Problem, Refused
from kernel.faces import Face
from kernel.ids import new_id
from kernel.tasks import Kind, Outcome, Standing, Task
from kernel.tasks.queries import NoSuchTask
from kernel.tasks.rules import MOST_TRIES
from kernel.tasks.running import run_due
from kernel.work import Work, Workplace

PLANT = new_id()
CLERK = Actor(name="办事员", account_id=new_id(), person_id=new_id(), permissions=frozenset({"people:x:y"}))


class Unreadable(Refused):
    sentence = N_("Row %(row)d cannot be read.")


class Book:
    """A kind of task that writes a line for each item, and stumbles where it is told to."""

    def __init__(
        self, name: str, *, total: int = 10, stride: int = 4, stumble: dict[int, Exception] | None = None
    ) -> None:
        self.total, self.stumble = total, stumble or {}
        self.ended: list[Outcome] = []
        self.doers: set[str] = set()
        self.kind = Kind(
            name=name,
            face=Face.REGISTRY,
            stride=stride,
            prepare=self.prepare,
            do=self.do,
            give_up=self.give_up,
            end=self.end,
        )

    def prepare(self, _work: Work, _task: Task) -> int:
        if -1 in self.stumble:
            raise self.stumble[-1]
        return self.total

    def do(self, work: Work, task: Task, items: range) -> int:
        self.doers.add(work.actor.name)
        for item in items:
            self._write(work, task, f"did {item}")
            if item in self.stumble:
                raise self.stumble[item]
        return 0

    def give_up(self, work: Work, task: Task, item: int, problem: Problem) -> None:
        self._write(work, task, f"gave up {item}: {problem}")

    def end(self, _work: Work, _task: Task, outcome: Outcome) -> None:
        self.ended.append(outcome)

    def _write(self, work: Work, task: Task, line: str) -> None:
        now = tasks.task(work, task.id, kind=task.kind, about=task.about)
        tasks.note_down(work, task, {"lines": [*now.noted.get("lines", []), line]})


@pytest.fixture
def place(own_workplace: Workplace) -> Iterator[Workplace]:
    yield own_workplace
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        work.session.execute(text("UPDATE kernel.tasks SET outcome = 'failed', ended_at = now() WHERE outcome IS NULL"))


class Once:
    """Lets one step be done."""

    def __init__(self) -> None:
        self.left = 1

    def __call__(self) -> bool:
        self.left -= 1
        return self.left >= 0


def begin(place: Workplace, book: Book) -> UUID:
    with place.transaction(CLERK, Face.REGISTRY) as work:
        return tasks.start(work, book.kind, about=PLANT, facts={"colour": "red"})


def run(place: Workplace, *books: Book, steps: int = 10_000) -> int:
    """Do steps without waiting for a put-off one: as if time went by."""
    done = 0
    kinds = {book.kind.name: book.kind for book in books}
    for _ in range(steps):
        with place.transaction(platform("test"), Face.REGISTRY) as work:
            work.session.execute(
                text("UPDATE kernel.tasks SET run_after = :now WHERE ended_at IS NULL"), {"now": work.now}
            )
        if not run_due(place, kinds, Face.REGISTRY, keep_going=Once()):
            break
        done += 1
    return done


def seen(place: Workplace, book: Book, task_id: UUID) -> Task:
    with place.reading(CLERK, Face.REGISTRY) as reading:
        return tasks.task(reading, task_id, kind=book.kind.name, about=PLANT)


def lines(place: Workplace, book: Book, task_id: UUID) -> list[str]:
    written: list[str] = seen(place, book, task_id).noted["lines"]
    return written


def test_every_item_is_done_once_in_the_name_of_whoever_started_it(place):
    book = Book("test.plain")
    task_id = begin(place, book)
    assert seen(place, book, task_id).standing(place.clock.now()) is Standing.WAITING
    run(place, book)
    task = seen(place, book, task_id)
    assert (task.outcome, task.total, task.done, task.failed) == (Outcome.FINISHED, 10, 10, 0)
    assert lines(place, book, task_id) == [f"did {item}" for item in range(10)]
    assert (book.doers, book.ended) == ({"办事员"}, [Outcome.FINISHED])
    assert run(place, book) == 0


def test_what_is_undone_with_the_deed_is_never_begun(place):
    book = Book("test.undone")
    with place.transaction(CLERK, Face.REGISTRY) as work:
        tasks.start(work, book.kind, about=PLANT, facts={})
        work.undo()
    assert run(place, book) == 0


@pytest.mark.parametrize("item", [0, 5, 9])
@pytest.mark.parametrize("problem", [Unreadable(row=7), ValueError("secret")])
def test_one_bad_item_costs_no_other(place, item, problem):
    book = Book(f"test.bad{item}{type(problem).__name__}", stumble={item: problem})
    task_id = begin(place, book)
    run(place, book)
    task = seen(place, book, task_id)
    assert (task.outcome, task.done, task.failed) == (Outcome.FINISHED, 10, 1)
    written = lines(place, book, task_id)
    assert [line for line in written if line.startswith("did")] == [f"did {i}" for i in range(10) if i != item]
    (given_up,) = [line for line in written if line.startswith("gave up")]
    assert given_up.startswith(f"gave up {item}: ")
    assert "secret" not in given_up


def test_all_items_may_fail_and_the_task_still_ends(place):
    book = Book("test.allbad", stumble={item: Unreadable(row=item) for item in range(10)})
    task_id = begin(place, book)
    run(place, book)
    task = seen(place, book, task_id)
    assert (task.outcome, task.done, task.failed) == (Outcome.FINISHED, 10, 10)


def test_the_database_away_for_a_moment_costs_no_item(place):
    away = OperationalError("", {}, Exception("gone"))
    book = Book("test.away", stumble={2: away})
    task_id = begin(place, book)
    run(place, book, steps=3)
    task = seen(place, book, task_id)
    assert (task.done, task.failed, task.careful_until) == (0, 0, 0)
    book.stumble.clear()
    run(place, book)
    assert lines(place, book, task_id) == [f"did {item}" for item in range(10)]


def test_what_cannot_be_read_at_all_fails_at_once_and_says_why(place):
    book = Book("test.unreadable", stumble={-1: Unreadable(row=3)})
    task_id = begin(place, book)
    assert run(place, book) == 1
    task = seen(place, book, task_id)
    assert task.outcome is Outcome.FAILED
    assert task.refusal == (Unreadable.sentence, {"row": 3})
    assert book.ended == []


def test_a_mistake_of_ours_is_tried_five_times_and_then_said(place):
    book = Book("test.mistake", stumble={-1: ValueError("secret")})
    task_id = begin(place, book)
    assert run(place, book) == MOST_TRIES
    task = seen(place, book, task_id)
    assert task.outcome is Outcome.FAILED
    assert task.refusal is not None
    assert "secret" not in str(task.refusal)


def test_an_item_that_kills_its_worker_is_given_up_in_the_end(place):
    book = Book("test.killer", total=1)
    task_id = begin(place, book)
    run(place, book, steps=1)
    with place.transaction(platform("test"), Face.REGISTRY) as work:  # begun five times, and never ended
        work.session.execute(
            text("UPDATE kernel.tasks SET tries = :n WHERE id = :id"), {"n": MOST_TRIES, "id": task_id}
        )
    run(place, book)
    assert seen(place, book, task_id).failed == 1
    assert lines(place, book, task_id)[0].startswith("gave up 0: The platform was ended")


def test_cancelled_in_the_middle_it_stops_and_what_was_done_stays(place):
    book = Book("test.cancelled")
    task_id = begin(place, book)
    run(place, book, steps=2)
    for _ in range(2):
        with place.transaction(CLERK, Face.REGISTRY) as work:
            tasks.cancel(work, tasks.task(work, task_id, kind=book.kind.name, about=PLANT))
    assert seen(place, book, task_id).standing(place.clock.now()) is Standing.STOPPING
    run(place, book)
    task = seen(place, book, task_id)
    assert (task.outcome, task.done, task.total) == (Outcome.CANCELLED, 4, 10)
    assert (book.ended, len(lines(place, book, task_id))) == ([Outcome.CANCELLED], 4)


def test_cancelling_waits_for_no_step_that_is_under_way(place):
    book = Book("test.held")
    task_id = begin(place, book)
    with place.transaction(platform("test"), Face.REGISTRY) as step:
        step.session.execute(text("SELECT 1 FROM kernel.tasks WHERE id = :id FOR NO KEY UPDATE"), {"id": task_id})
        with place.transaction(CLERK, Face.REGISTRY) as work:
            work.session.execute(text("SET LOCAL lock_timeout = '2s'"))
            tasks.cancel(work, tasks.task(work, task_id, kind=book.kind.name, about=PLANT))
    assert seen(place, book, task_id).is_cancelled


def test_what_has_ended_is_not_cancelled(place):
    book = Book("test.over", total=1)
    task_id = begin(place, book)
    run(place, book)
    with place.transaction(CLERK, Face.REGISTRY) as work:
        tasks.cancel(work, tasks.task(work, task_id, kind=book.kind.name, about=PLANT))
    assert seen(place, book, task_id).outcome is Outcome.FINISHED
    assert not seen(place, book, task_id).is_cancelled


def test_a_step_that_another_worker_has_is_left_to_it(place):
    book = Book("test.twoworkers")
    task_id = begin(place, book)
    with place.transaction(platform("test"), Face.REGISTRY) as other:
        other.session.execute(text("SELECT 1 FROM kernel.tasks WHERE id = :id FOR NO KEY UPDATE"), {"id": task_id})
        assert run_due(place, {book.kind.name: book.kind}, Face.REGISTRY) == 0


def test_a_short_task_is_not_held_up_by_a_long_one(place):
    long, short = Book("test.long", total=4_000), Book("test.short", total=4)
    begin(place, long)
    run(place, long, short, steps=3)
    short_id = begin(place, short)
    run(place, long, short, steps=7)
    assert seen(place, short, short_id).outcome is Outcome.FINISHED


def test_nobody_sees_the_task_of_another_or_of_another_face(place):
    book = Book("test.private", total=1)
    task_id = begin(place, book)
    run(place, book)
    with place.reading(CLERK, Face.REGISTRY) as reading, pytest.raises(NoSuchTask):
        tasks.task(reading, task_id, kind=book.kind.name, about=new_id())
    with place.reading(CLERK, Face.LEARNING) as reading, pytest.raises(NoSuchTask):
        tasks.task(reading, task_id, kind=book.kind.name, about=PLANT)


def test_the_start_and_the_end_stand_in_the_audit(place, copies):
    book = Book("test.audited", total=3, stumble={1: Unreadable(row=1)})
    task_id = begin(place, book)
    run(place, book)
    with place.reading(platform("test"), Face.REGISTRY) as reading:
        rows = reading.session.execute(
            text("SELECT name, actor_name, facts FROM kernel.audit WHERE subject = :id ORDER BY id"), {"id": task_id}
        ).all()
    assert [row.name for row in rows] == ["kernel.task_started", "kernel.task_ended"]
    assert {row.actor_name for row in rows} == {"办事员"}
    assert rows[1].facts == {"kind": "test.audited", "outcome": "finished", "done": 3, "failed": 1}
