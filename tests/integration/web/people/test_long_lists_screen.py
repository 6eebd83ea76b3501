"""A manager sees how far a long list has come, may stop it, and finds the report where the progress was."""

import io

import httpx
import openpyxl
import pytest

from host.wiring import task_kinds
from kernel.faces import Face
from kernel.ids import new_id
from kernel.tasks.running import run_due
from tests.cast.site import Site
from tests.integration.people.organisations.conftest import a_list, a_row, an_id

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def long_list(born: str, rows: int = 900) -> bytes:
    content: bytes = a_list(*(a_row(0, "员工甲", id=an_id(at + 50, born)) for at in range(rows)))
    return content


def bring(client: httpx.Client, content: bytes) -> str:
    answer = client.post("/staff-import", files={"file": ("花名册.xlsx", content)})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def steps(site: Site, most: int = 1_000) -> None:
    """What worker processes would do meanwhile."""
    left = iter(range(most))
    run_due(
        site.workplace,
        task_kinds(site.workplace.settings),
        Face.REGISTRY,
        keep_going=lambda: next(left, None) is not None,
    )


@pytest.fixture
def liu(site: Site) -> httpx.Client:
    return site.client("liu")


def test_nobody_else_sees_or_stops_it(site: Site, liu: httpx.Client):
    address = bring(liu, long_list("19510101"))
    for who in ("zhang", "tian"):
        assert site.client(who).get(address).status_code == 403
        assert site.client(who).post(f"{address}/cancel").status_code == 403
    assert site.client("sun").get(address).status_code == 404  # the manager of another enterprise
    assert site.client("sun").post(f"{address}/cancel").status_code == 404
    assert liu.get(f"/staff-import/reports/{new_id()}").status_code == 404
    liu.post(f"{address}/cancel")
    steps(site)


def test_the_page_goes_from_waiting_to_progress_to_the_report(site: Site, liu: httpx.Client):
    address = bring(liu, long_list("19520101"))
    assert "Waits its turn" in liu.get(address).text
    assert address in liu.get("/staff-import").text
    steps(site, 2)
    part = liu.get(address, headers=PART)
    assert "400 of 900" in part.text
    assert "<html" not in part.text
    chinese = site.client("liu", language="zh_CN").get(address)
    assert "正在导入长名单" in chinese.text
    steps(site)
    assert liu.get(address, headers=PART).headers["hx-refresh"] == "true"
    report = liu.get(address).text
    assert "Result of the import" in report
    assert "900" in report


def test_stopped_in_the_middle_the_report_says_how_many_nobody_looked_at(site: Site, liu: httpx.Client):
    address = bring(liu, long_list("19530101"))
    steps(site, 2)
    assert liu.post(f"{address}/cancel").status_code == 303
    assert "Is being stopped" in liu.get(address).text
    steps(site)
    report = liu.get(address).text
    assert "Nobody looked at 500 rows" in report
    assert "Every row of the list is on your staff list" not in report


def test_a_long_list_without_headings_says_so_where_its_progress_would_be(site: Site, liu: httpx.Client):
    book = openpyxl.Workbook()
    for _ in range(2_000):
        book.worksheets[0].append(["甲", "乙", "丙", "丁", "戊", "己", "庚"])
    stream = io.BytesIO()
    book.save(stream)
    address = bring(liu, stream.getvalue())
    steps(site)
    shown = liu.get(address).text
    assert "The list was not imported" in shown
    assert "No heading row was found in the first 20 rows" in shown
    assert "hx-trigger" not in shown.partition('id="task"')[2].partition(">")[0]
    assert "Has failed" in liu.get("/staff-import").text
