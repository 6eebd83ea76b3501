"""Lettered options: what the kinds whose candidates choose among options have in common."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from kernel.chance import Chance
from question_bank.kinds.errors import (
    KeyNotAmongOptions,
    OptionCount,
    OptionLettersBroken,
    OptionNamesOthers,
    OptionRepeated,
)
from question_bank.kinds.protocol import Explanation, Fault, Faults, Kind, Layout, Line, Shape, Shown, check_format
from question_bank.kinds.texts import text_faults, text_of

LETTERS = "ABCDEF"
MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Options:
    """`texts` are lettered A, B, C … by position; `key` holds letters."""

    texts: tuple[str, ...]
    key: frozenset[str] = field(repr=False)  # not even a log or a traceback tells it

    @property
    def letters(self) -> str:
        """The letters in use."""
        return LETTERS[: len(self.texts)]


class OptionsKind(Kind[Options]):
    """The half of the rules that does not ask how many options are right."""

    least: int
    most: int
    format = 1

    def take(self, written: Mapping[str, Any], faults: Faults) -> Options:
        return Options(_options(written.get("options") or {}, faults), _key(written.get("key")))

    def faults(self, content: Options) -> Iterator[Fault]:
        for letter, text in zip(LETTERS, content.texts, strict=False):
            yield from text_faults(f"option_{letter}", text, MOST_CHARACTERS)
        yield from option_faults(content, self.least, self.most)

    def from_form(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Options end at the last one that was filled in."""
        texts = [str(typed.get(f"option_{letter}", "")).strip() for letter in LETTERS]
        while texts and not texts[-1]:
            texts.pop()
        return {"options": dict(zip(LETTERS, texts, strict=False)), "key": typed.get("key", [])}

    def to_form(self, content: Options) -> dict[str, Any]:
        return self.texts(content) | {"key": sorted(content.key)}

    def write(self, content: Options) -> dict[str, Any]:
        return {"format": self.format, "options": list(content.texts), "key": sorted(content.key)}

    def read(self, fields: Mapping[str, Any]) -> Options:
        check_format(self, fields)
        return Options(tuple(fields["options"]), frozenset(fields["key"]))

    def texts(self, content: Options) -> dict[str, str]:
        return {f"option_{letter}": text for letter, text in zip(LETTERS, content.texts, strict=False)}

    def say(self, content: Options, texts: Mapping[str, str]) -> Options:
        return replace(content, texts=tuple(texts[f"option_{letter}"] for letter in content.letters))

    def lay_out(self, content: Options, chance: Chance) -> Layout:
        """The bank's letters in the order shown: the first is shown as A, the second as B."""
        return {"order": "".join(chance.shuffled(content.letters))}

    def in_bank_order(self, content: Options) -> Layout:
        return {"order": content.letters}

    def show(self, content: Options, layout: Layout) -> Shown:
        texts = dict(zip(LETTERS, content.texts, strict=False))
        shown = zip(LETTERS, layout["order"], strict=False)
        return {"options": [{"letter": letter, "text": texts[original]} for letter, original in shown]}

    def shape(self, content: Options) -> Shape:
        return {"letters": content.letters}

    def explain(self, content: Options, layout: Layout, answer: object) -> Explanation:
        right = shown_key(content, layout)
        chosen = answer if isinstance(answer, list | str) else ""
        options = self.show(content, layout)["options"]
        return Explanation(
            lines=tuple(
                Line(it["letter"], it["text"], is_right=it["letter"] in right, is_chosen=it["letter"] in chosen)
                for it in options
            )
        )


def shown_key(content: Options, layout: Layout) -> list[str]:
    """The right letters as this candidate sees them, in their order."""
    return [letter for letter, original in zip(LETTERS, layout["order"], strict=False) if original in content.key]


def _options(options: object, faults: Faults) -> tuple[str, ...]:
    lettered = isinstance(options, Mapping) and list(options) == list(LETTERS[: len(options)])
    if not lettered:
        faults["options"] = OptionLettersBroken()
        return ()
    assert isinstance(options, Mapping)
    return tuple(text_of(f"option_{letter}", text, faults) for letter, text in options.items())


def _key(key: object) -> frozenset[str]:
    letters = key if isinstance(key, list | tuple | set | frozenset) else str(key or "")
    return frozenset(str(letter).strip().upper() for letter in letters if str(letter).strip())


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


def option_faults(content: Options, least: int, most: int) -> Iterator[Fault]:
    """Faults of number, of repetition and of options that would lose their sense when shuffled."""
    if not least <= len(content.texts) <= most:
        yield "options", OptionCount(least=least, most=most, count=len(content.texts))
    lettered = list(zip(LETTERS, content.texts, strict=False))
    for (first, one), (second, other) in combinations(lettered, 2):
        if _plain(one) == _plain(other):
            yield f"option_{second}", OptionRepeated(first=first, second=second)
    for letter, text in lettered:
        if _speaks_about_others(text, set(content.letters)):
            yield f"option_{letter}", OptionNamesOthers(letter=letter)


def key_faults(content: Options) -> Iterator[Fault]:
    """A key may only name options that are there."""
    strangers = sorted(content.key - set(content.letters))
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
