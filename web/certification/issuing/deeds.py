"""The deeds an officer can do about a certificate: how each is named, what it brings about, when it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from certification.certificates.actions import deciding
from certification.certificates.queries import CertificateRow
from certification.certificates.rules.states import ENDED, Entry, State
from kernel.errors import N_, Invalid, NotFound, Problem
from kernel.work import Work

GROUNDS = {
    "fraud_or_bribery": N_("Obtained by fraud or bribery (barred for three years)"),
    "false_data": N_("False data on the certificate (barred for three years)"),
    "responsible_for_accident": N_("Responsible for an accident"),
    "unfit_for_health": N_("Health no longer fits the trade"),
}


class GroundMissing(Problem):
    sentence = N_("Choose the ground of the revocation.")


@dataclass(frozen=True, slots=True)
class Deed:
    """`opener`, `consequence` and `button` are message ids; `button` has a place for the holder's name."""

    code: str
    opener: str
    consequence: str
    button: str
    do: Callable[[Work, UUID, str, str], None]
    makes_sense: Callable[[CertificateRow], bool]
    is_grave: bool = True


def _is_suspended(row: CertificateRow) -> bool:
    return row.standing.state is State.SUSPENDED


def _can_be_suspended(row: CertificateRow) -> bool:
    return row.standing.state.holds or row.standing.state is State.NOT_YET_VALID


def _is_not_over(row: CertificateRow) -> bool:
    return row.standing.state not in ENDED


def _revoke(work: Work, certificate_id: UUID, reason: str, ground: str) -> None:
    if ground not in GROUNDS:
        raise Invalid({"ground": GroundMissing()})
    deciding.revoke_certificate(work, certificate_id, ground=ground, reason=reason)


_ALL = (
    Deed(
        "review",
        N_("Record a passed review"),
        N_("The review due under the earlier rule is recorded as passed; the certificate stays valid."),
        N_("Record the review of %(name)s"),
        lambda work, certificate_id, reason, _: deciding.record_review(work, certificate_id, reason=reason),
        lambda row: row.standing.state is State.REVIEW_DUE,
        is_grave=False,
    ),
    Deed(
        "reinstate",
        N_("Lift the suspension"),
        N_("The certificate counts again from today."),
        N_("Lift the suspension for %(name)s"),
        lambda work, certificate_id, reason, _: deciding.reinstate_certificate(work, certificate_id, reason=reason),
        _is_suspended,
        is_grave=False,
    ),
    Deed(
        "suspend",
        N_("Suspend"),
        N_("From today everyone who verifies it sees that it is suspended, until you lift the suspension."),
        N_("Suspend the certificate of %(name)s"),
        lambda work, certificate_id, reason, _: deciding.suspend_certificate(work, certificate_id, reason=reason),
        _can_be_suspended,
    ),
    Deed(
        "revoke",
        N_("Revoke"),
        N_("This ends the certificate for good and cannot be undone. Some grounds bar a new one for three years."),
        N_("Revoke the certificate of %(name)s"),
        _revoke,
        _is_not_over,
    ),
    Deed(
        "cancel",
        N_("Cancel"),
        N_("This strikes the certificate off the register for good and cannot be undone."),
        N_("Cancel the certificate of %(name)s"),
        lambda work, certificate_id, reason, _: deciding.cancel_certificate(work, certificate_id, reason=reason),
        _is_not_over,
    ),
)


class Deeds(dict[str, Deed]):
    """Deeds by code; an unknown one is not found."""

    def __missing__(self, code: str) -> Deed:
        raise NotFound


DEEDS = Deeds((deed.code, deed) for deed in _ALL)

ENTRY_WORDS = {
    Entry.ISSUED: N_("Issued"),
    Entry.REVIEWED: N_("Review passed"),
    Entry.SUSPENDED: N_("Certificate suspended"),
    Entry.REINSTATED: N_("Suspension lifted"),
    Entry.REVOKED: N_("Revoked"),
    Entry.CANCELLED: N_("Cancelled"),
    Entry.REPLACED: N_("Replaced by a newer certificate"),
}
