"""A value of a rule, with where it comes from and how sure we are of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from kernel.law.errors import ConfidenceUnknown, FigureUnusable, SourceMissing

T = TypeVar("T")


class Confidence(StrEnum):
    """How sure we are of a value; screens that quote a rule may say so."""

    READ = "S"  # read in a public source
    SECONDARY = "S~"  # read in a copy, a rewrite or a training company's page
    KNOWN = "K"  # general knowledge of the trade, not compared with the text
    DERIVED = "D"  # calculated from others
    OWN = "own"  # a choice of this platform, no rule of law

    @property
    def is_read(self) -> bool:
        """Whether somebody has read it somewhere."""
        return self in {Confidence.READ, Confidence.SECONDARY}


@dataclass(frozen=True, slots=True)
class Figure(Generic[T]):
    """A value of a rule; `source` names the text it comes from, for whoever checks it."""

    value: T
    source: str
    confidence: Confidence


def figure(entry: Mapping[str, Any], name: str) -> Figure[Any]:
    """The figure called `name` of an entry: ``{value: …, source: …, confidence: …}``.

    Raises:
        FigureUnusable: it is not there, names no source, or does not say how sure it is.
    """
    try:
        return read_figure(entry[name])
    except KeyError as missing:
        raise FigureUnusable(name=name, fault=f"{missing.args[0]} is missing") from missing
    except (ConfidenceUnknown, SourceMissing, TypeError) as fault:
        raise FigureUnusable(name=name, fault=str(fault)) from fault


def read_figure(raw: Mapping[str, Any]) -> Figure[Any]:
    """A figure by itself. Raises KeyError, SourceMissing, ConfidenceUnknown."""
    return Figure(raw["value"], source(raw), confidence(raw))


def source(entry: Mapping[str, Any]) -> str:
    """Where an entry comes from. Raises SourceMissing."""
    named = entry["source"]
    if not isinstance(named, str) or not named.strip():
        raise SourceMissing
    return named


def confidence(entry: Mapping[str, Any]) -> Confidence:
    """How sure an entry says it is. Raises ConfidenceUnknown."""
    try:
        return Confidence(entry["confidence"])
    except ValueError:
        raise ConfidenceUnknown(given=entry["confidence"], known=", ".join(Confidence)) from None
