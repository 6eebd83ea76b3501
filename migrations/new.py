"""`python -m migrations.new exams "results carry their method" expand`: begin a migration.

It gets the name, the revision and the mark that the house test asks for. In which release what is done:

    expand    adds what is new beside the old; the program of before still runs on it
    backfill  brings old rows along, in batches (migrations/fill.py); may be killed and run again at any time
    contract  takes the old away, one release after nobody reads it any more
"""

import re
import sys
import time
from pathlib import Path

from alembic import command
from alembic.config import Config

PACKAGES = ("kernel", "people", "question_bank", "simulations", "training", "exams", "certification")
STAGES = ("expand", "backfill", "contract")


def begin(package: str, what: str, stage: str, *, folder: Path = Path(__file__).parent, moment: str = "") -> Path:
    """The file of a new migration at the end of the chain. `moment` is YYYY-MM-DD-HHMM; by default it is now, in UTC.

    Raises:
        ValueError: no such package or stage, nothing is said of what it does, or the newest migration is not older.
    """
    slug = re.sub(r"[^a-z0-9]+", "_", what.lower()).strip("_")
    if package not in PACKAGES or stage not in STAGES or not slug:
        raise ValueError(f"A migration is of {', '.join(PACKAGES)}, says what it does, and is {', '.join(STAGES)}.")
    moment = moment or time.strftime("%Y-%m-%d-%H%M", time.gmtime())
    newest = max(file.name for file in (folder / "versions").glob("*.py"))
    if newest[: len(moment)] >= moment:
        raise ValueError(f"{newest} has the same moment or a later one; names are the order of the chain.")
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("file_template", f"{moment}_{package}_{slug}")
    config.attributes["stage"] = stage
    made = command.revision(config, f"{what[0].upper()}{what[1:]}", rev_id=moment.replace("-", "_"))
    assert made is not None
    assert not isinstance(made, list)
    return Path(made.path)


if __name__ == "__main__":
    print(begin(*sys.argv[1:4]))  # noqa: T201 - the answer of a command
