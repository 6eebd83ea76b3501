"""`anpei load`: question banks, courses and regions from their files, without the demonstration."""

from pathlib import Path
from typing import Annotated, NoReturn
from uuid import UUID

import typer
from rich.progress import Progress as ProgressBar

from host.console import console
from host.machine import Machine
from host.wiring import wiring
from kernel.actor import platform
from kernel.errors import N_, Problem, Refused
from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Work, Workplace
from people.access.rules import Role
from people.accounts.errors import AccountIsClosed
from people.accounts.queries import actor_of_account, is_open_account
from people.appointments.errors import NoSuchAccount
from people.regions.actions import load_regions
from question_bank.exchange.actions import Loaded, bank_folders, load_bank
from question_bank.questions.actions import Progress
from training.courses.actions import load_course
from training.courses.queries import course_package

app = typer.Typer(no_args_is_help=True, help="Load content from its files; loading it again changes nothing.")
ACTOR = platform("load")


class NotOfThisRole(Refused):
    sentence = N_("%(username)s does not hold the role %(role)s.")


@app.command("bank")
def bank(
    name: Annotated[str, typer.Argument(help="A bank that comes with the platform, or a folder.")],
    author: Annotated[str, typer.Option(help="User name of whoever wrote it.")],
    reviewer: Annotated[str, typer.Option(help="User name of whoever reviewed it: another person.")],
    approver: Annotated[str, typer.Option(help="User name of whoever approved it: a third person.")],
) -> None:
    """Load a question bank as written, reviewed and approved by three people who have accounts."""
    place = _workplace()
    try:
        with ProgressBar(console=console, transient=True) as bar:
            task = bar.add_task(name)

            def tell(done: int, of: int) -> None:
                bar.update(task, completed=done, total=of)

            loaded = with_bank(place, name, (author, reviewer, approver), tell)
    except Problem as problem:
        _refuse(problem)
    finally:
        place.engines.dispose()
    console.print(f"{name}: {loaded.questions} questions, {loaded.new_versions} new versions.")


@app.command("course")
def course(
    name: Annotated[
        str, typer.Argument(help="One that comes with the platform: low_voltage, chemicals_trade_manager.")
    ],
) -> None:
    """Publish a course as its next version; one that says the same as before stays as it is."""
    place = _workplace()
    try:
        with place.transaction(ACTOR, Face.LEARNING) as work:
            load_course(work, course_package(name))
            changed = bool(work.announced)
    except Problem as problem:
        _refuse(problem)
    finally:
        place.engines.dispose()
    console.print(f"{name}: published." if changed else f"{name}: nothing has changed; it stays as it is.")


@app.command("regions")
def regions(
    file: Annotated[Path, typer.Argument(help="GB/T 2260 as a workbook or CSV: 代码, 名称, 英文名称.")],
) -> None:
    """Take a list of regions: provinces, cities, counties, towns. It speaks for the provinces that it names."""
    place = _workplace()
    try:
        with place.transaction(ACTOR, Face.REGISTRY) as work:
            loaded = load_regions(work, file.read_bytes())
    except (OSError, Problem) as problem:
        _refuse(problem)
    finally:
        place.engines.dispose()
    console.print(f"{file.name}: {loaded.added} new, {loaded.renamed} changed, {loaded.gone} gone.")


def with_bank(place: Workplace, name: str, people: tuple[str, str, str], progress: Progress) -> Loaded:
    """Load the bank `name` in the name of author, reviewer and approver, given by user name. Raises Problem."""
    folder = {each.name: each for each in bank_folders()}.get(name, Path(name))
    roles = (Role.QUESTION_AUTHOR, Role.QUESTION_REVIEWER, Role.QUESTION_APPROVER)
    with place.transaction(ACTOR, Face.AUTHORING) as work:
        author, reviewer, approver = (_holder(work, *each) for each in zip(people, roles, strict=True))
        return load_bank(work, folder, author=author, reviewer=reviewer, approver=approver, progress=progress)


def _holder(work: Work, username: str, role: Role) -> UUID:
    """The person behind a user name, who must hold the role in which they are named."""
    actor = actor_of_account(work, username)
    if actor is None or actor.person_id is None:
        raise NoSuchAccount
    if role.value not in actor.roles:
        raise NotOfThisRole(username=username, role=role.value)
    if not is_open_account(work, username):
        raise AccountIsClosed
    return actor.person_id


def _workplace() -> Workplace:
    settings = Settings()
    return Machine(settings).workplace(wiring(settings))


def _refuse(problem: Exception) -> NoReturn:
    console.print(f"[red]✗[/red] {problem}")
    raise typer.Exit(1) from problem
