"""Signing in and out, and a password of one's own. A wrong password is remembered and waited for."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, func, select

from kernel.errors import Invalid, Problem
from kernel.faces import Face
from kernel.ids import new_id
from kernel.locks import hold
from kernel.work import OPEN_TO_ALL, PLATFORM_ONLY, Work, action
from people.access.rules import Permission
from people.accounts import queries
from people.accounts.actions.passwords import hashed, is_easily_guessed, is_outdated, is_right
from people.accounts.errors import (
    AccountIsClosed,
    ChooseYourPasswordFirst,
    DemonstrationAccount,
    OneTimePasswordOver,
    OnlyInTheDemonstration,
    PasswordEasilyGuessed,
    PasswordNotYours,
    PasswordsDiffer,
    PasswordTooShort,
    PasswordUnchanged,
    TooManyGuesses,
    WrongNameOrPassword,
)
from people.accounts.events import PasswordChanged, SignedIn, SignedOut
from people.accounts.rules import GUESSING_WINDOW, password_at_least, password_length
from people.accounts.tables import AccountRecord, GuessRecord, SessionRecord


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a sign-in ended. A failed one is an outcome and not an exception, because it must be remembered."""

    token: str | None
    problem: Problem | None


@action(needs=OPEN_TO_ALL)
def sign_in(work: Work, *, username: str, password: str, address: str, demonstration: bool) -> Outcome:
    """Open a session. `demonstration` says whether demonstration people may sign in on this installation."""
    _one_guess_at_a_time(work, username)
    if queries.is_guessed_at(work, username, address):
        return Outcome(None, TooManyGuesses(minutes=int(GUESSING_WINDOW.total_seconds() // 60)))
    account = queries.account_named(work, username)
    password_hash = queries.password_hash(work, username)
    problem = _check(work, account, password, password_hash, demonstration=demonstration)
    if account is None or problem is not None:
        mark = queries.name_mark(username)
        work.session.add(GuessRecord(id=new_id(), name_mark=mark, address=address, at=work.now))
        work.note("people.sign_in_failed", subject=account.id if account else None, address=address, mark=mark.hex())
        return Outcome(None, problem or WrongNameOrPassword())
    _hash_anew(work, account, password, password_hash)
    token = secrets.token_urlsafe(32)
    work.session.add(
        SessionRecord(
            token_digest=queries.token_digest(token),
            account_id=account.id,
            opened_at=work.now,
            seen_at=work.now,
            address=address,
        )
    )
    work.announce(SignedIn(account_id=account.id, address=address))
    return Outcome(token, None)


def _hash_anew(work: Work, account: AccountRecord, password: str, password_hash: str | None) -> None:
    """A right password is hashed as passwords are hashed today. Only the registry may write one."""
    if work.face is Face.REGISTRY and password_hash is not None and is_outdated(password_hash):
        account.password_hash = hashed(password)


def _one_guess_at_a_time(work: Work, username: str) -> None:
    """Fourteen guesses of one moment are counted one after the other; else each would see that none had failed yet."""
    hold(work.session, f"people.guesses:{queries.name_mark(username).hex()}")


def _check(
    work: Work, account: AccountRecord | None, password: str, password_hash: str | None, *, demonstration: bool
) -> Problem | None:
    if not is_right(password, password_hash) or account is None:
        return WrongNameOrPassword()
    if account.closed_at is not None:
        return AccountIsClosed()
    if account.is_demonstration and not demonstration:
        return OnlyInTheDemonstration()
    return _check_one_time(work, account)


def _check_one_time(work: Work, account: AccountRecord) -> Problem | None:
    """Only the registry may write a password, so only there somebody comes in with one that must be changed."""
    if account.one_time_until is None:
        return None
    if account.one_time_until < work.now:
        return OneTimePasswordOver()
    return None if work.face is Face.REGISTRY else ChooseYourPasswordFirst()


@action(needs=OPEN_TO_ALL)
def sign_out(work: Work, *, token: str) -> None:
    """End the session of this token; ending it twice is harmless."""
    account_id = work.session.scalar(select(func.people.end_session(token, work.now, type_=Uuid)))
    if account_id:
        work.announce(SignedOut(account_id=account_id))


@action(needs=PLATFORM_ONLY)
def end_demonstration(work: Work) -> None:
    """End every sign-in of a demonstration person that this face knows: the installation is no demonstration any more.

    The hot paths ask for a sign-in and not for whose it is.
    """
    work.session.execute(select(func.people.end_demonstration(work.now)))


@action(needs=OPEN_TO_ALL)
def stay_signed_in(work: Work, *, token: str) -> None:
    """Note that the holder of this token is still there."""
    work.session.execute(select(func.people.note_seen(queries.token_digest(token), work.now)))


@action(needs=Permission.OWN_ACCOUNT)
def change_own_password(work: Work, *, token: str, address: str, current: str, new: str, again: str) -> Problem | None:
    """Choose a password of one's own; the other sign-ins end, the one of `token` goes on.

    Returns:
        Why not, as an Invalid by field (or TooManyGuesses, DemonstrationAccount); None when it is done. A wrong current
        password is no exception, because it must be remembered as a guess.
    """
    record = queries.own_account(work)
    if record.is_demonstration:
        return DemonstrationAccount()
    _one_guess_at_a_time(work, record.username)
    if queries.is_guessed_at(work, record.username, address):
        return TooManyGuesses(minutes=int(GUESSING_WINDOW.total_seconds() // 60))
    if not is_right(current, queries.password_hash(work, record.username)):
        mark = queries.name_mark(record.username)
        work.session.add(GuessRecord(id=new_id(), name_mark=mark, address=address, at=work.now))
        work.note("people.password_change_failed", subject=record.id)
        return Invalid({"current": PasswordNotYours()})
    telephone = queries.telephone(work, record.person_id)
    own = (record.username, telephone or "")
    problem = unusable(current, new, again, roles=record.roles, own=own)
    if problem is not None:
        return problem
    was_one_time = record.one_time_until is not None
    record.password_hash, record.one_time_until = hashed(new), None
    end_sessions_of(work, record.id, besides=token)
    work.announce(PasswordChanged(account_id=record.id, was_one_time=was_one_time))
    return None


def unusable(current: str, new: str, again: str, *, roles: Collection[str], own: Collection[str]) -> Invalid | None:
    """Why a new password cannot be used; part of deeds, not one itself. `own`: what others know of its holder."""
    least = password_at_least(roles)
    if password_length(new) < least:
        return Invalid({"new": PasswordTooShort(length=least)})
    if new == current:
        return Invalid({"new": PasswordUnchanged()})
    known = [each.lower() for each in own if each]
    if any(each in new.lower() for each in known) or is_easily_guessed(new, known=known):
        return Invalid({"new": PasswordEasilyGuessed()})
    return None if new == again else Invalid({"again": PasswordsDiffer()})


def end_sessions_of(work: Work, account_id: UUID, *, besides: str = "") -> int:
    """End the sign-ins of an account, on whatever host, but for that of the token `besides`; how many there were.

    Part of deeds, not one itself; only the registry may.
    """
    ended = func.people.end_sessions_of(account_id, queries.token_digest(besides), work.now)
    return work.session.scalar(select(ended)) or 0
