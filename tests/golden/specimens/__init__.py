"""One specimen of every kind of lasting bytes: how it is written now, and how whatever was written is verified."""

from tests.golden.specimens import (
    audit,
    certification,
    exams,
    keyrings,
    papers,
    people,
    practicals,
    question_bank,
    simulations,
    training,
)
from tests.golden.specimens.what import Specimen, as_text

PACKAGES = (
    question_bank,
    papers,
    exams,
    practicals,
    simulations,
    people,
    audit,
    keyrings,
    certification,
    training,
)
SPECIMENS: tuple[Specimen, ...] = tuple(specimen for package in PACKAGES for specimen in package.SPECIMENS)

__all__ = ["SPECIMENS", "Specimen", "as_text"]
