"""`python -m tests.house.squawk`: hold the SQL of every migration against what is known to stop a busy database.

squawk (PyPI `squawk-cli`) knows the rules; https://squawkhq.com/docs/rules explains each. Left out for every migration:

    prefer-bigint-over-int  what grows for ever has uuids or bigint here; integer counts minutes, seats, places

Nothing else is left out, not even for the first migrations, whose tables are empty when they run. Where a statement is
right although a rule warns of it (a contract drops what nobody reads any more), the migration says so in its own SQL:
the reason in a comment, and under it `-- squawk-ignore rule-name`.
"""

import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from host.machine import MIGRATIONS

SQUAWK = Path(sys.executable).with_name("squawk")
OLDEST_SERVER = "15"
LEFT_OUT = "prefer-bigint-over-int"
ALEMBICS_OWN = re.compile(r"CREATE TABLE alembic_version .*?;", re.DOTALL)


def warnings(folder: Path = MIGRATIONS) -> list[str]:
    """What squawk says of the migrations in `folder`, a line each: file:line:column: warning: rule and why."""
    with tempfile.TemporaryDirectory() as folder_of_sql:
        place = Path(folder_of_sql)
        for file, sql in written_down(folder).items():
            (place / f"{Path(file).stem}.sql").write_text(sql, encoding="utf-8")
        said = subprocess.run(
            [
                SQUAWK,
                f"--pg-version={OLDEST_SERVER}",
                f"--exclude={LEFT_OUT}",
                "--reporter=gcc",
                *sorted(file.name for file in place.glob("*.sql")),
            ],
            cwd=place,
            check=False,
            capture_output=True,
            text=True,
        )
    assert said.returncode in {0, 1}, said.stderr
    found = [line for line in said.stdout.splitlines() if line]
    assert bool(found) == bool(said.returncode), said.stdout + said.stderr
    return found


def written_down(folder: Path) -> dict[str, str]:
    """File -> the statements of one migration, with the limits under which they run."""
    found = {}
    for script in ScriptDirectory.from_config(_config(folder)).walk_revisions():
        buffer = io.StringIO()
        command.upgrade(_config(folder, buffer), f"{script.down_revision or 'base'}:{script.revision}", sql=True)
        found[script.path] = ALEMBICS_OWN.sub("", buffer.getvalue())
    return found


def _config(folder: Path, buffer: io.StringIO | None = None) -> Config:
    config = Config(output_buffer=buffer) if buffer else Config()
    config.set_main_option("script_location", str(folder))
    return config


if __name__ == "__main__":
    said = warnings()
    print("\n".join(said) or "Squawk has nothing to say of the migrations.")  # noqa: T201 - the answer of a command
    raise SystemExit(bool(said))
