"""No migration stops a busy database: squawk has nothing to say of ours, and finds what would."""

from collections import defaultdict
from pathlib import Path

from tests.cast.migrations import NEWEST, copied
from tests.house.squawk import warnings

LATER = """
from alembic import op

revision = "{revision}"
down_revision = "{follows}"
STAGE = "expand"


def upgrade():
    {body}
"""
BESIDE = "with op.get_context().autocommit_block():\n        "
EXCUSED = "-- nothing has read it since 0.2.0\\n-- squawk-ignore ban-drop-column\\n"
# What a migration does, and the rules that it breaks.
PLANTED = {
    "ALTER TABLE exams.papers ADD COLUMN mark numeric": set(),
    "CREATE INDEX ix_papers_person ON exams.papers (person_id)": {"require-concurrent-index-creation"},
    "ALTER TABLE exams.papers ADD COLUMN mark numeric NOT NULL": {"adding-required-field"},
    "ALTER TABLE exams.papers ALTER COLUMN shape TYPE text": {"changing-column-type"},
    "ALTER TABLE exams.papers RENAME COLUMN shape TO form": {"renaming-column"},
    "ALTER TABLE exams.papers ADD CONSTRAINT named CHECK (blueprint_code <> '')": {"constraint-missing-not-valid"},
    "ALTER TABLE exams.papers DROP COLUMN shape": {"ban-drop-column"},
    f"{EXCUSED}ALTER TABLE exams.papers DROP COLUMN shape": set(),
}


def test_squawk_has_nothing_to_say_of_our_migrations():
    assert warnings() == []


def test_what_would_stop_a_busy_database_is_found(tmp_path: Path):
    folder = copied(tmp_path)
    bodies = [f'op.execute("{statement}")' for statement in PLANTED]
    bodies.append(f'{BESIDE}op.execute("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix ON exams.papers (person_id)")')
    follows, planted = NEWEST, {}
    for minute, body in enumerate(bodies):
        revision = f"2099_12_01_09{minute:02d}"
        name = f"{revision.replace('_', '-')}_exams_later"
        (folder / "versions" / f"{name}.py").write_text(
            LATER.format(revision=revision, follows=follows, body=body), encoding="utf-8"
        )
        follows, planted[name] = revision, body
    found: dict[str, set[str]] = defaultdict(set)
    for line in warnings(folder):
        file, _, said = line.partition(".sql:")
        found[planted[file]].add(said.split()[2])
    expected = dict(zip(bodies, [*PLANTED.values(), set()], strict=True))
    assert {body: found[body] for body in bodies} == expected
