"""Migrations stand in the order of their names, say what they are, and import nothing that will change."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from host.machine import MIGRATIONS
from migrations.new import begin
from tests.cast.migrations import NEWEST, copied

PACKAGES = ("kernel", "people", "question_bank", "simulations", "training", "exams", "certification")
NAME = re.compile(rf"(\d{{4}}-\d\d-\d\d-\d{{4}})_({'|'.join(PACKAGES)})_[a-z0-9_]+\.py")
STAGES = {"expand", "backfill", "contract"}


def test_migrations_say_what_they_are_and_stand_in_the_order_of_their_names():
    assert list(faults(MIGRATIONS)) == []


def faults(folder: Path) -> Iterator[str]:
    """What is wrong with the migrations in `folder`, a sentence each."""
    files = sorted((folder / "versions").glob("*.py"))
    for file in files:
        named = NAME.fullmatch(file.name)
        if named is None:
            yield f"{file.name} is not named YYYY-MM-DD-HHMM_package_what.py"
            continue
        said = dict(constants(file))
        if said.get("revision") != named[1].replace("-", "_"):
            yield f"{file.name} does not carry the moment of its name as its revision"
        if said.get("STAGE") not in STAGES:
            yield f"{file.name} is not marked as expand, backfill or contract"
    yield from chain_faults(folder, files)
    for file in sorted(folder.rglob("*.py")):
        for module in imported(file):
            if module.split(".")[0] in {*PACKAGES, "web", "host"}:
                yield f"{file.name} imports {module}, which will be another in ten years"


def chain_faults(folder: Path, files: list[Path]) -> Iterator[str]:
    config = Config()
    config.set_main_option("script_location", str(folder))
    scripts = ScriptDirectory.from_config(config)
    try:
        ends = scripts.get_heads()
        chain = [Path(script.path).name for script in scripts.walk_revisions()]
    except (CommandError, KeyError, UserWarning) as fault:
        yield f"the migrations are no chain: {fault}"
        return
    if len(ends) != 1:
        yield f"the migrations are no chain: {' and '.join(ends)} are followed by nothing"
    elif chain[::-1] != [file.name for file in files]:
        yield "the chain of migrations is not in the order of their names"


def constants(file: Path) -> Iterator[tuple[str, object]]:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            yield ast.unparse(node.targets[0]), node.value.value


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A copy of the migrations, to plant a fault in."""
    return copied(tmp_path)


LATER = """
revision = "{revision}"
down_revision = "{follows}"
STAGE = "{stage}"


def upgrade() -> None:
    {body}
"""


@pytest.mark.parametrize(
    ("name", "stage", "body", "fault"),
    [
        ("2099-12-01-0900_exams_marks.py", "expand", "pass", None),
        ("2099-12-01_exams_marks.py", "expand", "pass", "is not named"),
        ("2099-12-01-0900_office_marks.py", "expand", "pass", "is not named"),
        ("2099-12-01-0901_exams_marks.py", "expand", "pass", "does not carry the moment"),
        ("2099-12-01-0900_exams_marks.py", "cleanup", "pass", "is not marked"),
        ("2099-12-01-0900_exams_marks.py", "expand", "from exams.results import rules", "imports exams.results"),
        ("2099-12-01-0900_exams_marks.py", "expand", "import kernel.db as db", "imports kernel.db"),
    ],
)
def test_a_migration_that_breaks_a_rule_is_found(planted: Path, name: str, stage: str, body: str, fault: str | None):
    file = planted / "versions" / name
    file.write_text(LATER.format(follows=NEWEST, revision="2099_12_01_0900", stage=stage, body=body), encoding="utf-8")
    found = list(faults(planted))
    assert (fault is None and found == []) or (len(found) == 1 and fault is not None and fault in found[0])


def test_an_import_in_what_migrations_share_is_found(planted: Path):
    (planted / "first" / "exams" / "extra.py").write_text("import people.access\n", encoding="utf-8")
    assert list(faults(planted)) == ["extra.py imports people.access, which will be another in ten years"]


def test_what_the_command_begins_is_in_order(planted: Path):
    first = begin("exams", "results carry their method", "expand", folder=planted, moment="2099-12-01-0900")
    assert first.name == "2099-12-01-0900_exams_results_carry_their_method.py"
    second = begin("people", "Old names, brought along", "backfill", folder=planted, moment="2099-12-01-0901")
    assert '"""Old names, brought along."""' in second.read_text(encoding="utf-8")
    assert 'STAGE = "backfill"' in second.read_text(encoding="utf-8")
    assert list(faults(planted)) == []


@pytest.mark.parametrize(
    ("asked", "moment", "said"),
    [
        (("office", "marks", "expand"), "", "A migration is of"),
        (("exams", "marks", "cleanup"), "", "A migration is of"),
        (("exams", "，", "expand"), "", "says what it does"),
        (("exams", "marks", "expand"), "2026-11-30-0000", "names are the order"),
        (("exams", "marks", "expand"), NEWEST.replace("_", "-"), "names are the order"),
    ],
)
def test_nothing_is_begun_that_would_break_a_rule(planted: Path, asked: tuple[str, str, str], moment: str, said: str):
    before = sorted(planted.rglob("*.py"))
    with pytest.raises(ValueError, match=said):
        begin(*asked, folder=planted, moment=moment)
    assert sorted(planted.rglob("*.py")) == before


@pytest.mark.parametrize(
    ("revision", "follows", "fault"),
    [
        ("2026_01_01_0900", NEWEST, "not in the order"),  # written later, named earlier
        ("2099_12_01_0900", "2026_11_30_0005", "no chain"),  # two that both follow the fifth
        ("2099_12_01_0900", "2026_11_29_0000", "no chain"),  # one that follows nothing
    ],
)
def test_a_chain_out_of_order_is_found(planted: Path, revision: str, follows: str, fault: str):
    file = planted / "versions" / f"{revision.replace('_', '-')}_exams_marks.py"
    file.write_text(f'revision = "{revision}"\ndown_revision = "{follows}"\nSTAGE = "expand"\n', encoding="utf-8")
    assert [fault in found for found in faults(planted)] == [True]
