"""The command line: `anpei`."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.progress import Progress, TaskID
from rich.table import Table
from sqlalchemy import create_engine

from host import demonstration
from host.application import application
from host.commands import administrator, audit, deliveries, files, keys, load, papers, permissions
from host.commands.clock import clock
from host.commands.stand_in import stand_in
from host.commands.worker import worker
from host.console import console
from host.grants import as_pages
from host.machine import DATABASE_IS_AWAY, Machine
from host.server import listen, require_free
from host.timekeeping import timekept
from host.wiring import wiring
from host.worker_processes import WorkerProcesses
from kernel import logs
from kernel.actor import platform
from kernel.authored import read_all
from kernel.errors import N_, Problem
from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Workplace
from people.accounts import queries as accounts
from people.demonstration.rules import PASSWORD
from web.words import sentence

app = typer.Typer(no_args_is_help=True, help="Training, examination and certification for work safety.")
app.add_typer(audit.app, name="audit")
app.add_typer(deliveries.app, name="deliveries")
app.add_typer(papers.app, name="papers")
app.add_typer(files.app, name="files")
app.add_typer(keys.app, name="keys")
app.command("stand-in")(stand_in)
app.add_typer(load.app, name="load")
app.command("worker")(worker)
app.command("clock")(clock)
app.command("administrator")(administrator.administrator)


class CannotWrite(Problem):
    sentence = N_("%(path)s cannot be written (%(why)s). Give another folder: --folder FOLDER")


class NotADemonstration(Problem):
    sentence = N_(
        "This installation counts, so no invented people come here. For a demonstration: set ANPEI_DEMONSTRATION=true "
        "and begin with an empty database."
    )


@app.command()
def migrate() -> None:
    """Bring the database to its newest version; makes the login roles where they are missing."""
    with console.status("Bringing the database up to date…"):
        away = Machine(Settings()).migrate()
    console.print("The database is up to date.")
    if away:
        console.print(f"Keys that are in use and not on this host: {', '.join(away)}. Whoever needs one restores it.")


@app.command()
def serve(
    face: Annotated[list[Face] | None, typer.Option(help="Host only this face; may be given several times.")] = None,
    host: str = "127.0.0.1",
    port: int = 8000,
) -> None:
    """Serve the platform: all faces in one process, or only some of them."""
    require_free(host, port)
    settings = Settings()
    machine = Machine(settings)
    read_all()
    faces = tuple(face or Face)
    for each in faces:  # whoever starts it is told now, not the first visitor
        machine.knock(each)
        machine.require_keys(each)
    machine.require_kind(machine.face_url(faces[0]))
    place = machine.workplace(wiring(settings))
    served = application(place, faces)
    with machine.kept_alive(), timekept(place, faces), WorkerProcesses(faces, settings.workers):
        listen(served, host, port, trusted_proxies=settings.trusted_proxies)


@app.command()
def demo() -> None:
    """Bring the demonstration's people and content onto this installation; what is there already stays as it is."""
    settings = Settings()
    if not settings.demonstration:
        raise NotADemonstration
    machine = Machine(settings)
    with console.status("Preparing the database…"):
        machine.migrate()
    place = machine.workplace(wiring(settings))
    with Progress(console=console, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what)
            bar.update(tasks[what], completed=done, total=of)

        demonstration.load(place, tell)
    _introduce(place)
    place.engines.dispose()


def _introduce(place: Workplace) -> None:
    with place.reading(platform("demonstration"), Face.REGISTRY) as reading:
        people = accounts.demonstration_people(reading)
    table = Table("sign in as", "who", "role", title=f"Demonstration people; the password of all is {PASSWORD}")
    for person in people:
        table.add_row(person.username, person.name, ", ".join(person.roles))
    console.print(table, soft_wrap=False)
    console.print(f"Open [bold]{place.settings.base_url}[/bold] once the server is running (anpei serve).")


@app.command()
def grants(
    folder: Annotated[Path, typer.Option(help="Where to write the tables.")] = Path("docs/grants"),
) -> None:
    """Write down what PostgreSQL lets each face touch, for review: a page for each schema."""
    machine = Machine(Settings())
    engine = create_engine(machine.owner_url())
    with engine.connect() as connection:
        machine.require_newest(connection)
        _write(folder, as_pages(connection))
    engine.dispose()


@app.command("permissions")
def write_permissions(
    folder: Annotated[Path, typer.Option(help="Where to write the tables.")] = Path("docs/permissions"),
) -> None:
    """Write down who may do what, for review: a page for each package."""
    _write(folder, permissions.as_pages())


def _write(folder: Path, pages: Mapping[str, str]) -> None:
    try:
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as fault:
        raise CannotWrite(path=str(folder), why=os.strerror(fault.errno or 0)) from None
    console.print(f"Written to {folder}.")


def main() -> None:
    """Run the command line."""
    logs.configure()
    signal.signal(signal.SIGTERM, _leave)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # under nohup a closed terminal ends nothing
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        app()
    except (*DATABASE_IS_AWAY, Problem) as trouble:
        console.print(f"[red]✗[/red] {_in_one_sentence(trouble)}")
        raise SystemExit(1) from None


def _in_one_sentence(trouble: Exception) -> str:
    """What stands in the way of a command; a mistake of ours still shows where it was made."""
    if isinstance(trouble, Problem):
        return sentence(trouble, "en")
    return f"The database cannot be used: {str(getattr(trouble, 'orig', trouble)).strip()}"


def _leave(number: int, _: FrameType | None) -> None:
    """Leave in order: Python's own way of dying by a signal would not stop the embedded server."""
    raise SystemExit(128 + number)
