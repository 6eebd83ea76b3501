"""A name of the trade in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Names:
    """A name or short text in both languages; the Chinese one is the official one."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The name for a locale such as ``zh_CN`` or ``en``; Chinese where the language is not English."""
        return self.en if language.startswith("en") else self.zh

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "Names":
        """From ``{"zh": …, "en": …}`` as it is kept; what else stands there is not for us. Raises KeyError."""
        return cls(raw["zh"], raw["en"])

    @classmethod
    def exactly(cls, raw: Mapping[str, Any]) -> "Names":
        """The same from a file that people write: a comma that is not quoted in YAML makes a third name of the rest.

        Raises:
            KeyError: a language is missing.
            ValueError: more stands there than the two.
        """
        if more := [str(name) for name in raw if name not in {"zh", "en"}]:
            raise ValueError(f"“{', '.join(more)}” is no language; is a text with a comma in quotes?")
        return cls.read(raw)

    def as_json(self) -> dict[str, str]:
        """``{"zh": …, "en": …}``, as `read` takes it."""
        return {"zh": self.zh, "en": self.en}
