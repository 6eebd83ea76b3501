"""What strangers do who apply for their organisation: prove a telephone, hand in, look. By functions of the database.

The face of strangers reads and writes no table. Whoever has broken into it can hand in for telephones they can read,
as anybody can, and sees no application of another.
"""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from kernel.ids import new_id
from kernel.secrets import legible
from kernel.work import OPEN_TO_ALL, Work, action
from people.accounts.formats import DocumentPicture
from people.admissions.errors import (
    DigitsOver,
    DigitsWrong,
    NoCodesHere,
    ProveTelephoneFirst,
    TooManyFromHere,
)
from people.admissions.queries.strangers import county_codes
from people.admissions.rules.applications import (
    DAY,
    MINUTE,
    MOST_OF_CLIENT,
    MOST_OF_DEVICE,
    MOST_OF_PHONE,
    MOST_TRIES,
    PROOF_HOLDS,
    Particulars,
)
from people.codes.errors import AskedAgainTooSoon, AskedTooOften
from people.codes.rules import Use, digest_of
from people.regions.errors import RegionNotKnown


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that asked for a code: which code, and the secret that only this browser has."""

    code_id: UUID
    secret: str

    @property
    def mark(self) -> bytes:
        """What is kept of the secret."""
        return hashlib.sha256(self.secret.encode()).digest()


@action(needs=OPEN_TO_ALL)
def ask_for_code(work: Work, *, phone: str, address: str, device: str, sends_sms: bool) -> Browser:
    """Have six digits sent to a telephone; they are good in the browser that asked.

    Address and device are kept as keyed digests: enough to count, no list of who was where.

    Raises:
        NoCodesHere, AskedAgainTooSoon, AskedTooOften, TooManyFromHere.
    """
    if not sends_sms:
        raise NoCodesHere
    browser = Browser(new_id(), secrets.token_urlsafe(24))
    said = work.session.scalar(
        select(
            func.people.ask_application_code(
                browser.code_id,
                phone,
                work.now,
                _digest(work, f"client {address}"),
                _digest(work, f"device {device}"),
                browser.mark,
                work.now - MINUTE,
                work.now - DAY,
                MOST_OF_PHONE,
                MOST_OF_CLIENT,
                MOST_OF_DEVICE,
            )
        )
    )
    if said == "too_soon":
        raise AskedAgainTooSoon
    if said == "too_often":
        raise AskedTooOften(most=MOST_OF_PHONE)
    if said != "asked":
        raise TooManyFromHere
    return browser


@action(needs=OPEN_TO_ALL)
def prove_telephone(work: Work, browser: Browser, typed: str) -> DigitsWrong | DigitsOver | None:
    """Compare the digits; why they are not right, or None. No exception, because a wrong try must be remembered."""
    digest = digest_of(Use.APPLICATION, browser.code_id, typed)
    said = work.session.scalar(
        select(func.people.prove_telephone(browser.code_id, browser.mark, digest, work.now, MOST_TRIES))
    )
    if said == "proven":
        return None
    return (
        DigitsWrong(fields={"digits": DigitsWrong()})
        if said == "wrong"
        else DigitsOver(fields={"digits": DigitsOver()})
    )


@action(needs=OPEN_TO_ALL)
def hand_in(work: Work, browser: Browser, particulars: Particulars, picture: DocumentPicture) -> str:
    """Hand an application in, with the picture of its licence; the reference. Twice is once.

    Raises:
        ProveTelephoneFirst, RegionNotKnown.
    """
    if particulars.region not in county_codes(work):
        raise RegionNotKnown(fields={"region": RegionNotKnown(code=particulars.region)}, code=particulars.region)
    reference = legible(10)
    kept = work.session.scalar(
        select(
            func.people.hand_in_application(
                browser.code_id,
                browser.mark,
                work.now - PROOF_HOLDS,
                new_id(),
                reference,
                particulars.kind.value,
                particulars.name,
                particulars.credit_code,
                particulars.region,
                particulars.trade,
                particulars.contact,
                picture.jpeg,
                work.now,
            )
        )
    )
    if kept is None:
        raise ProveTelephoneFirst
    work.note("people.application_handed_in", reference=str(kept), region=particulars.region)
    return str(kept)


def _digest(work: Work, what: str) -> bytes:
    return work.keys.lookups.mac(f"application {what}".encode()).value[:16]
