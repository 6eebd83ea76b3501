"""The unified social credit code (统一社会信用代码) of an organisation: GB 32100, with GB 11714 inside it.

Eighteen characters: registrar (1), class (2), district (3-8), organisation code of GB 11714 (9-17, the last of
them its own check character), check character (18).

GB 32100 works modulo the prime 31 with weights 3^(i-1): it finds every single wrong character and every swap of two
different characters, except of the first with the last (both weigh 1). GB 11714 works modulo 11 over 36 values, so
characters whose values differ by 11, 22 or 33 (0 and B, say) stand in for each other unseen; GB 32100 around it sees
them.

Source: GB 32100-2015 and GB 11714-1997; the rules and one published code were recalculated.
"""

from dataclasses import dataclass
from typing import Final

from kernel.errors import N_, Invalid
from people.accounts.rules.id_numbers import DEMONSTRATION_REGION, PROVINCES, normalised

LENGTH: Final = 18
ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z: they are mistaken for 1, 0, 5, U, 2
WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
NATIONAL: Final = "10"  # 100000: registered with a national body, in no province


class CreditCodeUnusable(Invalid):
    """A code that no organisation can have."""


class CreditCodeLength(CreditCodeUnusable):
    sentence = N_("A unified social credit code has 18 characters; this one has %(length)d.")


class CreditCodeCharacter(CreditCodeUnusable):
    sentence = N_("Character %(place)d is “%(character)s”, which never stands there. I, O, S, V and Z are not used.")


class CreditCodeDistrict(CreditCodeUnusable):
    sentence = N_("The district (characters 3 to 8, %(district)s) is wrong: no province has the code %(province)s.")


class OrganisationCodeWrong(CreditCodeUnusable):
    sentence = N_("The organisation code (characters 9 to 17, %(code)s) does not fit its own check character.")


class CreditCodeCheckWrong(CreditCodeUnusable):
    sentence = N_("The check character (last, %(found)s) does not fit the 17 before it: one of them is wrong.")


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A code that passed every check, in capitals."""

    text: str

    @property
    def district(self) -> str:
        return self.text[2:8]

    def __str__(self) -> str:
        return self.text


def check_character(first_17: str) -> str:
    """The 18th character that GB 32100 demands."""
    total = sum(ALPHABET.index(each) * weight for each, weight in zip(first_17, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check_character(first_8: str) -> str:
    """The ninth character that GB 11714 demands; the values of its characters are 0-9 and A=10 ... Z=35."""
    total = sum(int(each, 36) * weight for each, weight in zip(first_8, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def parse_credit_code(typed: str, *, demonstration: bool = False) -> CreditCode:
    """The code in `typed`; district 99xxxx is accepted for demonstration organisations only.

    Raises:
        CreditCodeUnusable: a subclass that names the first wrong group from the left.
    """
    text = normalised(typed)
    if len(text) != LENGTH:
        raise CreditCodeLength(length=len(text))
    for place, character in enumerate(text, start=1):
        if character not in (ALPHABET if not 3 <= place <= 8 else "0123456789"):  # noqa: PLR2004 - the district's places
            raise CreditCodeCharacter(place=place, character=character)
    province = text[2:4]
    if province not in PROVINCES | {NATIONAL} | ({DEMONSTRATION_REGION} if demonstration else set()):
        raise CreditCodeDistrict(district=text[2:8], province=province)
    if organisation_check_character(text[8:16]) != text[16]:
        raise OrganisationCodeWrong(code=text[8:17])
    if check_character(text[:17]) != text[17]:
        raise CreditCodeCheckWrong(found=text[17])
    return CreditCode(text)
