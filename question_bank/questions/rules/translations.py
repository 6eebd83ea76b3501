"""A question's translations: the languages, and what one says again. The key is in none, so it cannot differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ORIGINAL = "zh-CN"  # the language of the bank


@dataclass(frozen=True, slots=True)
class Language:
    """`name` is the language's own name for itself, `names` the others'; `direction` as HTML says it."""

    name: str
    names: Mapping[str, str]
    direction: str


# Kazakh and Uyghur are written in Arabic letters in China.
LANGUAGES: Mapping[str, Language] = {
    "ug": Language("ئۇيغۇرچە", {"zh": "维吾尔文", "en": "Uyghur"}, "rtl"),
    "bo": Language("བོད་ཡིག", {"zh": "藏文", "en": "Tibetan"}, "ltr"),
    "mn": Language("ᠮᠣᠩᠭᠣᠯ", {"zh": "蒙古文", "en": "Mongolian"}, "ltr"),
    "kk": Language("قازاقشا", {"zh": "哈萨克文", "en": "Kazakh"}, "rtl"),
    "ko": Language("조선말", {"zh": "朝鲜文", "en": "Korean"}, "ltr"),
}


@dataclass(frozen=True, slots=True)
class Translation:
    """The stem, and the kind's own texts by their names (see `Kind.texts`)."""

    stem: str
    texts: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As it stands in the question's bytes."""
        return {"stem": self.stem, "texts": dict(self.texts)}

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Translation":
        """Read what `as_json` wrote."""
        return cls(fields["stem"], dict(fields["texts"]))
