"""The enterprise's board: who may work at which post today, why not, and until when."""

from collections import Counter
from datetime import timedelta

from fastapi import APIRouter, Request, Response

from certification.compliance.queries import BoardLine, own_board
from certification.compliance.rules import Light
from kernel.clock import shanghai_date
from kernel.errors import N_
from people.access.rules import Permission
from web import words
from web.access import needs
from web.certificates import reason_text
from web.templating import language_of
from web.templating import page as show
from web.work import Reads

router = APIRouter(prefix="/board", dependencies=[needs(Permission.SEE_COMPLIANCE)])

PAGE_ROWS = 50
SOON = timedelta(days=180)

LIGHTS = {
    Light.RED: N_("May not work"),
    Light.AMBER: N_("May work, something falls due"),
    Light.GREEN: N_("May work"),
}
MAY_OF_ALL = N_("%(may)s of %(all)s may work")


@router.get("")
def board(request: Request, reading: Reads, light: str = "", q: str = "", page: int = 1) -> Response:
    """Everyone at the enterprise, those who may not work first."""
    lines = own_board(reading)
    shown = [line for line in lines if light in {"", line.verdict.light} and _is_found(line, q)]
    number = min(max(page, 1), max(1, -(-len(shown) // PAGE_ROWS)))
    today = shanghai_date(reading.now)
    language = language_of(request)
    light_words = {light.value: words.sentence(said, language) for light, said in LIGHTS.items()}
    context = {
        "lines": shown[(number - 1) * PAGE_ROWS : number * PAGE_ROWS],
        "total": len(shown),
        "number": number,
        "pages": max(1, -(-len(shown) // PAGE_ROWS)),
        "everyone": len(lines),
        "counts": Counter(line.verdict.light.value for line in lines),
        "posts": _by_post(lines, language),
        "ending": [line for line in lines if line.verdict.good_until and line.verdict.good_until <= today + SOON],
        "said": lambda reason: reason_text(reason, language),
        "light_words": light_words,
        "light_options": list(light_words.items()),
        "light": light,
        "q": q,
        "today": today,
    }
    return show(request, "certification/board/board.html", context)


def _is_found(line: BoardLine, wanted: str) -> bool:
    wanted = wanted.strip()
    return not wanted or wanted in line.staff.name or wanted in line.staff.post_name


def _by_post(lines: list[BoardLine], language: str) -> list[tuple[str, float, str, str]]:
    """Rows of the chart: post, percentage who may work, both counts in words, state; most missing first."""
    there = Counter(line.staff.post_name for line in lines)
    may = Counter(line.staff.post_name for line in lines if line.verdict.may_work)
    return [
        (
            post,
            100 * may[post] / count,
            words.sentence(MAY_OF_ALL, language) % {"may": may[post], "all": count},
            "ok" if may[post] == count else "danger",
        )
        for post, count in sorted(there.items(), key=lambda each: may[each[0]] - each[1])
    ]
