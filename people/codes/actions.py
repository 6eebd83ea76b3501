"""Asking for a code, drawing it, and using it up. Parts of deeds, no deeds themselves: the room says who may."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update

from kernel.ids import new_id
from kernel.locks import hold
from kernel.secrets import legible_groups
from kernel.work import Work
from people.codes import queries
from people.codes.errors import AskedAgainTooSoon, AskedTooOften
from people.codes.events import CodeAsked
from people.codes.rules import DAY, GOOD_FOR, MOST_A_DAY, RESENT_AFTER, WORTH_SENDING_FOR, Use, digest_of
from people.codes.tables import CodeRecord


@dataclass(frozen=True, slots=True)
class Drawn:
    """A code on its way out of the house; it is kept nowhere."""

    phone: str
    code: str


def ask_first_sign_in(work: Work, *, organisation_id: UUID, name: str, phone: str) -> UUID:
    """Have a first sign-in sent to the telephone of whoever speaks for an organisation.

    Raises:
        AskedAgainTooSoon, AskedTooOften.
    """
    hold(work.session, f"people.codes:{organisation_id}")
    count, last = queries.asked_lately(work, organisation_id, work.now - DAY)
    if last is not None and last > work.now - RESENT_AFTER:
        raise AskedAgainTooSoon
    if count >= MOST_A_DAY:
        raise AskedTooOften(most=MOST_A_DAY)
    row = CodeRecord(
        id=new_id(), use=Use.FIRST_SIGN_IN, phone=phone, of=organisation_id, said=name, asked_at=work.now, tries=0
    )
    work.session.add(row)
    work.session.flush()
    work.announce(CodeAsked(code_id=row.id, use=row.use.value, of=organisation_id))
    return row.id


def draw(work: Work, code_id: UUID) -> Drawn | None:
    """Make the code that leaves now, in the place of one that surely did not arrive; None where none is wanted."""
    row = work.session.get_one(CodeRecord, code_id)
    if row.spent_at is not None or row.asked_at <= work.now - WORTH_SENDING_FOR[row.use]:
        return None
    code = _new_code(row.use)
    row.digest, row.good_until = digest_of(row.use, row.id, code), work.now + GOOD_FOR[row.use]
    work.session.flush()
    return Drawn(row.phone, code)


def _new_code(use: Use) -> str:
    if use is Use.APPLICATION:
        return f"{secrets.randbelow(1_000_000):06d}"
    return legible_groups()


def spend_first_sign_in(work: Work, typed: str) -> queries.Good | None:
    """Use up a code, and with it all others for the same organisation; None where it is not good."""
    found = queries.good_first_sign_in(work, typed)
    if found is None:
        return None
    hold(work.session, f"people.codes:{found.of}")
    if queries.good_first_sign_in(work, typed) is None:
        return None
    void_first_sign_ins(work, found.of)
    return found


def void_first_sign_ins(work: Work, organisation_id: UUID) -> None:
    """No code for this organisation is good any more: it was used, or went to a telephone of somebody else."""
    of_it = (CodeRecord.use == Use.FIRST_SIGN_IN, CodeRecord.of == organisation_id, CodeRecord.spent_at.is_(None))
    work.session.execute(update(CodeRecord).where(*of_it).values(spent_at=work.now))
