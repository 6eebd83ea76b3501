"""The vocabulary, read once from the files that come with the program. There is nothing to read in the database."""

from pathlib import Path

from kernel.authored import authored, faults_of, read_once
from people.positions.rules import Vocabulary
from people.positions.rules.catalogue_files import vocabulary_from

CATALOGUES = Path(__file__).parent.parent / "data" / "catalogues"


@read_once
def vocabulary() -> Vocabulary:
    """Every catalogue and kind of post; the same value for the life of the process."""
    documents = [authored(file).content for file in sorted(CATALOGUES.glob("*.yaml"))]
    with faults_of(CATALOGUES):  # they refer to each other; the fault names the catalogue
        return vocabulary_from(documents)
