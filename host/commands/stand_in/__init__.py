"""`anpei stand-in WHO…`: let demonstration people do the long part of an exam while somebody looks on.

A paper has 100 questions, a practical 20 sheets and signatures; nobody who takes a first look has the patience. A
stand-in comes in by the front door like anybody else: it signs in over HTTP with the demonstration's password, holds no
key, opens no database, and knows of the questions only what stands in the sample banks' text files. So it opens nothing
on a server that has no demonstration people, and knows no answer of a bank that is not published.
"""

from contextlib import ExitStack
from typing import Annotated

import typer

from host.commands.stand_in.paper import do_paper
from host.commands.stand_in.practical import do_practical
from host.commands.stand_in.visit import InTheWay, Visit
from host.console import console
from kernel.settings import Settings


def stand_in(
    who: Annotated[list[str], typer.Argument(help="User names of demonstration people: zhang; or tang liang zhang.")],
    server: Annotated[str | None, typer.Option(help="The running server; the public address unless given.")] = None,
) -> None:
    """Let demonstration people answer the paper that is open, or complete and sign the sheets of the practical."""
    try:
        with ExitStack() as visits:
            people = [visits.enter_context(Visit.of(name, server or Settings().base_url)) for name in who]
            done = [line for visit in people for line in do_paper(visit)]
            done += do_practical(people)
    except InTheWay as trouble:
        console.print(f"[red]✗[/red] {trouble}")
        raise typer.Exit(2) from None
    for line in done or ["Nothing is open for them now: no paper, no sheet, no signature."]:
        console.print(line)
    raise typer.Exit(0 if done else 1)
