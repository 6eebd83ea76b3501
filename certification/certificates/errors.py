"""Refusals of the certificate office."""

from kernel.errors import N_, NotFound, Refused

SAY_WHY = N_("Give the reason in a sentence; it goes into the record and the person may ask to see it.")


class TextDoesNotFit(Refused):
    """A text would have to be printed too small to be read."""

    sentence = N_("“%(text)s” is too long to be printed legibly in its field on the certificate. Nothing was issued.")


class NumberRuleNotKnown(Refused):
    """The number is formed from a resident identity number; for other documents no rule has been confirmed."""

    sentence = N_(
        "A certificate number is formed from a resident identity card number. For this kind of identity document the "
        "numbering rule has not been confirmed, so no certificate can be issued yet."
    )


class IdNumberUnusable(Refused):
    """The identity number has not the shape that a certificate number is formed from."""

    sentence = N_("The identity number does not have 18 characters, so no certificate number can be formed from it.")


class CertificateIsOver(Refused):
    """Nothing more can be decided about a certificate that has ended; the subclasses say how it ended."""


class AlreadyRevoked(CertificateIsOver):
    sentence = N_("This certificate was revoked on %(day)s; nothing more can be decided about it.")


class AlreadyCancelled(CertificateIsOver):
    sentence = N_("This certificate was cancelled on %(day)s; nothing more can be decided about it.")


class AlreadyReplaced(CertificateIsOver):
    sentence = N_("This certificate was replaced on %(day)s; nothing more can be decided about it.")


class AlreadySuspended(Refused):
    sentence = N_("This certificate is already suspended since %(day)s.")


class NotSuspended(Refused):
    sentence = N_("This certificate is not suspended, so there is nothing to reinstate.")


class HasExpired(Refused):
    sentence = N_("This certificate expired on %(day)s; it can no longer be suspended or reviewed.")


class NoReviewHeld(Refused):
    sentence = N_("No review is held for this certificate on %(day)s.")


class NoSuchCertificate(NotFound):
    sentence = N_("There is no such certificate.")


class PhotoMissing(Refused):
    sentence = N_("There is no photo of this person yet, and a certificate is not issued without one.")


class FormerIsSuspended(Refused):
    sentence = N_("The person's present certificate for this trade is suspended; decide about that one first.")


class RenewalTooEarly(Refused):
    sentence = N_(
        "The person holds a certificate for this trade that counts until %(until)s. A renewal is issued from "
        "%(day)s on; until then the application waits."
    )


class RenewalInHand(Refused):
    """A renewal is issued already; a certificate that has not begun is not followed by another."""

    sentence = N_("The renewal for this trade is issued already and begins on %(day)s; no further one follows it yet.")


class AlreadyOnRegister(Refused):
    sentence = N_("The register already has a certificate of this person for this trade; that one is renewed.")


class NotIssuedYet(Refused):
    sentence = N_("A certificate is taken over from an earlier register; it cannot have been issued after today.")


class NotInOwnCause(Refused):
    sentence = N_("Nobody decides about a certificate of their own; a colleague has to do it.")


class IssuedElsewhere(Refused):
    """Only who issued a certificate takes it away, gives it back or gives it out once more."""

    sentence = N_("This certificate was issued by %(authority)s; only an officer of that authority can do this.")


class NotGivenOutAgain(Refused):
    """A certificate that does not count is not given out once more."""

    sentence = N_("Only a certificate that counts, or will, can be given out once more; this one does not.")


class NoAuthority(Refused):
    sentence = N_("Your account belongs to no authority, so nothing can be issued in an authority's name.")
