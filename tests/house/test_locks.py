"""PostgreSQL's advisory locks belong to everybody with a connection: nothing that must go on waits for one."""

from pathlib import Path

HOUSE = Path(__file__).parent.parent.parent
PACKAGES = (
    "kernel",
    "people",
    "question_bank",
    "simulations",
    "training",
    "exams",
    "certification",
    "web",
    "host",
    "migrations",
)
OWN = {
    "host/machine.py": "Roles are made before there is a table; whoever starts the installation waits in sight.",
    "kernel/locks.py": "It says why none is taken.",
    "migrations/env.py": "The schema is made before there is a table; whoever migrates waits in sight.",
}


def test_advisory_locks_are_taken_only_where_a_reason_stands():
    found = {
        file.relative_to(HOUSE).as_posix()
        for package in PACKAGES
        for file in (HOUSE / package).rglob("*")
        if file.suffix in {".py", ".sql", ".yaml"} and "advisory" in file.read_text(encoding="utf-8")
    }
    assert found == set(OWN)
