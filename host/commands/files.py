"""`anpei files`: whether every file lies whole in its store; take away at once what nobody knows."""

from typing import Annotated

import typer
from rich.progress import Progress

from host.console import console
from host.machine import Machine
from host.wiring import wiring
from kernel.actor import platform
from kernel.db import take_your_time
from kernel.errors import N_, Refused
from kernel.files.sweeping import BEGINNINGS, sweep
from kernel.files.verifying import Verified, count, verified
from kernel.settings import Settings
from kernel.store import FILE_PURPOSES, FilePurpose
from kernel.work import Workplace

app = typer.Typer(no_args_is_help=True, help="Files: photos, films, lists.")
ACTOR = platform("files")


class NoSuchFilePurpose(Refused):
    sentence = N_("No files are kept for %(purpose)s. There are: %(purposes)s.")


@app.command()
def verify(
    purpose: Annotated[list[str] | None, typer.Option(help="Only these; may be given several times.")] = None,
) -> None:
    """Read every file in its store: is it there, is it what was kept, and does it open with the keys of this host?"""
    place, faults, looked_at = _place(), 0, 0
    for wanted in _purposes(purpose):
        found = verified_all(place, wanted)
        looked_at += found[0]
        for each in found[1]:
            faults += 1
            console.print(f"[red]✗[/red] {wanted.name} {each.file.digest.hex()}: {each.fault}")
    place.engines.dispose()
    if faults:
        console.print(f"{faults} of {looked_at} files are not what they should be. Restore them from the backup.")
        raise typer.Exit(1)
    console.print(f"{looked_at} files are whole.")


def verified_all(place: Workplace, purpose: FilePurpose) -> tuple[int, list[Verified]]:
    """How many files of a purpose there are, and those with which something is wrong."""
    with place.reading(ACTOR, purpose.steward) as reading, Progress(console=console, transient=True) as bar:
        take_your_time(reading.session)
        total, faulty = count(reading, purpose), []
        task = bar.add_task(purpose.name, total=total)
        for each in verified(reading, purpose):
            bar.advance(task)
            if each.fault:
                faulty.append(each)
    return total, faulty


@app.command("sweep")
def sweep_now() -> None:
    """Take away what has lain in a store for a day and is known to nobody; otherwise it is done within a day anyway."""
    place, gone = _place(), 0
    for face in sorted({purpose.steward for purpose in FILE_PURPOSES.values()}):
        with place.transaction(ACTOR, face) as work:
            gone += sweep(work, BEGINNINGS)
    place.engines.dispose()
    console.print(f"{gone} files that nobody knows were taken away.")


def _purposes(names: list[str] | None) -> list[FilePurpose]:
    for name in names or ():
        if name not in FILE_PURPOSES:
            raise NoSuchFilePurpose(purpose=name, purposes=", ".join(FILE_PURPOSES))
    return [FILE_PURPOSES[name] for name in names or FILE_PURPOSES]


def _place() -> Workplace:
    settings = Settings()
    return Machine(settings).workplace(wiring(settings))
