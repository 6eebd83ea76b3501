"""A list of thousands is brought in by a worker: every row once, whatever is killed, and what is bad costs no other."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import create_engine, text

from host.machine import Machine
from kernel.actor import Actor, platform
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.settings import libpq
from kernel.tasks import Outcome
from kernel.tasks.queries import NoSuchTask
from kernel.tasks.running import run_due
from kernel.work import Workplace
from people.organisations import queries
from people.organisations.actions import add_post, bring_list, cancel_list, register_organisation, rows_to_mend
from people.organisations.actions.long_lists import KIND, STRIDE, Brought
from people.organisations.errors import FileNotExcel
from people.organisations.formats.workbooks import uploaded
from people.organisations.queries import StaffFilter
from people.organisations.rules.employments import OrganisationKind
from people.organisations.rules.import_reports import from_json
from people.organisations.rules.staff_lists import Column
from tests.cast.waiting import until

from .conftest import a_code, a_list, a_row, an_id, as_manager_of

HOUSE = Path(__file__).parent.parent.parent.parent.parent
KINDS = {KIND.name: KIND}
codes = iter(range(601, 700))


def many(count: int, born: str) -> list[list[object]]:
    """Rows of so many people, all different, born in the days that follow `born`'s year."""
    return [
        a_row(0, f"员工{'甲乙丙丁戊己庚辛壬癸'[at % 10]}", id=an_id(at % 900 + 1, f"{int(born) + at // 900}0412"))
        for at in range(count)
    ]


class Plant:
    def __init__(self, place: Workplace) -> None:
        self.place = place
        with place.transaction(platform("test"), Face.REGISTRY) as work:
            self.id = register_organisation(
                work,
                kind=OrganisationKind.ENTERPRISE,
                name="乙机械厂",
                credit_code=a_code(next(codes)),
                is_demonstration=True,
            )
            add_post(as_manager_of(work, self.id), name="维修电工", kind="maintenance_electrician")

    def brings(self, content: bytes) -> Brought:
        with self.place.transaction(platform("test"), Face.REGISTRY) as work:
            return bring_list(as_manager_of(work, self.id), file=uploaded(content), file_name="花名册.xlsx")

    def task(self, import_id: UUID):
        with self.place.transaction(platform("test"), Face.REGISTRY) as work:
            return queries.import_task(as_manager_of(work, self.id), import_id)

    def report(self, import_id: UUID):
        with self.place.transaction(platform("test"), Face.REGISTRY) as work:
            return queries.staff_import(as_manager_of(work, self.id), import_id)

    def cancels(self, import_id: UUID) -> None:
        with self.place.transaction(platform("test"), Face.REGISTRY) as work:
            cancel_list(as_manager_of(work, self.id), import_id)

    def staff(self) -> int:
        with self.place.transaction(platform("test"), Face.REGISTRY) as work:
            return len(queries.all_staff(as_manager_of(work, self.id), StaffFilter()))

    def steps(self, most: int = 10_000) -> None:
        left = iter(range(most))
        run_due(self.place, KINDS, Face.REGISTRY, keep_going=lambda: next(left, None) is not None)


@pytest.fixture
def plant(own_workplace: Workplace) -> Plant:
    return Plant(own_workplace)


def rows_left(plant: Plant) -> tuple[int, int]:
    """How much of what was uploaded is still kept: parts, files."""
    with plant.place.reading(platform("test"), Face.REGISTRY) as reading:
        parts = reading.session.scalar(text("SELECT count(*) FROM people.staff_list_parts"))
        files = reading.session.scalar(text("SELECT count(*) FROM kernel.file_references WHERE purpose = 'lists'"))
        return parts or 0, files or 0


def test_a_short_list_is_in_when_the_page_comes(plant):
    brought = plant.brings(a_list(a_row(1), a_row(2, "李卫国")))
    assert not brought.is_under_way
    assert plant.report(brought.id).taken == 2
    with pytest.raises(NoSuchTask):
        plant.task(brought.id)


def test_what_is_no_workbook_is_refused_at_once_however_long(plant):
    with pytest.raises(FileNotExcel):
        plant.brings(b"x" * 100_000)


def test_a_long_list_is_taken_in_steps_and_its_bad_rows_cost_no_other(plant):
    rows = many(900, "1970")
    rows[5][2] = "飞行员"
    rows[700][1] = rows[3][1]
    brought = plant.brings(a_list(*rows))
    assert brought.is_under_way
    plant.steps(2)
    task = plant.task(brought.id)
    assert (task.total, task.done) == (898, STRIDE)
    plant.steps()
    report = plant.report(brought.id)
    assert (report.taken, report.unchanged, report.refused, report.not_reached) == (898, 0, 2, 0)
    assert [each.row for each in from_json(report.bad_rows)] == [7, 702]
    with plant.place.transaction(platform("test"), Face.REGISTRY) as work:
        bad = rows_to_mend(as_manager_of(work, plant.id), report.id)
    assert bad[1].typed[Column.ID_NUMBER] == rows[3][1]
    assert plant.staff() == 898
    assert rows_left(plant) == (0, 0)
    again = plant.brings(a_list(*rows))
    plant.steps()
    report = plant.report(again.id)
    assert (report.taken, report.unchanged, report.refused) == (0, 898, 2)


def test_a_row_that_the_database_refuses_is_reported_and_the_others_are_taken(plant, machine):
    rows = many(700, "1971")
    brought = plant.brings(a_list(*rows))
    plant.steps(1)
    number = rows[450][1]
    owner = Machine(plant.place.settings, database=str(plant.place.engines.url(Face.REGISTRY).database)).owner_url()
    engine = create_engine(owner)
    with engine.begin() as connection:
        connection.execute(
            text(f"ALTER TABLE people.identity_documents ADD CONSTRAINT planted CHECK (number <> '{number}') NOT VALID")
        )
    try:
        plant.steps()
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE people.identity_documents DROP CONSTRAINT planted"))
        engine.dispose()
    report = plant.report(brought.id)
    assert (report.taken, report.refused) == (699, 1)
    assert [each.row for each in from_json(report.bad_rows)] == [452]
    assert plant.task(brought.id).failed == 1


def test_cancelled_in_the_middle_it_says_what_was_done(plant):
    brought = plant.brings(a_list(*many(1_000, "1972")))
    plant.steps(2)
    plant.cancels(brought.id)
    plant.steps()
    assert plant.task(brought.id).outcome is Outcome.CANCELLED
    report = plant.report(brought.id)
    assert (report.taken, report.not_reached) == (STRIDE, 1_000 - STRIDE)
    assert plant.staff() == STRIDE
    assert rows_left(plant) == (0, 0)


def test_another_enterprise_neither_sees_nor_cancels_it(plant):
    brought = plant.brings(a_list(*many(600, "1974")))
    other = Plant(plant.place)
    with pytest.raises(NoSuchTask):
        other.task(brought.id)
    with pytest.raises(NoSuchTask):
        other.cancels(brought.id)
    worker = Actor(name="员工", organisation_id=plant.id)
    with pytest.raises(Forbidden), plant.place.transaction(worker, Face.REGISTRY) as work:
        cancel_list(work, brought.id)
    plant.cancels(brought.id)
    plant.steps()


# a worker that is killed


@pytest.fixture
def environment(own_workplace: Workplace) -> dict[str, str]:
    database = str(own_workplace.engines.url(Face.REGISTRY).database)
    settings = own_workplace.settings
    return os.environ | {
        "ANPEI_DATABASE_URL": libpq(Machine(settings, database=database).owner_url()),
        "ANPEI_VAR": str(settings.var.resolve()),
        "ANPEI_FILES": str(Path(settings.files_address).resolve()),
        "ANPEI_WITNESS_FILE": str(settings.witness.resolve()),
        "PYTHONPATH": str(HOUSE),
    }


@pytest.fixture
def hire(environment: dict[str, str]) -> Iterator[object]:
    """Starts a worker process of the registry."""
    hired: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-c",
            "from host.cli import main; main()",
            "worker",
            "--beside",
            "--face",
            "registry",
        ]
        hired.append(subprocess.Popen(command, cwd=HOUSE, env=environment, stdin=subprocess.PIPE))
        return hired[-1]

    yield start
    for process in hired:
        process.kill()
        process.wait()
        if process.stdin:
            process.stdin.close()


def test_a_worker_killed_in_the_middle_loses_no_row_and_doubles_none(plant, hire):
    rows = many(4_000, "1980")
    brought = plant.brings(a_list(*rows))
    first = hire()
    until(lambda: plant.task(brought.id).done >= 2 * STRIDE, "the worker does not work", every=0.02)
    first.send_signal(signal.SIGKILL)
    first.wait()
    killed_at = plant.task(brought.id)
    assert killed_at.outcome is None
    assert killed_at.done < 4_000
    assert plant.staff() == killed_at.done
    hire()
    until(lambda: plant.task(brought.id).outcome, "nobody took it up again")
    report = plant.report(brought.id)
    assert (report.taken, report.unchanged, report.refused, report.not_reached) == (4_000, 0, 0, 0)
    assert plant.staff() == 4_000


def test_a_worker_ends_with_whoever_started_it(hire):
    process = hire()
    process.stdin.close()
    assert process.wait(timeout=60) == 0
