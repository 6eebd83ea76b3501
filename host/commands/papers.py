"""`anpei papers verify SITTING`: repeat its draws, compare answers, sheets and results; say what differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import typer

from exams.evidence import rules as evidence_rules
from exams.evidence.actions import verify_evidence
from exams.papers import rules as papers_rules
from exams.papers.actions import verify_papers
from exams.papers.events import PapersDrawn, SecretCommitted
from exams.practicals import queries as practicals
from exams.practicals.actions import verify_practicals
from exams.practicals.events import PracticalDrawn, PracticalOpened
from exams.practicals.rules import verification as practical_rules
from exams.sittings.queries import id_coded
from exams.verification.rules import Difference, Told
from host.console import console
from host.machine import Machine
from host.wiring import wiring
from kernel.actor import platform
from kernel.audit import Noted, noted_about, noted_with
from kernel.errors import Problem
from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Workplace
from web.words import sentence

app = typer.Typer(no_args_is_help=True)
ACTOR = platform("papers verify")


@app.callback()
def papers() -> None:
    """Papers and practical items that were drawn for sittings."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`what` was derived again, how many of them, every difference, and what of it was revised."""

    what: str
    count: int
    differences: Sequence[Difference]
    revised: Sequence[evidence_rules.Revised] = ()


@app.command("verify")
def verify(
    sitting: Annotated[str, typer.Argument(help="The code or the id of a sitting that is over.")],
    *,
    audit: Annotated[
        bool, typer.Option(help="Compare with the audit too; only where this machine reaches the registry's part.")
    ] = True,
) -> None:
    """Repeat every draw of a sitting, compare answers, sheets and results with the audit; say what differs, and why."""
    settings = Settings()
    place = Machine(settings).workplace(wiring(settings))
    try:
        with console.status("Drawing again…"):
            sitting_id = id_of(place, sitting)
            outcome = verified(place, sitting_id, with_audit=audit)
            evidence = compared(place, sitting_id, with_audit=audit)
    except Problem as problem:
        console.print(f"[red]✗[/red] {sentence(problem, 'en')}")
        raise typer.Exit(2) from None
    finally:
        place.engines.dispose()
    for difference in (*outcome.differences, *evidence.differences):
        console.print(f"[red]✗[/red] {difference}")
    for one in evidence.revised:
        console.print(f"[yellow]·[/yellow] {evidence_rules.REVISED % one.places}")
    console.print(f"{outcome.count} {outcome.what} derived again, {len(outcome.differences)} differences.")
    console.print(f"{evidence.count} {evidence.what} compared, {len(evidence.differences)} differences.")
    raise typer.Exit(1 if outcome.differences or evidence.differences else 0)


def id_of(place: Workplace, sitting: str) -> UUID:
    """A sitting by its id or by the code that people know it by. Raises NoSuchSitting."""
    try:
        return UUID(sitting)
    except ValueError:
        with place.reading(ACTOR, Face.EXAMINATION) as reading:
            return id_coded(reading, sitting)


def verified(place: Workplace, sitting: UUID, *, with_audit: bool) -> Outcome:
    """Verify one sitting on this machine; the outcome is audited."""
    told = announced_practicals(place, sitting) if with_audit else None
    with place.reading(ACTOR, Face.EXAMINATION) as reading:
        is_practical = practicals.is_held(reading, sitting) or bool(told and told.draws)
    if is_practical:
        with place.transaction(ACTOR, Face.EXAMINATION) as work:
            items = verify_practicals(work, sitting, announced=told)
        return Outcome("practicals", items.practicals, items.differences)
    announced = announced_papers(place, sitting) if with_audit else None
    with place.transaction(ACTOR, Face.EXAMINATION) as work:
        found = verify_papers(work, sitting, announced=announced)
    return Outcome("papers", found.papers, found.differences)


def compared(place: Workplace, sitting: UUID, *, with_audit: bool) -> Outcome:
    """Compare the evidence of one sitting on this machine with its results and with the audit; audited as well."""
    told = announced_evidence(place, sitting) if with_audit else None
    with place.transaction(ACTOR, Face.EXAMINATION) as work:
        found = verify_evidence(work, sitting, announced=told)
    return Outcome("candidates' answers, sheets and results", found.candidates, found.differences, found.revised)


def announced_evidence(place: Workplace, sitting: UUID) -> evidence_rules.Announced:
    """What the audit says about attempts, signatures and results of a sitting.

    Read as the registry, from the audit itself: the view that exams has of it could be bent together with the rows.
    """
    with place.reading(ACTOR, Face.REGISTRY) as reading:
        session = reading.session
        rows = noted_with(session, evidence_rules.ATTEMPT_ENDED, sitting_id=sitting)
        rows += noted_with(session, evidence_rules.RESULT_RELEASED, sitting_id=sitting)
        for opened in noted_about(session, sitting, PracticalOpened.NAME):
            rows += noted_about(session, UUID(opened.facts["practical_id"]), *evidence_rules.NAMES)
    return evidence_rules.announced(evidence_rules.Fact(row.name, row.facts, row.position is not None) for row in rows)


def announced_papers(place: Workplace, sitting: UUID) -> papers_rules.Announced:
    """What the audit says about the papers of a sitting. Only the registry may read it."""
    with place.reading(ACTOR, Face.REGISTRY) as reading:
        promises = noted_about(reading.session, sitting, SecretCommitted.NAME)
        draws = noted_about(reading.session, sitting, PapersDrawn.NAME)
    return papers_rules.Announced(
        tuple(_told(promise, "commitment") for promise in promises),
        {UUID(draw.facts["draw_id"]): _told(draw, "papers_digest") for draw in draws},
    )


def announced_practicals(place: Workplace, sitting: UUID) -> practical_rules.Announced:
    """What the audit says about the practicals of a sitting. Only the registry may read it."""
    with place.reading(ACTOR, Face.REGISTRY) as reading:
        promises = noted_about(reading.session, sitting, PracticalOpened.NAME)
        draws = noted_about(reading.session, sitting, PracticalDrawn.NAME)
    return practical_rules.Announced(
        {UUID(promise.facts["practical_id"]): _told(promise, "commitment") for promise in promises},
        {UUID(draw.facts["practical_id"]): _told(draw, "items_digest", "pool_digest") for draw in draws},
    )


def _told(noted: Noted, *names: str) -> Told:
    return Told(" ".join(noted.facts[name] for name in names), noted.position)
