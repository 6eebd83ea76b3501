"""A pure test starts at once, because nothing of the platform is loaded for it."""

import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
THE_PLATFORM = {"alembic", "asyncpg", "fastapi", "jinja2", "psycopg", "uvicorn", "web.app"}
SLOW = {*THE_PLATFORM, "PIL", "openpyxl", "pydantic", "sqlalchemy"}

# Nothing is asserted here, and no plugin is asked: both would take longer than what is looked at.
PLAIN = "addopts=--import-mode=importlib --disable-plugin-autoload --assert=plain"
COLLECT = f"""
import sys
import pytest
assert pytest.main(["--collect-only", "-qq", "-o", {PLAIN!r}, *sys.argv[1:]]) == 0
print("loaded", *sys.modules)
"""


def loaded_by(*paths: Path) -> set[str]:
    """The modules that a test process has loaded when it has collected these."""
    run = subprocess.run(
        [sys.executable, "-c", COLLECT, *map(str, paths)], cwd=TESTS.parent, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return set(run.stdout.splitlines()[-1].split())


def test_a_test_of_rules_waits_for_no_library():
    assert loaded_by(TESTS / "unit/exams/test_scoring_rules.py") & SLOW == set()


def test_no_unit_test_below_the_web_waits_for_the_platform():
    pure = [folder for folder in (TESTS / "unit").iterdir() if folder.is_dir() and folder.name not in {"web", "host"}]
    assert loaded_by(*pure) & THE_PLATFORM == set()


def test_what_a_test_loads_is_noticed(tmp_path):
    planted = tmp_path / "test_planted.py"
    planted.write_text("import fastapi\n\n\ndef test_nothing(): ...\n", encoding="utf-8")
    assert "fastapi" in loaded_by(planted)
