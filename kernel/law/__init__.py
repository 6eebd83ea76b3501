"""Rules of law as data: dated, with their source, how sure we are of each, and the region in which they hold.

A rule is never rewritten: a new order is a new entry with its own first day, and what was decided under the old one
keeps its code. A province, a city or a county may have a rule of its own beside the country's, with its own source;
looking up takes the narrowest that is in force on the day in question. What is here is pure; files are read by
`kernel/authored` and the `queries` of the room that decides by them.
"""

from kernel.law.book import Book
from kernel.law.dated import Dated, Region, dated, enclosing, region
from kernel.law.errors import (
    ConfidenceUnknown,
    EndsBeforeItBegins,
    FigureUnusable,
    NotADay,
    NotARegion,
    RuleMissing,
    RulesOverlap,
    SourceMissing,
)
from kernel.law.figures import Confidence, Figure, confidence, figure, read_figure, source

__all__ = [
    "Book",
    "Confidence",
    "ConfidenceUnknown",
    "Dated",
    "EndsBeforeItBegins",
    "Figure",
    "FigureUnusable",
    "NotADay",
    "NotARegion",
    "Region",
    "RuleMissing",
    "RulesOverlap",
    "SourceMissing",
    "confidence",
    "dated",
    "enclosing",
    "figure",
    "read_figure",
    "region",
    "source",
]
