"""`anpei demo`: brings the demonstration's people and content onto an installation. Doing it twice changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from uuid import UUID

from kernel.actor import platform
from kernel.faces import Face
from kernel.work import Reading, Work, Workplace
from people.accounts import queries as accounts
from people.demonstration.actions import settle_cast
from question_bank.exchange.actions import bank_folders, load_bank
from training.courses.actions import load_course
from training.courses.queries import course_package

PASSWORD = "anpei-demo"  # noqa: S105 - printed on the console; it opens nothing outside a demonstration

Progress = Callable[[str, int, int], None]


def load(workplace: Workplace, progress: Progress) -> None:
    """Load everything. `progress(what, done, of)` is told how far each part has come; `what` is English."""
    _people(workplace, progress)
    _questions(workplace, progress)
    _course(workplace, progress)


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


def _course(workplace: Workplace, progress: Progress) -> None:
    progress("course", 0, 1)
    with _work(workplace, Face.LEARNING) as work:
        load_course(work, course_package("low_voltage"))
    progress("course", 1, 1)


@contextmanager
def _work(workplace: Workplace, face: Face) -> Iterator[Work]:
    with workplace.transaction(platform("demonstration"), face) as work:
        yield work


def person_id(reading: Reading, username: str) -> UUID:
    """The person behind a demonstration account."""
    actor = accounts.actor_of_account(reading, username)
    if actor is None or actor.person_id is None:
        raise LookupError(username)
    return actor.person_id
