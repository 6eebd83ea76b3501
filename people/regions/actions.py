"""Taking a list of regions."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Text, func, select, update
from sqlalchemy.dialects.postgresql import insert

from kernel.db import among
from kernel.work import PLATFORM_ONLY, Work, action
from people.regions.events import RegionsLoaded
from people.regions.formats import read_sheet
from people.regions.rules import Level, Region
from people.regions.rules.lists import regions_in
from people.regions.tables import RegionRecord


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a list changed."""

    added: int
    renamed: int
    gone: int


@action(needs=PLATFORM_ONLY)
def load_regions(work: Work, content: bytes) -> Loaded:
    """Take a whole list: new places are added, names follow it, and what it has no longer stays as gone.

    A list speaks for the provinces that it names; those of others stay as they are. Nothing that stands in a place is
    moved: which place takes the place of another is for people to say. The same list again changes nothing.

    Raises:
        RegionListUnusable.
    """
    regions = regions_in(read_sheet(content))
    provinces = sorted({region.code[: Level.PROVINCE] for region in regions})
    of_these = among(func.left(RegionRecord.code, Level.PROVINCE, type_=Text()), provinces)
    before = {row.code: row for row in work.session.scalars(select(RegionRecord).where(of_these))}
    now = {region.code: region for region in regions}
    added = [region for code, region in now.items() if code not in before]
    changed = [
        region
        for code, region in now.items()
        if code in before and (before[code].names != region.names or not before[code].is_current)
    ]
    gone = [code for code, row in before.items() if row.is_current and code not in now]
    if not (added or changed or gone):
        return Loaded(0, 0, 0)
    _keep(work, [*added, *changed])
    if gone:
        work.session.execute(update(RegionRecord).where(among(RegionRecord.code, gone)).values(is_current=False))
    loaded = Loaded(len(added), len(changed), len(gone))
    digest = hashlib.sha256(content).hexdigest()
    work.announce(RegionsLoaded(digest=digest, added=loaded.added, renamed=loaded.renamed, gone=loaded.gone))
    return loaded


def _keep(work: Work, regions: Sequence[Region]) -> None:
    if not regions:
        return
    kept = insert(RegionRecord)
    newest = {name: kept.excluded[name] for name in ("names", "is_current", "loaded_at")}
    rows = [
        {"code": region.code, "names": dict(region.names), "is_current": True, "loaded_at": work.now}
        for region in regions
    ]
    work.session.execute(kept.on_conflict_do_update(index_elements=["code"], set_=newest), rows)
