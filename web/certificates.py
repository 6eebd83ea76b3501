"""How certificates are said on every screen: the state in a word with what it means and what to do; names of trades."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from certification.certificates.rules.states import State
from certification.compliance.rules import Reason
from kernel.errors import N_
from people.positions.queries import vocabulary
from web import words
from web.templating import language_of


@dataclass(frozen=True, slots=True)
class Said:
    """`tone` is a state of the components; the rest are message ids."""

    tone: str
    word: str
    meaning: str
    advice: str


SAID = {
    State.VALID: Said(
        "ok",
        N_("Valid"),
        N_("This certificate is genuine and valid today."),
        N_("Compare photo, name and trade with the person in front of you. The trade must match the work being done."),
    ),
    State.RENEWAL_DUE: Said(
        "soon",
        N_("Valid, renewal due"),
        N_("This certificate is genuine and still valid today, but ends soon."),
        N_("Work may go on until the last day. The holder should apply for renewal now."),
    ),
    State.REVIEW_DUE: Said(
        "soon",
        N_("Valid, review due"),
        N_("This certificate is genuine and still valid today, but must be reviewed soon."),
        N_("Work may go on until the review is due. The holder should apply for the review now."),
    ),
    State.NOT_YET_VALID: Said(
        "neutral",
        N_("Not valid yet"),
        N_("This certificate was issued as a renewal and takes effect later."),
        N_("Until then the certificate before it counts; look that one up."),
    ),
    State.EXPIRED: Said(
        "danger",
        N_("Expired"),
        N_("This certificate was genuine but is no longer valid."),
        N_("The holder must not do this work until a new certificate is issued."),
    ),
    State.VOID: Said(
        "danger",
        N_("Void"),
        N_("The review that was due under the earlier rule was missed, so this certificate does not count."),
        N_("The holder must not do this work. The issuing authority says how to become certified again."),
    ),
    State.SUSPENDED: Said(
        "danger",
        N_("Certificate suspended"),
        N_("The issuing authority has suspended this certificate."),
        N_("The holder must not do this work until the authority lifts the suspension."),
    ),
    State.REVOKED: Said(
        "danger",
        N_("Revoked"),
        N_("The issuing authority has revoked this certificate for good."),
        N_("The holder must not do this work. Whoever relies on this card reports it to the issuing authority."),
    ),
    State.CANCELLED: Said(
        "danger",
        N_("Cancelled"),
        N_("This certificate was struck off the register."),
        N_("The holder must not do this work on this certificate."),
    ),
    State.REPLACED: Said(
        "neutral",
        N_("Replaced"),
        N_("A newer certificate has taken the place of this one."),
        N_("Ask the holder for the newer certificate, or look it up by number and name."),
    ),
}


def trade_names(request: Request) -> Callable[[str], str]:
    """What a template calls to name a qualification."""
    language = language_of(request)
    return lambda code: vocabulary().qualification(code).names.in_language(language)


def reason_text(reason: Reason, language: str) -> str:
    """A sentence of a verdict in the reader's language."""
    places = {name: words.readable(value, language) for name, value in reason.data.items()}
    return words.sentence(reason.sentence, language) % places
