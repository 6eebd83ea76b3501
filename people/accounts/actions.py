"""Every write about people and accounts."""

import io
import secrets
import warnings
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from PIL import Image, ImageOps, UnidentifiedImageError
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Uuid, func, select
from sqlalchemy.dialects.postgresql import insert

from kernel.errors import Invalid, Problem
from kernel.faces import Face
from kernel.ids import new_id
from kernel.work import OPEN_TO_ALL, PLATFORM_ONLY, Work, action
from people.access.rules import Permission
from people.accounts import queries
from people.accounts.errors import (
    AccountIsClosed,
    AlreadyKnown,
    ChooseYourPasswordFirst,
    DemonstrationAccount,
    NoSuchPerson,
    NotAPicture,
    OneTimePasswordOver,
    OnlyInTheDemonstration,
    PasswordEasilyGuessed,
    PasswordNotYours,
    PasswordsDiffer,
    PasswordTooShort,
    PasswordUnchanged,
    PictureTooLarge,
    TooManyGuesses,
    UserNameTaken,
    WrongNameOrPassword,
)
from people.accounts.events import AccountOpened, PasswordChanged, PersonRegistered, SignedIn, SignedOut
from people.accounts.rules import (
    GUESSED_FIRST,
    GUESSING_WINDOW,
    PASSWORD_AT_LEAST,
    PASSWORD_LANES,
    PASSWORD_MEMORY_KIB,
    PASSWORD_PASSES,
    DocumentKind,
    PersonId,
    Sex,
)
from people.accounts.rules.id_numbers import normalised
from people.accounts.tables import (
    AccountRecord,
    GuessRecord,
    IdentityDocumentRecord,
    PersonRecord,
    PhotoRecord,
    SessionRecord,
)

PASSWORDS = PasswordHash(
    (Argon2Hasher(time_cost=PASSWORD_PASSES, memory_cost=PASSWORD_MEMORY_KIB, parallelism=PASSWORD_LANES),)
)

PHOTO_SIZE = (358, 441)  # pixels: the 26 x 32 mm identity photo at 350 dpi
PICTURE_AT_MOST_BYTES = 8 * 1024 * 1024
PICTURE_AT_MOST_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a sign-in ended. A failed one is an outcome and not an exception, because it must be remembered."""

    token: str | None
    problem: Problem | None


@action(needs=OPEN_TO_ALL)
def sign_in(work: Work, *, username: str, password: str, address: str, demonstration: bool) -> Outcome:
    """Open a session. `demonstration` says whether demonstration people may sign in on this installation."""
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


def _check(
    work: Work, account: AccountRecord | None, password: str, password_hash: str | None, *, demonstration: bool
) -> Problem | None:
    is_right = PASSWORDS.verify(password, password_hash or _hash_of_nothing())
    if account is None or password_hash is None or not is_right:
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


@cache
def _hash_of_nothing() -> str:
    """What the password of an unknown name is compared with, so that it takes as long as that of a known one."""
    return PASSWORDS.hash(secrets.token_urlsafe(16))


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
    if queries.is_guessed_at(work, record.username, address):
        return TooManyGuesses(minutes=int(GUESSING_WINDOW.total_seconds() // 60))
    if not PASSWORDS.verify(current, queries.password_hash(work, record.username) or _hash_of_nothing()):
        mark = queries.name_mark(record.username)
        work.session.add(GuessRecord(id=new_id(), name_mark=mark, address=address, at=work.now))
        work.note("people.password_change_failed", subject=record.id)
        return Invalid({"current": PasswordNotYours()})
    problem = _unusable(record.username, current, new, again)
    if problem is not None:
        return problem
    was_one_time = record.one_time_until is not None
    record.password_hash, record.one_time_until = PASSWORDS.hash(new), None
    end_sessions_of(work, record.id, besides=token)
    work.announce(PasswordChanged(account_id=record.id, was_one_time=was_one_time))
    return None


def _unusable(username: str, current: str, new: str, again: str) -> Invalid | None:
    if len(new) < PASSWORD_AT_LEAST:
        return Invalid({"new": PasswordTooShort(length=PASSWORD_AT_LEAST)})
    if new == current:
        return Invalid({"new": PasswordUnchanged()})
    if new.lower() in GUESSED_FIRST or username in new.lower():
        return Invalid({"new": PasswordEasilyGuessed()})
    return None if new == again else Invalid({"again": PasswordsDiffer()})


def end_sessions_of(work: Work, account_id: UUID, *, besides: str = "") -> int:
    """End the sign-ins of an account, on whatever host, but for that of the token `besides`; how many there were.

    Part of deeds, not one itself; only the registry may.
    """
    ended = func.people.end_sessions_of(account_id, queries.token_digest(besides), work.now)
    return work.session.scalar(select(ended)) or 0


@action(needs=Permission.REGISTER_PEOPLE)
def register_person(
    work: Work,
    *,
    name: str,
    document_kind: DocumentKind,
    document_number: str,
    sex: Sex | None,
    birth_date: date | None,
    phone: str | None,
) -> PersonId:
    """The person with this document, registered if new: however a number is written, it makes one person only.

    Raises AlreadyKnown when the document is registered under another name.
    """
    number = normalised(document_number)
    known = queries.person_with_document(work, document_kind, number)
    if known is not None:
        if known.name != name:
            raise AlreadyKnown
        return known.id
    person_id = PersonId(new_id())
    work.session.add(
        PersonRecord(id=person_id, name=name, sex=sex, birth_date=birth_date, phone=phone, created_at=work.now)
    )
    work.session.flush()  # the document refers to the person
    work.session.add(IdentityDocumentRecord(person_id=person_id, kind=document_kind, number=number))
    work.announce(PersonRegistered(person_id=person_id))
    return person_id


@action(needs=Permission.OPEN_ACCOUNTS)
def open_account(
    work: Work,
    *,
    person_id: PersonId,
    username: str,
    password: str,
    roles: list[str],
    organisation_id: UUID | None,
    is_demonstration: bool = False,
) -> None:
    """Let a person sign in with a password of their own. Raises UserNameTaken, PasswordTooShort."""
    if len(password) < PASSWORD_AT_LEAST:
        raise PasswordTooShort(length=PASSWORD_AT_LEAST)
    account = AccountRecord(
        id=new_id(),
        person_id=person_id,
        username=username,
        password_hash=PASSWORDS.hash(password),
        roles=sorted(roles),
        organisation_id=organisation_id,
        is_demonstration=is_demonstration,
        opened_at=work.now,
    )
    put_account(work, account)


def put_account(work: Work, account: AccountRecord) -> None:
    """Add an account under a user name that is free. Part of deeds, not one itself. Raises UserNameTaken."""
    if queries.account_named(work, account.username) is not None:
        taken = UserNameTaken(username=account.username)
        raise UserNameTaken(fields={"username": taken}, username=account.username)
    work.session.add(account)
    work.session.flush()
    work.announce(AccountOpened(account_id=account.id, person_id=account.person_id, roles=tuple(account.roles)))


@action(needs=Permission.SEE_ID_NUMBER)
def show_id_number(work: Work, *, person_id: UUID, reason: str) -> str:
    """The whole number of a person's identity document, for a deed that needs it; every look is audited."""
    found = queries.documents(work, [person_id]).get(person_id)
    if found is None:
        raise NoSuchPerson
    work.note("people.id_number_shown", subject=person_id, reason=reason)
    return found[1]


@action(needs=Permission.KEEP_PHOTOS)
def keep_photo(work: Work, *, person_id: UUID, upload: bytes) -> None:
    """Keep a person's photo, drawn anew from its pixels so that nothing hidden in the file survives."""
    jpeg = reencoded(upload)
    statement = insert(PhotoRecord).values(person_id=person_id, jpeg=jpeg, taken_at=work.now)
    work.session.execute(
        statement.on_conflict_do_update(
            index_elements=[PhotoRecord.person_id], set_={"jpeg": jpeg, "taken_at": work.now}
        )
    )
    work.note("people.photo_kept", subject=person_id)


def reencoded(upload: bytes) -> bytes:
    """An uploaded picture as an identity photo in JPEG. Raises PictureTooLarge, NotAPicture."""
    if len(upload) > PICTURE_AT_MOST_BYTES:
        raise PictureTooLarge(megabytes=PICTURE_AT_MOST_BYTES // 1024 // 1024)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(upload), formats=("JPEG", "PNG"))
            if picture.width * picture.height > PICTURE_AT_MOST_PIXELS:
                raise PictureTooLarge(megabytes=PICTURE_AT_MOST_BYTES // 1024 // 1024)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombWarning):
        raise NotAPicture from None
    portrait = ImageOps.fit(upright, PHOTO_SIZE, centering=(0.5, 0.35))
    out = io.BytesIO()
    portrait.save(out, "JPEG", quality=88)
    return out.getvalue()
