"""Every write about outlines."""

from kernel.work import Work, action
from people.access.rules import Permission
from question_bank.outlines import queries
from question_bank.outlines.events import OutlineKept
from question_bank.outlines.rules import Outline
from question_bank.outlines.tables import OutlineRecord, PointRecord


@action(needs=Permission.LOAD_BANKS)
def keep_outline(work: Work, outline: Outline) -> int:
    """Keep an outline as the newest version of its bank, unless it says what is kept already; its version number."""
    newest = queries.newest_record(work, outline.code)
    if newest is not None and newest.digest == outline.digest():
        return newest.version
    version = newest.version + 1 if newest else 1
    work.session.add(
        OutlineRecord(
            code=outline.code,
            version=version,
            position=outline.position,
            name_zh=outline.name_zh,
            name_en=outline.name_en,
            is_sample=outline.is_sample,
            digest=outline.digest(),
            kept_at=work.now,
        )
    )
    work.session.flush()  # the points refer to the outline
    work.session.add_all(
        PointRecord(
            outline_code=outline.code,
            outline_version=version,
            code=point.code,
            place=place,
            name_zh=point.name_zh,
            name_en=point.name_en,
        )
        for place, point in enumerate(outline.points, start=1)
    )
    work.session.flush()  # queries of the same work see the outline
    work.announce(OutlineKept(bank=outline.code, version=version, digest=outline.digest()))
    return version
