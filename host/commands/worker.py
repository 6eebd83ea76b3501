"""`anpei worker`: long tasks and heavy periodic deeds, in a process that serves nobody."""

import os
import sys
import threading
from typing import Annotated

import typer

from host.console import console
from host.machine import Machine
from host.runner import runner
from host.timekeeping import timekept
from host.wiring import task_kinds, wiring
from kernel.authored import read_all
from kernel.faces import Face
from kernel.settings import Settings

POLITE = 5  # whoever serves a room comes first on the same processors
HEAR_WITHIN_SECONDS = 0.5


def worker(
    face: Annotated[
        list[Face] | None, typer.Option(help="Only tasks of this face; may be given several times.")
    ] = None,
    beside: Annotated[bool, typer.Option(hidden=True)] = False,  # noqa: FBT002 - typer's way
) -> None:
    """Do long tasks until told to end. `anpei serve` starts workers of its own; this is one more, or one elsewhere."""
    os.nice(POLITE)
    read_all()
    settings = Settings()
    machine = Machine(settings)
    faces = tuple(face or Face)
    for each in faces:
        machine.require_keys(each)
    place = machine.workplace(wiring(settings))
    rounds = runner(place, task_kinds(settings), faces)
    with machine.kept_alive(), timekept(place, faces):
        rounds.start()
        try:
            until_told(beside=beside)
        finally:
            rounds.stop()
            place.engines.dispose()


def until_told(*, beside: bool) -> None:
    """Stay here until told to end."""
    if beside:
        sys.stdin.buffer.read()  # until whoever started it closes the pipe or dies
    else:
        console.print("At work; Ctrl-C ends it.")
        never = threading.Event()
        while not never.wait(HEAR_WITHIN_SECONDS):  # a signal in the moment before an endless wait would not end it
            pass
