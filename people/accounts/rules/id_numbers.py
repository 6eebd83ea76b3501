"""Numbers of identity documents: the resident identity number of GB 11643, and loose checks for the others.

A number of GB 11643 has four groups: region (characters 1-6), birth date (7-14), order (15-17; odd for men) and a check
digit (18). Its code is ISO 7064 MOD 11-2, weights 2^(18-i) mod 11. Because 11 is prime and the weights of two places
are equal only when the places are ten apart, it finds **every** single wrong character and **every** swap of two
different characters unless they stand exactly ten places apart (1 and 11, ... 8 and 18). Two independent mistakes
slip through one time in eleven.

Sources: GB 11643-1999; the rule and two published numbers were recalculated. Region codes follow the province codes of
GB/T 2260; 81, 82 and 83 begin the residence permits of people from Hong Kong, Macao and Taiwan.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from kernel.errors import N_, Invalid
from people.accounts.rules import DocumentKind, Sex

LENGTH: Final = 18
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS: Final = "10X98765432"
_PROVINCES_BY_FIRST_DIGIT: Final = {
    "1": "12345",
    "2": "123",
    "3": "1234567",
    "4": "123456",
    "5": "01234",
    "6": "12345",
    "7": "1",
    "8": "123",
}
PROVINCES: Final = frozenset(
    first + second for first, seconds in _PROVINCES_BY_FIRST_DIGIT.items() for second in seconds
)
# No province is numbered 99, and a foreigner's permanent residence number (9, then a province) cannot begin so either:
# a number with this region can belong to nobody.
DEMONSTRATION_REGION: Final = "99"
OLDEST: Final = 120  # years; the oldest person whose age was ever proven lived to 122

_DASHES_AND_BLANKS: Final = re.compile(
    r"[\s\-\u2010-\u2015\u200b-\u200d\u2060\ufeff]+"
)  # the odd ones come with copies from the web


class IdNumberUnusable(Invalid):
    """A number that cannot be anybody's. Each subclass says which group is wrong."""


class IdNumberMissing(IdNumberUnusable):
    sentence = N_("Type the ID number.")


class IdNumberOfFirstGeneration(IdNumberUnusable):
    sentence = N_("This is a 15-digit number of a first-generation ID card. Type the 18-digit number.")


class IdNumberLength(IdNumberUnusable):
    sentence = N_("An ID number has 18 characters; this one has %(length)d.")


class IdNumberCharacter(IdNumberUnusable):
    sentence = N_("Character %(place)d is “%(character)s”. Only digits may stand there; X only at the very end.")


class RegionUnknown(IdNumberUnusable):
    sentence = N_("The region (first 6 digits, %(region)s) is wrong: no province has the code %(province)s.")


class RegionOfDemonstration(IdNumberUnusable):
    sentence = N_("The region (first 6 digits, %(region)s) exists only for demonstration people.")


class BirthDateImpossible(IdNumberUnusable):
    sentence = N_("The birth date (digits 7 to 14, %(digits)s) is wrong: there is no such day.")


class BirthDateInFuture(IdNumberUnusable):
    sentence = N_("The birth date (digits 7 to 14, %(digits)s) is wrong: that day has not come yet.")


class BirthDateTooLongAgo(IdNumberUnusable):
    sentence = N_("The birth date (digits 7 to 14, %(digits)s) is wrong: nobody alive is %(age)d years old.")


class CheckDigitWrong(IdNumberUnusable):
    sentence = N_(
        "The check digit (last character, %(found)s) does not fit the 17 digits before it: one of them is wrong."
    )


class DocumentNumberShape(IdNumberUnusable):
    sentence = N_("This does not look like a number of that kind of document. Type it as it is printed.")


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A resident identity number that passed every check; `text` is its normal form, 18 characters, X in capitals."""

    text: str

    @property
    def region(self) -> str:
        return self.text[:6]

    @property
    def birth_date(self) -> date:
        return date(int(self.text[6:10]), int(self.text[10:12]), int(self.text[12:14]))

    @property
    def sex(self) -> Sex:
        return Sex.MALE if int(self.text[16]) % 2 else Sex.FEMALE

    @property
    def is_demonstration(self) -> bool:
        return self.text.startswith(DEMONSTRATION_REGION)

    def __str__(self) -> str:
        return masked(self.text)  # whatever prints or logs this value must not spill the number


def normalised(typed: str) -> str:
    """`typed` as a document prints it: full-width forms made plain, no blanks or dashes, letters in capitals."""
    return _DASHES_AND_BLANKS.sub("", unicodedata.normalize("NFKC", typed)).upper()


def check_digit(first_17: str) -> str:
    """The 18th character that GB 11643 demands after 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def parse_id_number(typed: str, *, today: date, demonstration: bool = False) -> IdNumber:
    """The resident identity number in `typed`.

    Args:
        typed: as a person or a spreadsheet gave it; blanks, full-width digits and a small x are understood.
        today: the day (Shanghai) against which the birth date is judged.
        demonstration: accept region 99xxxx, which exists for demonstration people only.

    Raises:
        IdNumberUnusable: a subclass that names the first wrong group from the left; the check digit is judged last,
            because a wrong group is the more useful thing to hear.
    """
    text = normalised(typed)
    _check_characters(text)
    _check_region(text[:6], demonstration=demonstration)
    _check_birth_date(text[6:14], today)
    if check_digit(text[:17]) != text[17]:
        raise CheckDigitWrong(found=text[17])
    return IdNumber(text)


def parse_document_number(kind: DocumentKind, typed: str, *, today: date, demonstration: bool = False) -> str:
    """The normal form of a document's number: GB 11643 where the kind follows it, else a check of its shape only.

    The shapes of passes and passports are general knowledge, not read from a standard: they are wide on purpose, so
    that no real document is turned away.
    """
    if kind is DocumentKind.RESIDENT_ID:
        return parse_id_number(typed, today=today, demonstration=demonstration).text
    text = normalised(typed)
    if not text:
        raise IdNumberMissing
    if not _SHAPES[kind].fullmatch(text):
        raise DocumentNumberShape
    return text


def masked(number: str) -> str:
    """`number` as screens show it: first four and last four characters, or first and last two of a short number.

    110105********002X would give the birth date away to whoever knows the county; the middle ten of eighteen are
    hidden instead, and four at the end are what clerks tell namesakes apart by.
    """
    kept = 4 if len(number) >= LENGTH else 2
    if len(number) <= 2 * kept:
        return "*" * len(number)
    return number[:kept] + "*" * (len(number) - 2 * kept) + number[-kept:]


_SHAPES: Final = {
    DocumentKind.HONG_KONG_MACAO_PERMIT: re.compile(r"[HM]\d{8}(\d{2})?"),
    DocumentKind.TAIWAN_PERMIT: re.compile(r"\d{8}(\d{2}[A-Z]?)?|\d{10}\([A-Z0-9]\)"),
    DocumentKind.FOREIGN_PERMANENT_RESIDENCE: re.compile(r"[A-Z]{3}\d{12}|9\d{16}[\dX]"),
    DocumentKind.PASSPORT: re.compile(r"[A-Z0-9]{5,20}"),
}


def _check_characters(text: str) -> None:
    if not text:
        raise IdNumberMissing
    if re.fullmatch(r"[0-9]{15}", text):
        raise IdNumberOfFirstGeneration
    if len(text) != LENGTH:
        raise IdNumberLength(length=len(text))
    for place, character in enumerate(text, start=1):
        if character not in "0123456789" and not (place == LENGTH and character == "X"):
            raise IdNumberCharacter(place=place, character=character)


def _check_region(region: str, *, demonstration: bool) -> None:
    province = region[:2]
    if province == DEMONSTRATION_REGION and not demonstration:
        raise RegionOfDemonstration(region=region)
    if province != DEMONSTRATION_REGION and province not in PROVINCES:
        raise RegionUnknown(region=region, province=province)


def _check_birth_date(digits: str, today: date) -> None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as no_such_day:
        raise BirthDateImpossible(digits=digits) from no_such_day
    if born > today:
        raise BirthDateInFuture(digits=digits)
    age = today.year - born.year
    if age > OLDEST:
        raise BirthDateTooLongAgo(digits=digits, age=age)
