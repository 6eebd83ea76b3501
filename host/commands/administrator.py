"""`anpei administrator`: the first account of an installation, and the way back in for administrators locked out."""

from typing import Annotated

import typer

from host.console import console
from host.machine import Machine
from host.wiring import wiring
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.errors import Invalid, Problem
from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Work, Workplace
from people.access.rules import Role
from people.accounts.actions import register_person
from people.accounts.rules import DocumentKind
from people.accounts.rules.id_numbers import parse_id_number
from people.appointments import actions, queries
from people.appointments.actions import SignInSlip
from people.appointments.errors import NoSuchAccount
from people.appointments.queries import AccountFilter
from people.organisations.rules.cells import parse_name
from people.organisations.rules.sheets import Cell

ACTOR = platform("administrator")


def administrator(
    username: Annotated[str, typer.Argument(help="What they sign in with: small letters and digits.")],
    name: Annotated[str, typer.Option(help="Their name as on the ID card.")] = "",
    id_number: Annotated[str, typer.Option(help="Their 18-digit ID number.")] = "",
    *,
    new_password: Annotated[bool, typer.Option(help="They exist already: only a new one-time password.")] = False,
) -> None:
    """Make an administrator, who then makes all other accounts on screens; prints a one-time password."""
    settings = Settings()
    place = Machine(settings).workplace(wiring(settings))
    if not new_password:
        name = name or typer.prompt("Name")
        id_number = id_number or typer.prompt("ID number")
    try:
        slip = renewed(place, username) if new_password else made(place, username, name, id_number)
    except Problem as problem:
        for said in problem.fields.values() if isinstance(problem, Invalid) and problem.fields else [problem]:
            console.print(f"[red]✗[/red] {said}")
        raise typer.Exit(1) from problem
    finally:
        place.engines.dispose()
    console.print(f"User name: [bold]{slip.username}[/bold]\nOne-time password: [bold]{slip.password}[/bold]")
    console.print(f"Sign in at {settings.base_url} within 14 days and choose a password of your own.")


def made(place: Workplace, username: str, name: str, id_number: str) -> SignInSlip:
    """A new administrator. Raises Problem."""
    with place.transaction(ACTOR, Face.REGISTRY) as work:
        number = parse_id_number(id_number, today=shanghai_date(work.now), demonstration=place.settings.demonstration)
        person_id = register_person(
            work,
            name=parse_name(Cell(name)),
            document_kind=DocumentKind.RESIDENT_ID,
            document_number=number.text,
            sex=number.sex,
            birth_date=number.birth_date,
            phone=None,
        )
        return actions.appoint(
            work, person_id=person_id, username=username, roles=[Role.ADMINISTRATOR], organisation_id=None
        )


def renewed(place: Workplace, username: str) -> SignInSlip:
    """A new one-time password for an administrator who exists. Raises Problem."""
    with place.transaction(ACTOR, Face.REGISTRY) as work:
        return actions.reset_password(work, account_id=_administrator(work, username).id)


def _administrator(work: Work, username: str) -> queries.AccountRow:
    wanted = AccountFilter(search=username, role=Role.ADMINISTRATOR)
    for row in queries.all_accounts(work, wanted):
        if row.username == username:
            return row
    raise NoSuchAccount
