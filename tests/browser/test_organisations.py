"""A registry brings in three thousand enterprises on one morning, mends what was wrong, and finds each of them."""

import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, Page, expect

from host.wiring import task_kinds
from kernel import sheets
from kernel.faces import Face
from kernel.tasks.running import run_due
from tests.cast.accessibility import serious_faults
from tests.cast.site import Site
from tests.cast.visitors import PHONE, enter, visit
from tests.integration.people.organisations.conftest import a_code
from web.words import catalogue

HEADINGS = ["单位名称", "统一社会信用代码", "单位类型", "所在地区", "所属行业", "联系电话"]
HOW_MANY = 3_000
zh = catalogue("zh_CN").gettext


def a_row(serial: int) -> list[str]:
    county = ("城关区", "江城市 / 高新区", "990201", "")[serial % 4]
    return [f"江城第{serial}机械厂", a_code(serial), "企业", county, "机械制造", f"1000000{serial % 10_000:04d}"]


def three_thousand() -> bytes:
    """A list as offices have it; in every thousandth row something is wrong."""
    rows = [a_row(serial) for serial in range(1, HOW_MANY + 1)]
    rows[999][5] = "0551-66778899"
    rows[1999][1] = rows[1999][1][:-1] + "?"
    rows[2999][3] = "火星区"
    return sheets.workbook("企业名单", HEADINGS, rows, [24] * len(HEADINGS))


def brings(page: Page, file: Path) -> None:
    visit(page, "/organisation-import")
    page.set_input_files("#field-file", file)
    page.get_by_role("button", name=zh("Import the list")).click()
    page.wait_for_url("**/organisation-import/lists/*")


def expect_figures(page: Page, *figures: int) -> None:
    shown = page.locator(".figure-value")
    for place, figure in enumerate(figures):
        expect(shown.nth(place)).to_have_text(f"{figure}")


def test_three_thousand_enterprises_come_in_on_one_morning(browser: Browser, site: Site, tmp_path: Path):
    tian = enter(browser, site, "tian")
    whole = tmp_path / "企业名单.xlsx"
    whole.write_bytes(three_thousand())
    brings(tian, whole)
    expect(tian.get_by_role("heading", name=zh("A list of organisations is being imported"))).to_be_visible()
    run_due(site.workplace, task_kinds(site.workplace.settings), Face.REGISTRY)
    expect(tian.get_by_role("heading", name=zh("Result of the import"))).to_be_visible()
    expect_figures(tian, HOW_MANY - 3, 0, 3)
    assert serious_faults(tian, "report") == []

    with tian.expect_download() as coming:
        tian.get_by_role("link", name=zh("Excel of the rows to mend")).click()
    book = openpyxl.load_workbook(io.BytesIO(coming.value.path().read_bytes()))
    sheet = book.worksheets[0]
    assert [sheet.cell(row, 7).value for row in (2, 3, 4)] == ["1001", "2001", "3001"]
    mend = {2: (6, "10000001000"), 3: (2, a_code(2000)), 4: (4, "临江县")}
    for row, (column, value) in mend.items():
        sheet.cell(row, column).value = value
    stream = io.BytesIO()
    book.save(stream)
    mended = tmp_path / "mended.xlsx"
    mended.write_bytes(stream.getvalue())
    brings(tian, mended)
    run_due(site.workplace, task_kinds(site.workplace.settings), Face.REGISTRY)
    expect(tian.get_by_role("heading", name=zh("Result of the import"))).to_be_visible()
    expect_figures(tian, 3, 0, 0)

    visit(tian, "/organisations?q=江城第2000机械厂")
    found = tian.get_by_role("row").filter(has_text="江城第2000机械厂")
    expect(found).to_contain_text(a_code(2000))
    phone = enter(browser, site, "tian", size=PHONE)
    visit(phone, "/organisations?q=江城第3000机械厂")
    expect(phone.get_by_text("临江县").first).to_be_visible()
