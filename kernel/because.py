"""Why a person did something: in their own words, which stay on record."""

from typing import NewType

from kernel.errors import N_, Invalid

Because = NewType("Because", str)  # trimmed, and never empty


class ReasonMissing(Invalid):
    """No reason was given for a deed that takes one; the field says who will read it."""

    sentence = N_("Say why in a sentence; it stays on record.")


def because(typed: str, say_why: str = ReasonMissing.sentence, *, least: int = 1, field: str = "reason") -> Because:
    """The reason that was typed, trimmed.

    Args:
        typed: as it came from the form.
        say_why: the message id of the sentence that asks for it; it says where the reason will stand, and who reads it.
        least: so many characters at least.
        field: the field of the form that it came from.

    Raises:
        ReasonMissing: at `field`, where it is empty or shorter.
    """
    said = typed.strip()
    if len(said) < least:
        raise ReasonMissing({field: say_why})
    return Because(said)
