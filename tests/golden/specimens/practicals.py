"""Drawn items, score sheets and outcomes."""

from decimal import Decimal
from typing import Any

from exams.practicals.rules import Deed, outcome_digest, step_from_json
from exams.practicals.rules import Step as SheetStep
from exams.practicals.rules.draw import METHODS as ITEM_METHODS
from exams.practicals.rules.draw import POOL, ItemPool, PoolItem, items_digest, practical_seed
from exams.practicals.rules.outcome import OUTCOME
from exams.practicals.rules.sheet import STEP
from tests.golden.specimens.what import SECRET, Content, Specimen, hold


def item_pool() -> ItemPool:
    items = tuple(PoolItem(f"K1{number}", number == 2, f"{number:064x}") for number in (1, 2, 3))
    return ItemPool("low_voltage", 1, (("K1", items), ("K2", items[1:])))


def write_item_draw() -> dict[str, Any]:
    method = max(ITEM_METHODS)
    drawn = ITEM_METHODS[method](item_pool(), practical_seed(SECRET, "10001")).items
    return {
        "secret": SECRET.hex(),
        "method": method,
        "pool": item_pool().as_json(),
        "pool_digest": item_pool().digest(),
        "items": [one.item for one in drawn],
        "items_digest": items_digest(drawn),
    }


def verify_item_draw(kept: Content) -> None:
    pool = ItemPool.from_json(kept["pool"])
    drawn = ITEM_METHODS[kept["method"]](pool, practical_seed(bytes.fromhex(kept["secret"]), "10001")).items
    hold(pool.digest() == kept["pool_digest"], "a pool of items has another digest")
    hold(items_digest(drawn) == kept["items_digest"], "items are not drawn again")


def write_sheet_step() -> dict[str, Any]:
    return {"content": SheetStep(Deed.DEDUCT, "L1", "D1", "").as_json()}


def verify_sheet_step(kept: Content) -> None:
    hold(step_from_json(kept["content"]).line == "L1", "a step of a score sheet is not read")


def write_outcome() -> dict[str, Any]:
    item = {"item": "K11", "score": "90", "weighted": "36.00", "is_vetoed": False, "is_given_up": False}
    content = OUTCOME.written({"salt": "00" * 16, "items": {"K1": item}})
    return {"content": content, "digest": _outcome_digest(content)}


def verify_outcome(kept: Content) -> None:
    OUTCOME.read(kept["content"])
    hold(_outcome_digest(kept["content"]) == kept["digest"], "an outcome has another digest")


def _outcome_digest(content: Content) -> str:
    return outcome_digest(Decimal(90), Decimal(80), is_vetoed=False, is_passed=True, content=content)


SPECIMENS = (
    Specimen(POOL.name, POOL.format, write_item_draw, verify_item_draw),
    Specimen(STEP.name, STEP.format, write_sheet_step, verify_sheet_step),
    Specimen(OUTCOME.name, OUTCOME.format, write_outcome, verify_outcome),
)
