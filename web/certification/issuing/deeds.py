"""The deeds an officer can do about a certificate: how each is named, what it brings about, when it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from certification.certificates.actions import deciding
from certification.certificates.actions.reissuing import reissue_certificate
from certification.certificates.formats.printing import Printing
from certification.certificates.queries import CertificateRow
from certification.certificates.rules.states import ENDED, Entry, State
from kernel.errors import N_, Invalid, NotFound, Problem
from kernel.work import Work
from web.typed import TypedReason

GROUNDS = {
    "fraud_or_bribery": N_("Obtained by fraud or bribery (barred for three years)"),
    "false_data": N_("False data on the certificate (barred for three years)"),
    "responsible_for_accident": N_("Responsible for an accident"),
    "unfit_for_health": N_("Health no longer fits the trade"),
}


class GroundMissing(Problem):
    sentence = N_("Choose the ground of the revocation.")


class Typed(TypedReason):
    """What the officer typed."""

    ground: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """`opener`, `consequence` and `button` are message ids; `button` has a place for the holder's name.

    `do` says which certificate to show afterwards. `is_for_anyone`: officers of other authorities may do it too.
    """

    code: str
    opener: str
    consequence: str
    button: str
    do: Callable[[Work, UUID, Typed, Printing], UUID]
    makes_sense: Callable[[CertificateRow], bool]
    is_grave: bool = True
    is_for_anyone: bool = False

    def is_offered(self, row: CertificateRow, authority_id: UUID | None) -> bool:
        """Whether an officer of this authority has a use for it on this certificate."""
        return self.makes_sense(row) and (self.is_for_anyone or authority_id == row.authority_id)


def _is_suspended(row: CertificateRow) -> bool:
    return row.standing.state is State.SUSPENDED


def _can_be_suspended(row: CertificateRow) -> bool:
    return row.standing.state.holds or row.standing.state is State.NOT_YET_VALID


def _is_not_over(row: CertificateRow) -> bool:
    return row.standing.state not in ENDED


def _can_be_given_out_again(row: CertificateRow) -> bool:
    return row.standing.state.holds or row.standing.state is State.NOT_YET_VALID


def _revoke(work: Work, certificate_id: UUID, typed: Typed, _: Printing) -> UUID:
    if typed.ground not in GROUNDS:
        raise Invalid({"ground": GroundMissing()})
    deciding.revoke_certificate(work, certificate_id, ground=typed.ground, reason=typed.said())
    return certificate_id


def _reissue(work: Work, certificate_id: UUID, typed: Typed, printing: Printing) -> UUID:
    return reissue_certificate(work, certificate_id, reason=typed.said(), printing=printing)


def _with_a_reason(do: Callable[..., None]) -> Callable[[Work, UUID, Typed, Printing], UUID]:
    def deed(work: Work, certificate_id: UUID, typed: Typed, _: Printing) -> UUID:
        do(work, certificate_id, reason=typed.said())
        return certificate_id

    return deed


_ALL = (
    Deed(
        "review",
        N_("Record a passed review"),
        N_("The review due under the earlier rule is recorded as passed; the certificate stays valid."),
        N_("Record the review of %(name)s"),
        _with_a_reason(deciding.record_review),
        lambda row: row.standing.state is State.REVIEW_DUE,
        is_grave=False,
        is_for_anyone=True,
    ),
    Deed(
        "reissue",
        N_("Give out once more"),
        N_(
            "For a lost card, or a name or photo that was put right: the same number, period and day of first issue, "
            "with the name and photo on record now and a new code. This one counts as replaced from today."
        ),
        N_("Give %(name)s the certificate once more"),
        _reissue,
        _can_be_given_out_again,
        is_grave=False,
    ),
    Deed(
        "reinstate",
        N_("Lift the suspension"),
        N_("The certificate counts again from today."),
        N_("Lift the suspension for %(name)s"),
        _with_a_reason(deciding.reinstate_certificate),
        _is_suspended,
        is_grave=False,
    ),
    Deed(
        "suspend",
        N_("Suspend"),
        N_("From today everyone who verifies it sees that it is suspended, until you lift the suspension."),
        N_("Suspend the certificate of %(name)s"),
        _with_a_reason(deciding.suspend_certificate),
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
        _with_a_reason(deciding.cancel_certificate),
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
