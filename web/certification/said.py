"""How certificates are said on every screen: the state in a word with what it means and what to do; names of trades."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from certification.certificates.rules.states import Standing, State
from certification.certificates.rules.validity import Period, renewal, reviews_abolished_from
from certification.compliance.rules import Reason
from kernel.errors import N_
from web import words


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


ENDS = N_("Last valid day: %(until)s.")
RENEW_LATER = N_("Renewal can be applied for from %(due_from)s on.")
RENEW_NOW = N_("Apply for renewal by %(apply_by)s at the latest.")
RENEW_TOO_LATE = N_("Renewal had to be applied for by %(apply_by)s; ask the issuing authority at once.")
REVIEW_BY = N_("The review must be passed by %(day)s at the latest; afterwards the certificate is void.")
NO_REVIEW = N_(
    "Since %(day)s no review is held any more: the certificate counts until its last day and is then renewed."
)
EXPIRED_ON = N_("It ended on %(until)s and can no longer be renewed; the way to a new one is the examination.")
BEGINS_ON = N_("It counts from %(begins)s on; until then show the certificate before it.")
NOT_CONFIRMED = N_(
    "The time for applying has not been confirmed in the rule's text; what the issuing authority says counts."
)
UNTIL = N_("Last valid day: %(until)s")
SINCE = N_("Since %(day)s")


def time_left(period: Period, standing: Standing, today: date, language: str) -> list[str]:
    """What the holder has to know about time, a sentence each: until when it counts, when to renew it."""
    window = renewal(period)
    places = {
        "until": period.valid_until,
        "begins": period.valid_from,
        "due_from": window.due_from,
        "apply_by": window.apply_by,
        "day": standing.lasts_until,
    }
    said = {
        State.VALID: [ENDS, RENEW_LATER],
        State.RENEWAL_DUE: [ENDS, RENEW_NOW if today <= window.apply_by else RENEW_TOO_LATE],
        State.REVIEW_DUE: [REVIEW_BY],
        State.EXPIRED: [EXPIRED_ON],
        State.NOT_YET_VALID: [BEGINS_ON],
    }.get(standing.state, [])
    if standing.state is State.RENEWAL_DUE and not window.is_confirmed:
        said = [*said, NOT_CONFIRMED]
    sentences = [_filled(sentence, places, language) for sentence in said]
    abolished = reviews_abolished_from(period)
    if abolished and standing.state in {State.VALID, State.RENEWAL_DUE}:
        sentences.insert(1, _filled(NO_REVIEW, {"day": abolished}, language))
    return sentences


def headline(period: Period, standing: Standing, language: str) -> str:
    """The one date that belongs to the state: the last valid day while it counts, else since when it does not."""
    if standing.state.holds:
        return _filled(UNTIL, {"until": period.valid_until}, language)
    return _filled(SINCE, {"day": standing.since}, language)


def _filled(sentence: str, places: Mapping[str, date | None], language: str) -> str:
    return words.sentence(sentence, language) % {name: words.readable(day, language) for name, day in places.items()}


def reason_text(reason: Reason, language: str) -> str:
    """A sentence of a verdict in the reader's language."""
    places = {name: words.readable(value, language) for name, value in reason.data.items()}
    return words.sentence(reason.sentence, language) % places
