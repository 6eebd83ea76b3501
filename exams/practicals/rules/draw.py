"""One item from each subject, by chance that can be repeated.

The seed is HMAC-SHA-256(the practical's secret, admission number + "/practical"), read as a big-endian number; the
suffix keeps a candidate's practical apart from the same candidate's paper. `one` and `below` are those of
kernel/chance.py. For each subject in the order of the standard: the items sorted by code, one is
taken; then, for an item that is simulated, two 32-bit numbers make the seed of its scene.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from exams.papers.rules import candidate_seed
from exams.practicals.rules.standard import Item, Mode, Standard
from kernel.chance import Chance
from kernel.lasting import canonical_json, lasting

POOL = lasting("exams.practical_pool")
WORD = 2**32


@dataclass(frozen=True, slots=True)
class PoolItem:
    """An item that may be drawn. `digest` is of its whole score sheet, so that a change of it is found."""

    code: str
    is_simulated: bool
    digest: str


@dataclass(frozen=True, slots=True)
class ItemPool:
    """What a practical is drawn from: the subjects in the order of the standard, each with its items by code."""

    qualification: str
    version: int
    subjects: tuple[tuple[str, tuple[PoolItem, ...]], ...]

    @classmethod
    def of(cls, standard: Standard) -> "ItemPool":
        """The items of a standard as it stands."""
        return cls(
            standard.qualification,
            standard.version,
            tuple(
                (subject.code, tuple(sorted(map(_pool_item, subject.items), key=lambda item: item.code)))
                for subject in standard.subjects
            ),
        )

    def as_json(self) -> dict[str, Any]:
        """The pool as it is recorded with each draw; `from_json` reads it back."""
        subjects = [[code, [asdict(item) for item in items]] for code, items in self.subjects]
        return POOL.written({"qualification": self.qualification, "version": self.version, "subjects": subjects})

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "ItemPool":
        """Read what `as_json` wrote. Raises FormatUnknown."""
        content = POOL.read(content)
        subjects = tuple((code, tuple(PoolItem(**item) for item in items)) for code, items in content["subjects"])
        return cls(content["qualification"], content["version"], subjects)

    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(canonical_json(self.as_json())).hexdigest()


def _pool_item(item: Item) -> PoolItem:
    sheet = json.dumps(asdict(item), default=str, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return PoolItem(item.code, item.mode is Mode.SIMULATION, hashlib.sha256(sheet.encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class DrawnItem:
    """`scene_seed` is None for items that examiners score."""

    subject: str
    item: str
    scene_seed: int | None


@dataclass(frozen=True, slots=True)
class Draw:
    items: tuple[DrawnItem, ...]

    def item(self, subject: str) -> DrawnItem:
        return next(one for one in self.items if one.subject == subject)


def practical_seed(secret: bytes, admission_number: str) -> int:
    """The 256-bit seed of one candidate's practical."""
    return candidate_seed(secret, f"{admission_number}/practical")


def draw(pool: ItemPool, seed: int) -> Draw:
    """The items of one candidate. The same pool and seed give the same items, on any machine, in any year."""
    chance = Chance(seed)
    drawn: list[DrawnItem] = []
    for subject, items in pool.subjects:
        item = chance.one(items)
        scene = chance.below(WORD) * WORD + chance.below(WORD) if item.is_simulated else None
        drawn.append(DrawnItem(subject, item.code, scene))
    return Draw(tuple(drawn))


# How items are drawn, by number, for ever: a draw names its method, and is verified by it.
METHODS: Mapping[int, Callable[[ItemPool, int], Draw]] = {1: draw}
METHOD = max(METHODS)


def items_digest(items: Iterable[DrawnItem]) -> str:
    """SHA-256 over the drawn items by subject, each with the seed of its scene, in hexadecimal."""
    lines = sorted([one.subject, one.item, "" if one.scene_seed is None else str(one.scene_seed)] for one in items)
    return hashlib.sha256(canonical_json(lines)).hexdigest()
