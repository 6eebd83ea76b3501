"""Having first sign-ins sent: one, or those of all organisations that never had one, as a long task."""

from typing import Final
from uuid import UUID

from kernel import tasks
from kernel.errors import Problem
from kernel.faces import Face
from kernel.tasks import Kind, Outcome, Task
from kernel.work import Work, action
from people.access.rules import Permission
from people.codes.actions import ask_first_sign_in, void_first_sign_ins
from people.first_sign_ins import queries
from people.first_sign_ins.errors import (
    HasSomebodyAlready,
    NobodyToSendTo,
    NoRoleHere,
    NoSmsGateway,
    NoTelephone,
    TelephoneMissing,
)
from people.first_sign_ins.queries import FIRST_SIGN_INS
from people.first_sign_ins.rules import FIRST_ROLES, State
from people.organisations.actions import change_telephone

STRIDE: Final = 200


@action(needs=Permission.REGISTER_ORGANISATIONS)
def send_first_sign_in(work: Work, organisation_id: UUID, *, sends_sms: bool) -> None:
    """Send a first sign-in, perhaps once more, to the telephone of an organisation within the actor's scope.

    `sends_sms`: whether text messages leave this installation at all.

    Raises:
        NoSmsGateway, NoRoleHere, NoTelephone, HasSomebodyAlready, AskedAgainTooSoon, AskedTooOften.
        OrganisationUnknown.
    """
    found = queries.first_sign_in(work, organisation_id)
    own = found.organisation
    if not sends_sms:
        raise NoSmsGateway
    if own.kind not in FIRST_ROLES:
        raise NoRoleHere(name=own.name)
    if found.state is State.DONE:
        raise HasSomebodyAlready(name=own.name)
    if own.phone is None:
        raise NoTelephone(name=own.name)
    ask_first_sign_in(work, organisation_id=own.id, name=own.name, phone=own.phone)


@action(needs=Permission.REGISTER_ORGANISATIONS)
def write_telephone(work: Work, organisation_id: UUID, *, phone: str | None, sends_sms: bool) -> None:
    """Another telephone of an organisation; what went to the one until now is good no longer, this one gets its own.

    Raises as `send_first_sign_in`, and TelephoneMissing.
    """
    if phone is None:
        raise TelephoneMissing(fields={"phone": TelephoneMissing()})
    found = queries.first_sign_in(work, organisation_id)
    if found.state is State.DONE:
        raise HasSomebodyAlready(name=found.organisation.name)
    if change_telephone(work, organisation_id, phone):
        void_first_sign_ins(work, organisation_id)
    send_first_sign_in(work, organisation_id, sends_sms=sends_sms)


@action(needs=Permission.REGISTER_ORGANISATIONS)
def send_first_sign_ins(work: Work, *, sends_sms: bool) -> UUID:
    """Have first sign-ins sent to all organisations in scope that never had one; the id of the task.

    Raises:
        NoSmsGateway, NobodyToSendTo.
    """
    if not sends_sms:
        raise NoSmsGateway
    if not queries.to_reach(work, most=1):
        raise NobodyToSendTo
    return tasks.start(work, KIND, about=work.actor.organisation_id, facts={})


@action(needs=Permission.REGISTER_ORGANISATIONS)
def cancel_sending(work: Work, task_id: UUID) -> None:
    """Ask for no further ones; those that were asked for leave. Raises NoSuchTask."""
    tasks.cancel(work, queries.sending_task(work, task_id))


def _prepare(work: Work, _task: Task) -> int:
    return len(queries.to_reach(work))


def _do(work: Work, _task: Task, items: range) -> int:
    """Those that are next: whoever was asked for is none of them any more, also where somebody did it singly."""
    for each in queries.to_reach(work, most=len(items)):
        ask_first_sign_in(work, organisation_id=each.id, name=each.name, phone=each.phone or "")
    return 0


def _give_up(_work: Work, _task: Task, _item: int, _problem: Problem) -> None:
    """Nothing is to be written down: the list shows it as one that was not sent."""


def _end(_work: Work, _task: Task, _outcome: Outcome) -> None:
    """How far each message has come stands with the messages."""


KIND: Final = Kind(
    name=FIRST_SIGN_INS,
    face=Face.REGISTRY,
    stride=STRIDE,
    prepare=_prepare,
    do=_do,
    give_up=_give_up,
    end=_end,
)
