"""What the options of both choice kinds have in common."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations

from kernel.errors import Problem
from question_bank.questions.errors import KeyNotAmongOptions, OptionCount, OptionNamesOthers, OptionRepeated
from question_bank.questions.rules.content import LETTERS, Question

Fault = tuple[str, Problem]

# "以上均可", "上述两种做法都可以"; not "36 V以上都要接地", where 以上 belongs to a number.
_ABOVE = re.compile("^(选项|选择?|包括|包含|即|是|为)?(以上|上述|前述).{0,4}(都|均|皆|全|两|三|各|不|无|没)")
# "全部正确", "两者都是", "均可": the whole option is a judgement of the others; not "都应当佩戴安全帽".
_JUDGES_ALL = re.compile(
    "^(答案|选项|以上|各[项种]|前?[两二三四][项者种个])?(都|均|皆|全部|全都|全)(都|均|皆)?(不|没)?"
    "(对|错|是|有|行|可|可以|正确|错误|合适|适用|选|符合|成立)$"
    "|^(无|没有?)(一[项个])?(正确|错误|对)的?(选项|答案|项)?$"
)
_OTHER_OPTIONS = re.compile(
    r"(其他|其余|所有|另外|前面|后面)的?[几两二三]?[项个]?(选项|答案)"
    r"|\b(all|none|both|any|neither|either) of the (above|other|options|answers)\b",
    re.IGNORECASE,
)
# "A和B", "选项A、B均正确", "AB两项"; not "A、B两相短路", "ABC干粉灭火器".
_LETTERS = re.compile(
    r"^(选项|只有|仅有?|只?选|both |neither |either )?\s*"
    r"(?P<letters>(?-i:[A-F]{2,})|[A-F](选?项)?((\s*[、,;和及与或并+&]\s*|\s+((and|or|nor)\s+)?)[A-F](选?项)?)+)"
    r"\s*([两二三四][项者])?(都|均|皆|全|正确|错误|对|错|是|可|$)",
    re.IGNORECASE,
)


def option_faults(question: Question, least: int, most: int) -> Iterator[Fault]:
    """Faults of number, of repetition and of options that would lose their sense when shuffled."""
    if not least <= len(question.options) <= most:
        yield "options", OptionCount(least=least, most=most, count=len(question.options))
    lettered = list(zip(LETTERS, question.options, strict=False))
    for (first, one), (second, other) in combinations(lettered, 2):
        if _plain(one) == _plain(other):
            yield f"option_{second}", OptionRepeated(first=first, second=second)
    for letter, text in lettered:
        if _speaks_about_others(text, set(question.letters)):
            yield f"option_{letter}", OptionNamesOthers(letter=letter)


def key_faults(question: Question) -> Iterator[Fault]:
    """A key may only name options that are there."""
    strangers = sorted(question.key - set(question.letters))
    if strangers:
        yield "key", KeyNotAmongOptions(key="".join(strangers))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).rstrip("。.；;").casefold()  # a full stop inside may be a decimal point


def _speaks_about_others(text: str, letters: set[str]) -> bool:
    """Whether an option loses its sense when the options are shuffled. `letters` are those of the options."""
    said = unicodedata.normalize("NFKC", text).strip().rstrip("。.;")
    if _ABOVE.search(said) or _JUDGES_ALL.search(said) or _OTHER_OPTIONS.search(said):
        return True
    found = _LETTERS.search(said)
    return found is not None and _named(found["letters"]) <= letters


def _named(said: str) -> set[str]:
    """The letters in "A和B" or "AB". Letters run together name options only in their order: DC is a kind of current."""
    if said.isalpha() and said.isascii():
        return set(said) if list(said) == sorted(set(said)) else {said}
    return {letter.upper() for letter in re.findall(r"(?<![A-Za-z])[A-Fa-f](?![A-Za-z])", said)}
