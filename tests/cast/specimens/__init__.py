"""Contents of every kind, made for tests: one module a kind, named like the kind's folder.

Each has `written(number)`, what an author writes of a usable content; `contents`, a strategy of usable contents;
`fitting(shape)`, a strategy of answers that fit; `UNFITTING`, some answers that never do; and
`rekeyed(content, layout)`, the same question with another right answer, and the layout under which it looks the same.
"""

from importlib import import_module
from types import ModuleType

from question_bank.kinds import KINDS


def specimen(kind: str) -> ModuleType:
    return import_module(f"tests.cast.specimens.{kind}")


SPECIMENS = {kind: specimen(kind) for kind in KINDS}
