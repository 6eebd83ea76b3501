"""One item from each subject, by chance that can be repeated.

The seed is HMAC-SHA-256(sitting's secret, admission number + "/practical"), read as a big-endian number; the suffix
keeps a candidate's practical apart from the same candidate's paper. The generator and `floor(random() * n)` are those
of exams/papers/rules/draw.py. For each subject in the order of the standard: the items sorted by code, one is taken;
then, for an item that is simulated, two 32-bit numbers make the seed of its scene.
"""

from dataclasses import dataclass

import random2

from exams.papers.rules import candidate_seed
from exams.practicals.rules.standard import Mode, Standard

WORD = 2**32


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


def draw(standard: Standard, seed: int) -> Draw:
    """The items of one candidate. The same standard and seed give the same items, on any machine, in any year."""
    chance = random2.Random(seed)

    def below(bound: int) -> int:
        return int(chance.random() * bound)

    drawn: list[DrawnItem] = []
    for subject in standard.subjects:
        items = sorted(subject.items, key=lambda item: item.code)
        item = items[below(len(items))]
        scene = below(WORD) * WORD + below(WORD) if item.mode is Mode.SIMULATION else None
        drawn.append(DrawnItem(subject.code, item.code, scene))
    return Draw(tuple(drawn))
