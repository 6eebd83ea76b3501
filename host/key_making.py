"""The keys of an installation: made with it, one by one where nothing was made with that key yet, and never again.

What a key has sealed or signed is in the database, so the database knows whether a missing ring is new or lost.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from kernel.faces import Face
from kernel.keys import (
    CARDS,
    LICENCES,
    LOOKUPS,
    PAPERS,
    PHOTOS,
    PRINTINGS,
    PURPOSES,
    QUESTIONS,
    ROWS,
    SIGNING,
    audit_of,
)
from kernel.keys.files import is_there, make_key

USED = {
    QUESTIONS.name: "SELECT 1 FROM question_bank.sealed",
    PAPERS.name: "SELECT 1 FROM exams.sealed",
    ROWS.name: "SELECT 1 FROM people.sealed UNION ALL SELECT 1 FROM kernel.file_keys WHERE what = 'rows'",
    **{
        keys.name: f"SELECT 1 FROM kernel.file_keys WHERE what = '{keys.name}'"  # noqa: S608
        for keys in (PHOTOS, CARDS, LICENCES, PRINTINGS)
    },
    SIGNING.name: "SELECT 1 FROM kernel.signing_keys UNION ALL SELECT 1 FROM kernel.audit_checkpoints",
    LOOKUPS.name: "SELECT 1 FROM certification.lookups",
    **{audit_of(face).name: "SELECT 1 FROM kernel.audit WHERE face = :face" for face in Face},
}
assert PURPOSES.keys() == USED.keys()


def make_missing_keys(connection: Connection, folder: Path, now: datetime) -> list[str]:
    """Make every ring with which nothing was made yet. Returns the names of those that are missing and were used.

    The latter are elsewhere (a host of their own) or lost; whoever needs them is told so, and nothing is made.
    """
    away = []
    for name, evidence in USED.items():
        if is_there(folder, PURPOSES[name]):
            continue
        found = connection.execute(text(f"{evidence} LIMIT 1"), {"face": name.removeprefix("audit-")})
        if found.first():
            away.append(name)
        else:
            make_key(folder, PURPOSES[name], now)
    return away
