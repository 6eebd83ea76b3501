"""An enterprise's manager on an ordinary day: a list from Excel, the rows to mend, one person's line."""

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from tests.cast.accessibility import serious_faults
from tests.cast.site import Site
from tests.cast.visitors import DESK, PHONE, enter, visit, visitor


def test_a_list_is_brought_mended_and_brought_again(browser: Browser, site: Site, tmp_path):
    page = enter(browser, site, "liu")
    page.goto(f"{site.url}/staff-import")
    with page.expect_download() as sample:
        page.get_by_role("link", name="下载示例名单").click()
    sample.value.save_as(tmp_path / "名单.xlsx")
    page.set_input_files("[name=file]", tmp_path / "名单.xlsx")
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_role("heading", name="导入结果")).to_be_visible()
    expect(page.get_by_text("本单位没有“电焊工”这个岗位，是否应为“焊工”？")).to_be_visible()
    with page.expect_download() as rows:
        page.get_by_role("link", name="下载待更正的行").click()
    rows.value.save_as(tmp_path / "更正.xlsx")
    mend(tmp_path / "更正.xlsx")
    page.goto(f"{site.url}/staff-import")
    page.set_input_files("[name=file]", tmp_path / "更正.xlsx")
    page.get_by_role("button", name="导入").click()
    expect(page.locator("tbody tr")).to_have_count(4)
    page.goto(f"{site.url}/staff")
    page.fill("[name=q]", "张伟强")
    page.get_by_role("button", name="查询").click()
    page.get_by_role("link", name="张伟强").click()
    expect(page.get_by_text("低压电工作业")).to_be_visible()


def mend(path) -> None:
    """What the clerk does in Excel: the post's right name where another stood."""
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[2].value == "电焊工":
            row[2].value = "焊工"
    book.save(path)


def test_an_id_number_is_judged_when_its_field_is_left(browser: Browser, site: Site):
    page = enter(browser, site, "liu")
    broken: list[str] = []
    page.on("console", lambda said: broken.append(said.text))
    for language, said in (("zh_CN", "校验码"), ("en", "check digit")):
        page.context.add_cookies([{"name": "anpei_lang", "value": language, "url": site.url}])
        page.goto(f"{site.url}/staff/new")
        field = page.locator("[name=id_number]")
        for _ in range(2):
            field.fill("990101198804120138")
            field.blur()
            expect(page.locator("#error-id_number")).to_contain_text(said)
            expect(field).to_have_attribute("aria-invalid", "true")
            assert "error-id_number" in (field.get_attribute("aria-describedby") or "")
            field.fill("990101198804120137")
            field.blur()
            expect(page.locator("#error-id_number")).to_be_hidden()
            expect(field).not_to_have_attribute("aria-invalid", "true")
    assert broken == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_new_workers_are_let_in_together_and_one_enters_with_the_slip(
    browser: Browser, site: Site, size: tuple[int, int]
):
    page = enter(browser, site, "liu", size=size)
    sample = page.context.request.get(f"{site.url}/staff-import/sample.xlsx").body()
    page.goto(f"{site.url}/staff-import")
    page.set_input_files("[name=file]", {"name": "名单.xlsx", "mimeType": "application/octet-stream", "buffer": sample})
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_role("heading", name="导入结果")).to_be_visible()
    page.goto(f"{site.url}/staff-sign-ins")
    boxes = page.get_by_role("checkbox")
    total = boxes.count()
    assert total > 1
    for place in range(total - 2):
        boxes.nth(place).uncheck()
    page.get_by_role("button", name="开通账号并生成账号通知单").click()
    slips = page.locator(".slip")
    expect(slips).to_have_count(2)
    assert serious_faults(page, "slips") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    username, password = (slips.first.locator("dd").nth(place).inner_text() for place in (2, 3))
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="打印")).to_be_hidden()
    page.goto(f"{site.url}/staff-sign-ins")
    expect(page.get_by_role("checkbox")).to_have_count(total - 2)
    worker = visitor(browser, site)
    worker.goto("/sign-in")
    worker.fill("[name=username]", username)
    worker.fill("[name=password]", password)
    worker.locator("main form button[type=submit]").click()
    expect(worker.get_by_role("heading", name="设置密码")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_screen_is_usable(browser: Browser, site: Site, language: str, size: tuple[int, int]):
    page = enter(browser, site, "liu", size=size, language=language)
    line = visit(page, "/staff").locator("tbody a[href^='/staff/']").first.get_attribute("href")
    assert line
    addresses = ["/staff", "/staff/new", "/staff/posts", "/staff-import", "/staff-sign-ins", line]
    addresses += [line.replace("/staff/", "/corrections/staff/"), "/my-account", "/my-account/password"]
    faults = []
    for address in addresses:
        visit(page, address)
        faults += serious_faults(page, address)
        if page.evaluate("document.documentElement.scrollWidth") > size[0]:
            faults.append(f"{address} scrolls sideways")
    assert faults == []
