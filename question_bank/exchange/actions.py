"""Loading a bank from its folder."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import yaml

from kernel.work import Work, action
from people.access.rules import Permission
from question_bank.exchange.errors import BankFileUnusable, BankFolderMissing
from question_bank.exchange.rules import OUTLINE, read_bank
from question_bank.outlines.actions import keep_outline
from question_bank.questions.actions import Progress, load_versions

ENDINGS = (".yaml", ".yml")
DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load found and changed."""

    bank: str
    questions: int
    new_versions: int


@action(needs=Permission.LOAD_BANKS)
def load_bank(
    work: Work,
    folder: Path,
    *,
    author: UUID,
    reviewer: UUID,
    approver: UUID,
    progress: Progress = lambda _done, _whole: None,
) -> Loaded:
    """Load a bank's folder as written, reviewed and approved by three persons; loading it again changes nothing.

    A question whose text changed becomes a new version that takes the place of the old one.

    Raises:
        BankFolderMissing, OutlineUnusable, BankFileUnusable, BankQuestionUnusable, ReferenceRepeated, and the refusals
        of review where the three are not three people.
    """
    files = read_bank(_parsed(folder))
    keep_outline(work, files.outline)
    added = load_versions(
        work,
        bank=files.outline.code,
        questions=files.questions,
        author=author,
        reviewer=reviewer,
        approver=approver,
        progress=progress,
    )
    return Loaded(files.outline.code, len(files.questions), added)


def bank_folders() -> list[Path]:
    """The banks that come with the platform."""
    return sorted(path.parent for path in DATA.glob(f"*/{OUTLINE}"))


def _parsed(folder: Path) -> dict[str, object]:
    if not (folder / OUTLINE).is_file():
        raise BankFolderMissing(folder=folder.name)
    found = {}
    for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS):
        try:
            found[path.name] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe
        except (yaml.YAMLError, ValueError, RecursionError, OSError) as fault:  # ValueError: no UTF-8, or no such day
            raise BankFileUnusable(file=path.name, why=str(fault)) from fault
    return found


# The C loader reads the same safe subset, ten times as fast; not every wheel has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
