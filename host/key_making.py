"""The keys of an installation: made with it, one by one where nothing was made with that key yet, and never again.

What a key has sealed or signed is in the database, so the database knows whether a missing file is new or lost.
"""

from pathlib import Path

from sqlalchemy import Connection, text

from kernel.faces import Face
from kernel.keys import HOLDERS, PUBLIC_KEY, SigningKey, audit_key
from kernel.secrets import read_or_make

USED = {
    "questions": "SELECT 1 FROM question_bank.versions",
    "papers": "SELECT 1 FROM exams.sitting_secrets UNION ALL SELECT 1 FROM exams.practicals",
    "rows": "SELECT 1 FROM people.staff_imports WHERE refused > 0",
    "signing": "SELECT 1 FROM kernel.audit_checkpoints UNION ALL SELECT 1 FROM certification.certificates",
    **{audit_key(face): "SELECT 1 FROM kernel.audit WHERE face = :face" for face in Face},
}
assert HOLDERS.keys() <= USED.keys()


def make_missing_keys(connection: Connection, folder: Path) -> list[str]:
    """Make every key with which nothing was made yet. Returns the names of those that are missing and were used.

    The latter are elsewhere (a host of their own) or lost; whoever needs them is told so, and nothing is made.
    """
    away = []
    for name, evidence in USED.items():
        if (folder / name).exists():
            continue
        found = connection.execute(text(f"{evidence} LIMIT 1"), {"face": name.removeprefix("audit-")})
        if found.first():
            away.append(name)
        else:
            read_or_make(folder / name)
    if (folder / "signing").exists():
        publish(folder)
    return away


def publish(folder: Path) -> None:
    """Write the public half of the signing key beside it, where it is not yet; it may be given to anybody."""
    read_or_make(folder / PUBLIC_KEY, SigningKey((folder / "signing").read_bytes()).public)
