"""Refusals of the public verification."""

from kernel.errors import N_, Invalid, Refused


class TooManyLookups(Refused):
    sentence = N_("Too many look-ups from here. Wait a minute, then try again.")


class TooManyMisses(Refused):
    """From one address."""

    sentence = N_(
        "Too many look-ups from here found nothing today. Scan the code on the certificate instead; a number can be "
        "typed again tomorrow."
    )


class TooManyMissesOfName(Refused):
    """With one name, from wherever: somebody may be trying numbers out."""

    sentence = N_(
        "Too many look-ups with this name found nothing today. Scan the code on the certificate, or ask the issuing "
        "authority; the number can be typed again tomorrow."
    )


class NumberCannotBeRight(Refused):
    """Its check character does not fit: mistyped or invented."""

    sentence = N_(
        "This number cannot belong to a genuine certificate: its check character does not fit. Compare it with the "
        "card once more; if it is printed so, the card is false."
    )


class NumberMissing(Refused):
    sentence = N_("Type the number as it is printed on the certificate.")


class NameMissing(Refused):
    sentence = N_("Type the holder's name as it is printed on the certificate.")


class LookupUnusable(Invalid):
    """Nothing was looked up: `fields` says what of "number" and "name" cannot be used."""

    sentence = N_("Nothing was looked up yet. The fields below say why.")
