"""The witness: a file outside the database that has seen the audit's checkpoints, one line each.

With it, cutting off the end of the chain together with its checkpoints is found too. It is begun before anything is
chained; where it is missing later it is never made anew in silence, for what was cut off would be forgotten with it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from kernel.audit import end_of_chain
from kernel.db import among
from kernel.errors import N_, Problem
from kernel.tables import ChainRecord, CheckpointRecord

LINE_AT_MOST = 100  # bytes of a line: a position, a space, 64 hexadecimal digits, an end
LINES_AT_ONCE = 1_000

Line = tuple[int, str]  # a position and the digest that was seen there


class WitnessMissing(Problem):
    sentence = N_(
        "The outside witness of the audit is missing, though %(position)s rows are chained. Put its file back; where "
        "it is lost, anpei audit witness begins a new one and says so in the audit."
    )


class WitnessContradicts(Problem):
    sentence = N_(
        "The outside witness has seen position %(position)s of the audit otherwise than it is now: rows were cut off, "
        "or the database was restored. After a restore, anpei audit witness begins a new one and says so in the audit."
    )


class WitnessOutOfReach(Problem):
    sentence = N_(
        "The outside witness of the audit cannot be read and written (%(why)s): %(path)s. Sealing goes on; what the "
        "witness has not seen, it sees once its disk takes it again."
    )


def show_to_witness(session: Session, witness: Path) -> None:
    """Add the checkpoints that are committed by now. Only those may go there, else a failed commit looks like a cut.

    Raises:
        WitnessMissing, WitnessContradicts, WitnessOutOfReach.
    """
    newest = seen_until(session, witness)
    points = session.scalars(
        select(CheckpointRecord).where(CheckpointRecord.position > newest).order_by(CheckpointRecord.position)
    )
    with _reached(witness):
        witness.parent.mkdir(parents=True, exist_ok=True)
        with witness.open("ab+") as file:
            _cut_unfinished(file)
            file.writelines(f"{point.position} {point.digest.hex()}\n".encode() for point in points)


@contextmanager
def _reached(witness: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise WitnessOutOfReach(why=os.strerror(fault.errno or 0), path=str(witness)) from fault


def due_position(session: Session) -> int:
    """What the witness must have seen. The sealer shows what it sealed the time before, so all but the last may be."""
    positions = select(CheckpointRecord.position).order_by(CheckpointRecord.position.desc())
    return session.scalar(positions.offset(1).limit(1)) or 0


def seen_until(session: Session, witness: Path) -> int:
    """The newest position that the witness has seen, and still agrees with; 0 when it has seen nothing.

    Raises:
        WitnessMissing, WitnessContradicts, WitnessOutOfReach.
    """
    with _reached(witness):
        is_there, seen = witness.exists(), last_line(witness) if witness.exists() else None
    if not is_there:
        position = end_of_chain(session).position
        if position:
            raise WitnessMissing(position=position)
        return 0
    if seen is None:
        return 0
    if contradicted(session, [seen]) is not None:
        raise WitnessContradicts(position=seen[0])
    return seen[0]


def begin_witness(session: Session, witness: Path) -> int:
    """Put the file that there is aside and show every checkpoint to a new one; the position seen last.

    For whoever restored a database or lost the file: what the old one had seen beyond that is given up, knowingly.
    """
    position = end_of_chain(session).position
    if witness.exists():
        aside = (witness.with_name(f"{witness.name}.{number}") for number in range(1, 10_000))
        witness.rename(next(path for path in aside if not path.exists()))
    witness.parent.mkdir(parents=True, exist_ok=True)
    witness.touch()
    show_to_witness(session, witness)
    return position


def contradicted(session: Session, seen: list[Line]) -> int | None:
    """The first of these positions at which the chain is not what was seen."""
    links = select(ChainRecord.position, ChainRecord.digest).where(among(ChainRecord.position, [at for at, _ in seen]))
    now = {position: digest.hex() for position, digest in session.execute(links)}
    return next((position for position, digest in seen if now.get(position) != digest), None)


def lines(witness: Path) -> Iterator[list[Line]]:
    """What the witness has seen, some lines at once; a line that a kill left half written was never seen."""
    with witness.open(encoding="ascii") as file:
        whole = (line.split() for line in file if line.endswith("\n"))
        while some := [(int(position), digest) for position, digest in islice(whole, LINES_AT_ONCE)]:
            yield some


def last_line(witness: Path) -> Line | None:
    """What the witness has seen last, read from the end of a file that grows for ever."""
    with witness.open("rb") as file:
        tail = _tail(file)
    whole = tail[: tail.rfind(b"\n") + 1].split()
    return (int(whole[-2]), whole[-1].decode()) if whole else None


def _cut_unfinished(file: BinaryIO) -> None:
    """Cut off what a kill left half written, else the next line would be glued to it."""
    tail = _tail(file)
    unfinished = len(tail) - (tail.rfind(b"\n") + 1)
    if unfinished:
        file.truncate(file.seek(0, os.SEEK_END) - unfinished)


def _tail(file: BinaryIO) -> bytes:
    file.seek(max(0, file.seek(0, os.SEEK_END) - 2 * LINE_AT_MOST))
    return file.read()
