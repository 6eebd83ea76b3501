"""`anpei keys`: which keys there are; let a new one follow; seal anew what the old ones sealed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from host.console import console
from host.machine import Machine
from host.wiring import wiring
from kernel.actor import platform
from kernel.clock import SHANGHAI
from kernel.db import take_your_time
from kernel.errors import N_, Problem
from kernel.faces import Face
from kernel.keys import PURPOSES, Purpose, SealingRing, Way
from kernel.keys.files import RingState, is_there, make_key, state_of
from kernel.rotation import announce_rotation, purpose_named, rotate
from kernel.sealed import Resealing, count_by_key, reseal_some
from kernel.settings import Settings
from kernel.work import Workplace

app = typer.Typer(no_args_is_help=True, help="The keys of this host.")
ACTOR = platform("keys")
MADE_WITH = {
    Way.MAC: "SELECT key_id, count(*) AS things FROM kernel.audit WHERE face = :face GROUP BY key_id",
    Way.SIGNING: "SELECT key_id, count(*) AS things FROM (SELECT key_id FROM kernel.audit_checkpoints UNION ALL "
    "SELECT key_id FROM certification.signatures) made GROUP BY key_id",
}


class OwnersAddressNeeded(Problem):
    sentence = N_(
        "No part of the platform may take out what was sealed. Sealing anew needs the owner's address of the database: "
        "set ANPEI_DATABASE_URL for this command. The server said: %(said)s"
    )


@app.command("list")
def list_keys() -> None:
    """Every key of this host: its period, whether it is current, and how much was made with it."""
    place = _place()
    table = Table("purpose", "key", "made", "current from", "until", "state", "made with it")
    for purpose in PURPOSES.values():
        if not is_there(place.settings.keys_folder, purpose):
            table.add_row(purpose.name, "–", "", "", "", "on another host", "")
            continue
        state, counted = state_of(place.settings.keys_folder, purpose), _counted(place, purpose)
        for id_, period in state.periods.items():
            times = (period.made_at, period.current_from, state.until(id_))
            made = "?" if counted is None else str(counted.get(id_, 0))
            table.add_row(purpose.name, id_, *map(_said, times), _state(state, id_), made)
    place.engines.dispose()
    console.print(table, soft_wrap=False)


@app.command("rotate")
def rotate_key(
    purpose: Annotated[str, typer.Argument(help="Of which purpose: see `anpei keys list`.")],
    *,
    prepare: Annotated[
        bool, typer.Option(help="Only make the key; copy it to the other hosts that hold this purpose, then rotate.")
    ] = False,
    reseal: Annotated[bool, typer.Option(help="Seal anew, at once, what the former keys sealed.")] = True,
) -> None:
    """Let a new key follow the current one, while the platform serves; what the old one made stays good."""
    place, wanted = _place(), purpose_named(purpose)
    folder = place.settings.keys_folder
    if prepare:
        id_ = state_of(folder, wanted).prepared or make_key(folder, wanted, place.clock.now())
        console.print(f"Key {id_} of {purpose} lies prepared in {folder / purpose}.")
        return

    former, id_ = rotated(place, wanted)
    place.engines.dispose()
    console.print(f"Key {id_} of {purpose} is current; {former} came before it and is kept.")
    if wanted.way is Way.SEALING and reseal:
        _reseal(wanted)


def rotated(place: Workplace, purpose: Purpose) -> tuple[str, str]:
    """Let a new key follow the current one and say so in the audit; the ids of both. Raises KeyMissing."""

    def announce(id_: str) -> None:
        with place.transaction(ACTOR, purpose.steward) as work:
            announce_rotation(work, purpose, id_)

    return rotate(place.settings.keys_folder, purpose, place.clock.now, announce)


@app.command("reseal")
def reseal_purpose(
    purpose: Annotated[str, typer.Argument(help="Of which purpose: see `anpei keys list`.")],
) -> None:
    """Seal with the current key what former keys sealed. May be cut off and begun again, and run while others work."""
    wanted = purpose_named(purpose)
    if wanted.way is not Way.SEALING:
        console.print(f"Nothing is sealed with {purpose}.")
        return
    _reseal(wanted)


def _reseal(purpose: Purpose) -> None:
    settings = Settings()
    progress = resealed(Machine(settings), purpose)
    console.print(f"{progress.done} things sealed anew; {len(progress.broken)} do not open and stay as they are.")
    for what, of in progress.broken:
        console.print(f"[red]✗[/red] {what} {of}")
    if progress.broken:
        raise typer.Exit(1)


def resealed(machine: Machine, purpose: Purpose) -> Resealing:
    """Seal anew everything of a purpose that former keys sealed, some at a time. Raises OwnersAddressNeeded."""
    ring, progress = SealingRing(machine.settings.keys_folder, purpose), Resealing()
    clock = machine.workplace(wiring(machine.settings)).clock
    with _as_owner(machine) as session, Progress(console=console, transient=True) as bar:
        take_your_time(session)
        counted = count_by_key(session, purpose)
        task = bar.add_task("Sealing anew…", total=sum(counted.values()) - counted.get(ring.state.current, 0))
        while reseal_some(session, ring, progress, clock.now()):
            session.commit()
            bar.update(task, completed=progress.done + len(progress.broken))
    return progress


@contextmanager
def _as_owner(machine: Machine) -> Iterator[Session]:
    engine = create_engine(machine.owner_url())
    try:
        with Session(engine) as session:
            yield session
    except DBAPIError as fault:
        raise OwnersAddressNeeded(said=str(fault.orig).strip()) from None
    finally:
        engine.dispose()


def _place() -> Workplace:
    settings = Settings()
    return Machine(settings).workplace(wiring(settings))


def _counted(place: Workplace, purpose: Purpose) -> dict[str, int] | None:
    """Key id -> how much was made with it; None where that cannot be asked from this host, or is not kept."""
    if purpose.name == "lookups":
        return None
    face = purpose.steward if purpose.way is Way.SEALING else Face.REGISTRY
    try:
        with place.reading(ACTOR, face) as reading:
            if purpose.way is Way.SEALING:
                return count_by_key(reading.session, purpose)
            given = {"face": purpose.name.removeprefix("audit-")}
            statement = text(MADE_WITH[purpose.way])
            rows = reading.session.execute(statement, given if purpose.way is Way.MAC else {})
            return {row.key_id: row.things for row in rows}
    except DBAPIError:
        return None


def _state(state: RingState, id_: str) -> str:
    if id_ == state.current:
        return "current"
    return "prepared" if state.periods[id_].current_from is None else "former"


def _said(moment: datetime | None) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if moment else ""
