"""`anpei papers verify SITTING`: derive every paper of a sitting again and say which differ."""

from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console

from exams.papers.actions import Verification, verify_papers
from exams.papers.events import PapersDrawn, SecretCommitted
from exams.papers.rules import SENTENCES, Announced
from kernel.actor import platform
from kernel.audit import facts_about
from kernel.errors import Problem
from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Workplace
from web.machine import Machine
from web.wiring import wiring
from web.words import sentence

app = typer.Typer(no_args_is_help=True)
console = Console(highlight=False)
ACTOR = platform("papers verify")


@app.callback()
def papers() -> None:
    """Papers that were drawn for sittings."""


@app.command("verify")
def verify(
    sitting: Annotated[UUID, typer.Argument(help="The id of a sitting whose secret is revealed.")],
    *,
    audit: Annotated[
        bool, typer.Option(help="Compare with the audit too; only where this machine reaches the registry's part.")
    ] = True,
) -> None:
    """Derive every paper of a sitting from its revealed secret and say which differ, and why."""
    settings = Settings()
    place = Machine(settings).workplace(wiring(settings))
    try:
        with console.status("Drawing every paper again…"):
            outcome = verified(place, sitting, with_audit=audit)
    except Problem as problem:
        console.print(f"[red]✗[/red] {sentence(problem, 'en')}")
        raise typer.Exit(2) from None
    finally:
        place.engines.dispose()
    for difference in outcome.differences:
        console.print(f"[red]✗[/red] {SENTENCES[difference.reason] % difference.places}")
    console.print(f"{outcome.papers} papers derived again, {len(outcome.differences)} differences.")
    raise typer.Exit(1 if outcome.differences else 0)


def verified(place: Workplace, sitting: UUID, *, with_audit: bool) -> Verification:
    """Verify one sitting on this machine; the outcome is audited."""
    announced = announcements(place, sitting) if with_audit else None
    with place.transaction(ACTOR, Face.EXAMINATION) as work:
        return verify_papers(work, sitting, announced=announced)


def announcements(place: Workplace, sitting: UUID) -> Announced:
    """What the audit says about a sitting. Only the registry may read it."""
    with place.reading(ACTOR, Face.REGISTRY) as reading:
        promises = facts_about(reading.session, sitting, SecretCommitted.NAME)
        draws = facts_about(reading.session, sitting, PapersDrawn.NAME)
    return Announced(
        tuple(promise["commitment"] for promise in promises),
        {UUID(draw["draw_id"]): draw["papers_digest"] for draw in draws},
    )
