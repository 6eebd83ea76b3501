"""`anpei audit`: walk the sealed audit; begin a new witness after a restore."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from host.console import console
from host.machine import Machine
from host.wiring import wiring
from kernel.actor import platform
from kernel.db import take_your_time
from kernel.errors import N_, Problem
from kernel.faces import Face
from kernel.keys import PublicKey, PublicKeys
from kernel.keys.algorithms import ED25519, PUBLIC_KEY_BYTES
from kernel.ledger import successions
from kernel.settings import Settings
from kernel.walk import Finding, Walk
from kernel.witness import begin_witness
from kernel.work import Reading

app = typer.Typer(no_args_is_help=True, help="The sealed audit.")


class NotAPublicKey(Problem):
    sentence = N_(
        "%(file)s holds no public key: that is a file of 32 bytes in signing.public of the registry's keys folder."
    )


@app.command()
def verify(
    public_key: Annotated[
        Path | None, typer.Option(help="One of the registry's signing.public, where there is none in the keys folder.")
    ] = None,
) -> None:
    """Walk the sealed audit and report every edit, removal, insertion or reorder. Makes no key and changes nothing."""
    settings = Settings()
    place = Machine(settings).workplace(wiring(settings))
    with place.reading(platform("audit verify"), Face.REGISTRY) as reading:
        given = _read(public_key) if public_key else reading.keys.public_halves
        trusted = PublicKeys(given, successions(reading.session))
        take_your_time(reading.session)
        with Progress(console=console, transient=True) as bar:
            rows, found = _walked(reading, settings, trusted, bar)
    place.engines.dispose()
    for each in found:
        console.print(f"{'[red]✗[/red]' if each.is_fault else '[yellow]![/yellow]'} {each.sentence % each.data}")
    faults = sum(each.is_fault for each in found)
    console.print(f"{rows} rows walked, {faults} findings.")
    raise typer.Exit(1 if faults else 0)


def _walked(reading: Reading, settings: Settings, trusted: PublicKeys, bar: Progress) -> tuple[int, list[Finding]]:
    task = bar.add_task("Walking the audit…", total=None)
    walk = Walk(
        reading.session,
        settings.keys_folder,
        trusted,
        settings.witness,
        tell=lambda done, of: bar.update(task, completed=done, total=of),
    )
    found = list(walk.findings())
    return walk.rows, found


def _read(file: Path) -> dict[str, PublicKey]:
    try:
        content = file.read_bytes()
    except OSError:
        content = b""
    if len(content) != PUBLIC_KEY_BYTES:
        raise NotAPublicKey(file=str(file))
    key = PublicKey(ED25519, content)
    return {key.id: key}


@app.command()
def witness() -> None:
    """Begin a new witness, after a restore or a loss: the old file is kept beside it, and the audit says so."""
    settings = Settings()
    place = Machine(settings).workplace(wiring(settings))
    with place.transaction(platform("audit witness"), Face.REGISTRY) as work:
        position = begin_witness(work.session, settings.witness)
        work.note("kernel.witness_begun", position=position)
    place.engines.dispose()
    console.print(f"A new witness has seen the audit up to position {position}: {settings.witness}")
