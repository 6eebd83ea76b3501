"""Standard, draw, sheet and total of a practical. Pure: no clock, no database, no chance but the seed given."""

from exams.practicals.rules.draw import Draw, DrawnItem, ItemPool, draw, items_digest, practical_seed
from exams.practicals.rules.outcome import (
    EXAMINERS,
    ItemOutcome,
    Outcome,
    Signature,
    Signer,
    item_outcome,
    outcome,
    require_agreement,
    simulated_outcome,
)
from exams.practicals.rules.sheet import SHORTEST_REASON, Deed, Sheet, Step, apply, fold, sheet_digest, step_from_json
from exams.practicals.rules.standard import Deduction, Item, Line, Mode, Standard, Subject, Veto, read_standard

__all__ = [
    "EXAMINERS",
    "SHORTEST_REASON",
    "Deduction",
    "Deed",
    "Draw",
    "DrawnItem",
    "Item",
    "ItemOutcome",
    "ItemPool",
    "Line",
    "Mode",
    "Outcome",
    "Sheet",
    "Signature",
    "Signer",
    "Standard",
    "Step",
    "Subject",
    "Veto",
    "apply",
    "draw",
    "fold",
    "item_outcome",
    "items_digest",
    "outcome",
    "practical_seed",
    "read_standard",
    "require_agreement",
    "sheet_digest",
    "simulated_outcome",
    "step_from_json",
]
