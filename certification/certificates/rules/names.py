"""Names as they are printed, and as they are compared with what an inspector types."""

import unicodedata

# One dot is meant by all of these; the identity card prints U+00B7.
MIDDLE_DOT = "\u00b7"
DOTS = str.maketrans(dict.fromkeys("\u2022\u2027\u30fb\uff65\u22c5\u2219\u2024\u16eb\u0387\u2e31\ua78f", MIDDLE_DOT))


def printed_name(name: str) -> str:
    """The name with one kind of middle dot and single inner spaces.

    Characters are not otherwise folded: a compatibility character is a different sign on the identity card.
    """
    return " ".join(name.translate(DOTS).split())


def folded(name: str) -> str:
    """The name as it is compared, never shown: width, case, blanks and middle dots of any kind do not count."""
    dotted = unicodedata.normalize("NFKC", name.translate(DOTS)).translate(DOTS)
    return "".join(character for character in dotted.casefold() if not (character.isspace() or character in ".·"))
