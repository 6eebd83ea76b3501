"""`anpei audit`: walk the sealed audit; hand it to outsiders; begin a new witness after a restore."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.progress import Progress

from host.console import console
from host.machine import Machine
from host.wiring import wiring
from kernel.actor import platform
from kernel.audit.bundle import Check, Report, lines_of
from kernel.clock import SHANGHAI
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


class NotADigest(Problem):
    sentence = N_("%(given)s is no digest that was noted. Write POSITION:DIGEST, as the registry publishes them.")


@app.command()
def bundle(
    file: Annotated[Path, typer.Argument(help="Where to write it; one JSON value a line.")],
    after: Annotated[int, typer.Option(help="Only what was sealed after this position.")] = 0,
    about: Annotated[
        list[UUID] | None, typer.Option(help="Disclose the rows about this sitting, person or certificate.")
    ] = None,
) -> None:
    """Write the chain of the audit for an outsider to check: digests only, but for the rows that you disclose."""
    settings = Settings()
    place = Machine(settings).workplace(wiring(settings))
    subjects, count = set(about or ()), 0
    with place.reading(platform("audit bundle"), Face.REGISTRY) as reading, file.open("w", encoding="utf-8") as out:
        take_your_time(reading.session)
        for line in lines_of(reading.session, site=settings.site, after=after, about=subjects):
            out.write(line + "\n")
            count += 1
    with place.transaction(platform("audit bundle"), Face.REGISTRY) as work:
        work.note("kernel.audit_bundled", after=after, lines=count, about=sorted(map(str, subjects)))
    place.engines.dispose()
    console.print(f"{count} lines written to {file}.")


@app.command("check-bundle")
def check_bundle(
    file: Annotated[Path, typer.Argument(help="A bundle that `anpei audit bundle` wrote.")],
    public_key: Annotated[list[Path], typer.Option(help="A public key of the registry that you were given.")],
    seen: Annotated[list[str] | None, typer.Option(help="POSITION:DIGEST as you noted it once.")] = None,
) -> None:
    """Check a bundle anywhere: it takes no database and no secret key."""
    given = {id_: key for each in public_key for id_, key in _read(each).items()}
    check = Check(given, dict(_noted(each) for each in seen or ()))
    with file.open(encoding="utf-8") as lines:
        report = check.read(lines)
    for fault in report.faults:
        console.print(f"[red]✗[/red] {fault.sentence % fault.data}")
    console.print(_summary(report))
    raise typer.Exit(1 if report.faults else 0)


def _noted(given: str) -> tuple[int, str]:
    position, _, digest = given.partition(":")
    if not position.isdecimal() or not digest:
        raise NotADigest(given=given)
    return int(position), digest


def _summary(report: Report) -> str:
    sealed = (
        f"sealed until {report.sealed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" if report.sealed_at else "not sealed"
    )
    return (
        f"Site {report.site}, positions {report.after + 1} to {report.until}, {sealed}; {report.disclosed} rows "
        f"disclosed; {len(report.faults)} faults."
    )
