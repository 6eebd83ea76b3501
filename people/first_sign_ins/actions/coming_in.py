"""Coming in with a code: whoever holds the telephone says who they are, and chooses user name and password."""

from dataclasses import dataclass
from uuid import UUID

from kernel.errors import Invalid, Problem
from kernel.work import OPEN_TO_ALL, Work, action
from people.accounts.actions import (
    Chosen,
    Identity,
    is_guessing_codes,
    note_guessed_code,
    open_own_account,
    register_people,
    require_usable,
)
from people.accounts.errors import AlreadyKnown, TooManyGuesses
from people.accounts.queries import hold_person, person_with_document
from people.accounts.rules import GUESSING_WINDOW
from people.appointments.queries import roles_elsewhere
from people.appointments.rules import require_fitting
from people.codes.actions import spend_first_sign_in
from people.codes.errors import CodeNotGood
from people.first_sign_ins import queries
from people.first_sign_ins.events import FirstSignedIn
from people.first_sign_ins.rules import FIRST_ROLES


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended. A wrong code is an outcome and not an exception, because it must be remembered as a guess."""

    token: str | None
    problem: Problem | None


@action(needs=OPEN_TO_ALL)
def come_in(work: Work, *, code: str, who: Identity, chosen: Chosen, address: str) -> Outcome:
    """Open an account of one's own for the organisation of a code, and a session. The code is good once.

    Raises:
        PasswordTooShort, PasswordEasilyGuessed, PasswordsDiffer, UserNameTaken, AlreadyKnown: Invalid by field.
        RolesOnBothSides: they teach here and examine elsewhere, or the other way round.
    """
    if is_guessing_codes(work, address):
        return Outcome(None, TooManyGuesses(minutes=int(GUESSING_WINDOW.total_seconds() // 60)))
    own = queries.meant_by(work, code)
    if own is None:
        note_guessed_code(work, address)
        return Outcome(None, Invalid({"code": CodeNotGood()}))
    role = FIRST_ROLES[own.kind]
    require_usable(chosen, [role])
    person_id = _person(work, who)
    hold_person(work, person_id)
    require_fitting([role], own.kind, roles_elsewhere(work, person_id))
    token = open_own_account(work, person_id, chosen, roles=[role], organisation_id=own.id, address=address)
    spent = spend_first_sign_in(work, code)
    if spent is None:  # two pages with one code at once: the other was first
        raise Invalid({"code": CodeNotGood()})
    work.announce(FirstSignedIn(organisation_id=own.id, person_id=person_id, code_id=spent.id))
    return Outcome(token, None)


def _person(work: Work, who: Identity) -> UUID:
    """Whoever holds this document, registered if new: one person has one file, whoever lets them in."""
    register_people(work, [who])
    known = person_with_document(work, who.document_kind, who.document_number)
    if known is None or known.name != who.name:
        raise Invalid({"document_number": AlreadyKnown()})
    return known.id
