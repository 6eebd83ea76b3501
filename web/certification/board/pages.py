"""The enterprise's board: who may work at which post today, why not, and until when."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from certification.compliance.queries import BoardLine, own_board
from certification.compliance.rules import Light, Reason
from kernel.clock import shanghai_date
from kernel.errors import N_
from kernel.paging import PAGE_ROWS, pages_of
from kernel.sheets import workbook
from people.access.rules import Permission
from web import words
from web.certification.said import reason_text
from web.frame.access import needs
from web.frame.downloads import excel
from web.frame.templating import language_of
from web.frame.templating import page as show
from web.frame.work import Reads

router = APIRouter(prefix="/board", dependencies=[needs(Permission.SEE_COMPLIANCE)])

ENDING_SHOWN = 8
SOON = timedelta(days=180)
ENDING = "ending"

LIGHTS = {
    Light.RED: N_("May not work"),
    Light.AMBER: N_("May work, something falls due"),
    Light.GREEN: N_("May work"),
}
ENDS_SOON = N_("May work, ends within six months")
MAY_OF_ALL = N_("%(may)s of %(all)s may work")
ALL_HELD = N_("Holds every certificate the post demands.")
NONE_DEMANDED = N_("The post demands no certificate; three-level training is not judged here.")
NO_END = N_("no end in sight")

HEADINGS = (N_("Name"), N_("Post"), N_("Certificates the post demands"), N_("Today"), N_("Why"), N_("Good until"))
WIDTHS = (16, 20, 34, 22, 70, 14)

Say = Callable[[Reason], str]


@router.get("")
def board(
    request: Request,
    reading: Reads,
    light: str = "",
    q: str = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """Everyone at the enterprise, those who may not work first."""
    lines, today, language = own_board(reading), shanghai_date(reading.now), language_of(request)
    shown = _chosen(lines, light, q, today)
    pages = pages_of(len(shown))
    number = min(number, pages)
    light_words = _light_words(language)
    ending = _ending(lines, today)
    context = {
        "lines": shown[(number - 1) * PAGE_ROWS : number * PAGE_ROWS],
        "total": len(shown),
        "number": number,
        "pages": pages,
        "everyone": len(lines),
        "counts": Counter(line.verdict.light.value for line in lines),
        "posts": _by_post(lines, language),
        "ending": ending[:ENDING_SHOWN],
        "ending_count": len(ending),
        "reasons": lambda line: _reasons(line, language),
        "light_words": light_words,
        "light_options": [*light_words.items(), (ENDING, words.sentence(ENDS_SOON, language))],
        "light": light,
        "q": q,
        "today": today,
    }
    return show(request, "certification/board/board.html", context)


@router.get(".xlsx")
def download(request: Request, reading: Reads, light: str = "", q: str = "") -> Response:
    """The same people as the board with the same filters shows, on all its pages, with the sentences."""
    today, language = shanghai_date(reading.now), language_of(request)
    rows = [_excel_row(line, language) for line in _chosen(own_board(reading), light, q, today)]
    headings = [words.sentence(heading, language) for heading in HEADINGS]
    make = partial(workbook, words.sentence(N_("Who may work"), language), headings, rows, WIDTHS)
    return excel(make, f"who-may-work-{today.isoformat()}.xlsx")


def _excel_row(line: BoardLine, language: str) -> list[str | date]:
    until = line.verdict.good_until
    no_end = words.sentence(NO_END, language) if line.verdict.may_work else ""
    return [
        line.staff.name,
        line.staff.post_name,
        "\n".join(names.in_language(language) for names in line.requires),
        _light_words(language)[line.verdict.light.value],
        "\n".join(_reasons(line, language)),
        until or no_end,
    ]


def _light_words(language: str) -> dict[str, str]:
    return {light.value: words.sentence(said, language) for light, said in LIGHTS.items()}


def _reasons(line: BoardLine, language: str) -> list[str]:
    """A sentence for each reason of the verdict; where there is none, why the line is green."""
    said = [reason_text(reason, language) for reason in (*line.verdict.bars, *line.verdict.warnings)]
    return said or [words.sentence(ALL_HELD if line.requires else NONE_DEMANDED, language)]


def _ending(lines: list[BoardLine], today: date) -> list[BoardLine]:
    """Whose time runs out within six months, the first to end first."""
    found = [(line.verdict.good_until, line) for line in lines if line.verdict.good_until]
    return [line for until, line in sorted(found, key=lambda pair: pair[0]) if until <= today + SOON]


def _chosen(lines: list[BoardLine], light: str, wanted: str, today: date) -> list[BoardLine]:
    """The lines that the filters leave."""
    left = _ending(lines, today) if light == ENDING else [line for line in lines if light in {"", line.verdict.light}]
    wanted = wanted.strip()
    return [line for line in left if wanted in line.staff.name or wanted in line.staff.post_name]


def _by_post(lines: list[BoardLine], language: str) -> list[tuple[str, float, str, str]]:
    """Rows of the chart: post, percentage who may work, both counts in words, state; most missing first."""
    there = Counter(line.staff.post_name for line in lines)
    may = Counter(line.staff.post_name for line in lines if line.verdict.may_work)
    return [
        (
            post,
            100 * may[post] / count,
            words.sentence(MAY_OF_ALL, language) % {"may": may[post], "all": count},
            "ok" if may[post] == count else "",
        )
        for post, count in sorted(there.items(), key=lambda each: may[each[0]] - each[1])
    ]
