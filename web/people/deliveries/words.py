"""Why a delivery failed, in words, without a fact in them."""

import re

from web import words

_PLACE = re.compile(r"%\(\w+\)[sd]")
EMPTY = "…"


def cause_in_words(cause: str | None, language: str) -> str:
    """The sentence of a refusal with its places left empty, or the name of an error as it is; "" for none."""
    return _PLACE.sub(EMPTY, words.catalogue(language).gettext(cause)) if cause else ""
