"""The plan of the house holds, and each contract breaks when a line is put into the wrong room."""

import configparser
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from host import wiring
from question_bank.kinds import KINDS as KINDS_LISTED
from web.app import PACKAGES as MOUNTED

HOUSE = Path(__file__).parent.parent.parent
PACKAGES = ("people", "question_bank", "simulations", "training", "exams", "certification")
KINDS = HOUSE / "question_bank" / "kinds"
ROOM = ("errors", "rules", "formats", "gateways", "events", "tables", "queries", "actions", "reactions")
DOORS = {"__init__", *ROOM}


def lint(house: Path, *arguments: str) -> tuple[int, str]:
    run = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), *arguments],
        cwd=house,
        env=os.environ | {"PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout


def contracts() -> dict[str, str]:
    parser = configparser.ConfigParser()
    parser.read(HOUSE / ".importlinter")
    prefix = "importlinter:contract:"
    return {name.removeprefix(prefix): parser[name]["name"] for name in parser.sections() if name.startswith(prefix)}


def rooms_of(package: str) -> set[str]:
    return {room.parent.name for room in (HOUSE / package).glob("*/__init__.py")}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house once more, for all who plant a line and take it out again."""
    house = tmp_path_factory.mktemp("house")
    for package in (*PACKAGES, "kernel", "web", "host"):
        shutil.copytree(
            HOUSE / package,
            house / package,
            ignore=shutil.ignore_patterns("data", "static", "locale", "*.html", "__pycache__"),
        )
    shutil.copy(HOUSE / ".importlinter", house)
    assert lint(house)[0] == 0
    return house


PLANTED = [
    ("storeys", "people/organisations/rules.py", "import training.study.rules"),
    ("storeys", "kernel/clock.py", "import people.accounts.rules"),
    ("storeys", "web/people/sign_in/pages.py", "import host.demonstration"),
    ("storeys", "question_bank/questions/queries.py", "import simulations.engine.rules"),
    ("wall", "training/study/queries.py", "import question_bank.questions.rules"),
    ("wall", "training/study/queries.py", "import question_bank.pools.queries"),
    ("kinds", "question_bank/kinds/protocol.py", "import kernel.work"),
    ("kinds-apart", "question_bank/kinds/true_false/rules.py", "import question_bank.kinds.single_choice.rules"),
    ("pure", "question_bank/kinds/true_false/rules.py", "import sqlalchemy"),
    ("wall", "training/study/rules/__init__.py", "import exams.papers.rules"),
    ("people-floors", "people/accounts/queries.py", "import people.organisations.queries"),
    ("people-floors", "people/newcomers/__init__.py", "x = 1"),
    ("question_bank-floors", "question_bank/kinds/true_false/rules.py", "import question_bank.questions.rules"),
    ("simulations-floors", "simulations/scenarios/queries.py", "import simulations.runs.rules"),
    ("training-floors", "training/courses/queries.py", "import training.study.rules"),
    ("exams-floors", "exams/attempts/actions/finishing.py", "import exams.marking.actions"),
    ("exams-floors", "exams/arrivals/actions.py", "import exams.attempts.actions"),
    ("exams-floors", "exams/results/queries.py", "import exams.attempts.rules"),
    ("exams-floors", "exams/marking/queries.py", "import exams.invigilation.queries"),
    ("certification-floors", "certification/certificates/errors.py", "import certification.eligibility.rules"),
    ("room", "exams/papers/helpers.py", "x = 1"),
    ("room", "exams/papers/errors.py", "import exams.papers.queries"),
    ("room", "certification/certificates/formats/card.py", "import certification.certificates.queries"),
    ("room", "certification/certificates/rules/face.py", "import certification.certificates.formats.card"),
    ("formats", "certification/certificates/formats/card.py", "import kernel.clock"),
    ("formats", "people/organisations/formats/workbooks.py", "import sqlalchemy"),
    ("gateways", "people/messages/gateways.py", "import kernel.work"),
    ("outside", "people/messages/actions.py", "import smtplib"),
    ("outside", "exams/results/actions.py", "import httpx"),
    ("exams-tables", "web/exams/exam_office/pages.py", "import exams.papers.tables"),
    ("exams-tables", "exams/marking/queries.py", "import exams.attempts.tables"),
    ("people-tables", "people/organisations/rules/employments.py", "import people.accounts.tables"),
    ("training-tables", "training/records/queries.py", "import training.enrolments.tables"),
    ("people-tables", "certification/certificates/queries.py", "import people.accounts.tables"),
    ("question_bank-tables", "exams/papers/queries.py", "import question_bank.questions.tables"),
    ("simulations-tables", "training/study/queries.py", "import simulations.runs.tables"),
    ("training-tables", "certification/eligibility/queries.py", "import training.records.tables"),
    ("certification-tables", "web/certification/board/pages.py", "import certification.certificates.tables"),
    ("pure", "exams/papers/rules/__init__.py", "import sqlalchemy"),
    ("http", "exams/papers/actions.py", "import fastapi"),
    ("asks", "web/exams/exam_office/pages.py", "import sqlalchemy"),
    ("asks", "web/exams/said.py", "import sqlalchemy"),
    ("asks", "web/frame/work.py", "import sqlalchemy"),
    ("asks", "web/app.py", "import sqlalchemy"),
    ("screens", "web/exams/exam_office/pages.py", "import web.people.home.pages"),
    ("screens", "web/exams/exam_office/pages.py", "import web.exams.results.pages"),
    ("screens", "web/exams/said.py", "import web.exams.results.pages"),
    ("rings", "web/frame/navigation.py", "import web.exams"),
    ("rings", "web/frame/navigation.py", "import web.frame.templating"),
    ("rings", "host/machine.py", "import host.cli"),
]


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED)
def test_a_line_in_the_wrong_room_breaks_its_contract(copy, contract, file, line):
    with planted(copy / file, line):
        status, said = lint(copy, "--contract", contract)
    assert status != 0
    assert f"{contracts()[contract]} BROKEN" in said


@contextmanager
def planted(target: Path, line: str) -> Iterator[None]:
    if not target.exists() and target.with_name(target.stem).is_dir():
        target = target.with_name(target.stem) / "__init__.py"
    is_new_room, is_new = not target.parent.exists(), not target.exists()
    target.parent.mkdir(exist_ok=True)
    before = '"""Planted."""\n' if is_new else target.read_text(encoding="utf-8")
    target.write_text(f"{before}\n{line}\n", encoding="utf-8")
    yield
    if is_new_room:
        shutil.rmtree(target.parent)
    elif is_new:
        target.unlink()
    else:
        target.write_text(before, encoding="utf-8")


def test_every_contract_is_broken_once():
    assert {contract for contract, _, _ in PLANTED} == set(contracts())


def test_every_table_is_its_rooms_alone_but_for_exceptions_with_a_reason():
    held = configparser.ConfigParser()
    held.read(HOUSE / ".importlinter")
    written = (HOUSE / ".importlinter").read_text(encoding="utf-8")
    for package in PACKAGES:
        contract = held[f"importlinter:contract:{package}-tables"]
        assert contract["protected_modules"] == f"{package}.**.tables"
        assert contract["allowed_importers"] == package
        assert not contract.getboolean("as_packages")  # else the package's every room would be let in
        lines = contract["ignore_imports"].split("\n")
        own = {f"{package}.{room}.** -> {package}.{room}.tables" for room in rooms_of(package)}
        exceptions = [line for line in lines if line and line not in own]
        part = written[written.index(f"[importlinter:contract:{package}-tables]") :].split("\n\n", 1)[0]
        assert not exceptions or part.index("    # ") < part.index(exceptions[0]), package


def test_every_package_has_its_floors_under_a_contract():
    held = configparser.ConfigParser()
    held.read(HOUSE / ".importlinter")
    for package in PACKAGES:
        floors = held[f"importlinter:contract:{package}-floors"]
        assert floors["containers"] == package
        assert floors.getboolean("exhaustive")
        assert set(floors["layers"].replace("|", " ").split()) == rooms_of(package)


def test_every_package_of_screens_is_in_the_application():
    packages = {file.parent.name for file in (HOUSE / "web").glob("*/__init__.py")} - {"frame"}
    assert packages == set(PACKAGES)
    assert all(importlib.import_module(f"web.{name}").SCREENS in MOUNTED for name in packages)
    assert len(MOUNTED) == len(packages)


def test_every_file_of_the_wiring_is_wired():
    files = {file.stem for file in (HOUSE / "host" / "wiring").glob("*.py")} - {"__init__"}
    assert {module.__name__.rpartition(".")[2] for module in wiring.PACKAGES} == files


def test_the_application_does_not_grow_with_the_screens():
    lines = (HOUSE / "web" / "app.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 100
    assert not [line for line in lines if ".router" in line and "language" not in line]


def test_every_room_has_only_the_known_doors():
    strange = [
        str(file.relative_to(HOUSE))
        for package in PACKAGES
        for file in (HOUSE / package).glob("*/*.py")
        if file.parent.name != "data" and file.parent != KINDS and file.stem not in DOORS
    ]
    assert strange == []


def test_every_room_of_the_bank_but_the_kinds_is_named_to_the_wall_and_has_doors():
    held = configparser.ConfigParser()
    held.read(HOUSE / ".importlinter")
    rooms = {f"question_bank.{room.parent.name}" for room in KINDS.parent.glob("*/__init__.py")} - {
        "question_bank.kinds"
    }
    for contract, names in (("wall", "forbidden_modules"), ("room", "containers"), ("kinds", "forbidden_modules")):
        named = set(held[f"importlinter:contract:{contract}"][names].split())
        assert {name for name in named if name.startswith("question_bank.")} == rooms, contract


def test_every_kind_of_question_is_a_folder_in_both_lists():
    """What asks for more than these folders and lists has not found the seam."""
    folders = {folder.parent.name for folder in KINDS.glob("*/__init__.py")}
    assert set(KINDS_LISTED) == folders
    views = HOUSE / "web" / "components" / "kinds"
    assert {folder.parent.name for folder in views.glob("*/view.js")} == folders
    listed = (views / "index.js").read_text(encoding="utf-8")
    for kind in folders:
        assert f'from "./{kind}/view.js"' in listed
        assert f"  {kind}: " in listed
        assert {"form.html", "texts.html", "view.html"} <= {file.name for file in (views / kind).iterdir()}
        assert (HOUSE / "tests" / "cast" / "specimens" / f"{kind}.py").is_file()


def test_no_room_and_no_test_has_a_file_over_three_hundred_and_fifty_lines():
    long = [
        f"{file.relative_to(HOUSE)}: {lines}"
        for file in HOUSE.glob("*/**/*.py")
        if not {"var", ".venv", "node_modules"} & set(file.relative_to(HOUSE).parts)
        and (lines := len(file.read_text(encoding="utf-8").splitlines())) > 350
    ]
    assert long == []
