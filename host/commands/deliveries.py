"""`anpei deliveries`: what waits, what fails and why, by face; `anpei deliveries retry` has it tried again."""

from typing import Annotated
from uuid import UUID

import typer

from host.console import console
from host.machine import Machine
from host.wiring import wiring
from kernel import deliveries
from kernel.actor import platform
from kernel.clock import SHANGHAI
from kernel.deliveries import Delivery, State
from kernel.errors import N_, Refused
from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Workplace

app = typer.Typer(invoke_without_command=True, help="Announced facts that did not arrive yet.")
MARKS = {State.UNKNOWN: "[red]unknown[/red]", State.FAILING: "[yellow]failing[/yellow]", State.WAITING: "waiting"}
ACTOR = platform("deliveries")
Through = Annotated[
    Face, typer.Option(help="The face of this host through which to look; the registry sees all, another its own.")
]


class SayWhich(Refused):
    sentence = N_("Say which delivery, by its id, or --all.")


@app.callback()
def show(context: typer.Context, face: Through = Face.REGISTRY) -> None:
    """List what waits, the worst first; the exit code is 1 where something waits under a name that nothing knows."""
    if context.invoked_subcommand is not None:
        return
    place = _workplace()
    with place.reading(ACTOR, face) as reading:
        rows, total = deliveries.waiting(reading, place.wiring), deliveries.how_many(reading)
    place.engines.dispose()
    _print(rows, total)
    unknown = sum(row.state is State.UNKNOWN for row in rows)
    if unknown:
        console.print(f"[red]✗[/red] {unknown} under names that nothing of this version reacts to: they wait for ever.")
    raise typer.Exit(1 if unknown else 0)


@app.command()
def retry(
    delivery: Annotated[UUID | None, typer.Argument(help="The id, as the list shows it.")] = None,
    face: Through = Face.REGISTRY,
    every: Annotated[bool, typer.Option("--all", help="All that failed.")] = False,  # noqa: FBT002 - typer's way
) -> None:
    """Have one delivery, or all that failed, tried at once instead of later."""
    if (delivery is None) != every:
        raise SayWhich
    place = _workplace()
    with place.transaction(ACTOR, face) as work:
        failed = tuple(
            row.id for row in deliveries.waiting(work, place.wiring, most=None) if row.state is State.FAILING
        )
        wanted = (delivery,) if delivery else failed
        moved = deliveries.try_again(work, wanted) if wanted else 0
    place.engines.dispose()
    console.print(f"{moved} to be tried again now.")


def _print(rows: tuple[Delivery, ...], total: int) -> None:
    """Not as a table: an id must stay whole, for it is what `retry` takes."""
    if not rows:
        console.print("Everything has arrived.")
        return
    for row in rows:
        moment = f"{row.announced_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        tried = f", failed {row.tries} times: {row.cause}" if row.tries else ""
        console.print(f"{row.id}  {MARKS[row.state]}  {row.face.value}: {row.event} -> {row.reaction}")
        console.print(f"    announced {moment}{tried}")
    console.print(f"{len(rows)} of {total} that wait.")


def _workplace() -> Workplace:
    settings = Settings()
    return Machine(settings).workplace(wiring(settings))
