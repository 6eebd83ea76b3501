"""`anpei clock`: what the machine's calendar shows and by what the platform goes; a person accepts a jump here."""

from typing import Annotated

import typer

from host.console import console
from host.machine import Machine
from host.timekeeping import accept
from host.wiring import wiring
from kernel.faces import Face
from kernel.settings import Settings
from web.words import sentence


def clock(
    take: Annotated[  # noqa: FBT002 - typer's way
        bool, typer.Option("--accept", help="Go by the machine's clock: papers whose time is over by it are collected.")
    ] = False,
    face: Annotated[Face, typer.Option(help="The face of this host that writes it into the audit.")] = Face.REGISTRY,
) -> None:
    """Say whether the clock of this machine has jumped; the exit code is 1 where it has."""
    settings = Settings()
    machine = Machine(settings)
    place = machine.workplace(wiring(settings))
    problem = place.clock.problem()
    if problem is None:
        console.print("The clock of this machine has not jumped.")
        return
    console.print(sentence(problem, "en"))
    if not take:
        raise typer.Exit(1)
    accept(place, face)
    place.engines.dispose()
    console.print("Accepted. Every process of this machine goes by it within seconds.")
