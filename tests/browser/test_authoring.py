"""A question's way from its author to the pool, in the browser; each screen in both sizes and languages."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from question_bank.kinds import KINDS
from tests.cast.accessibility import serious_faults
from tests.cast.site import Site
from tests.cast.visitors import DESK, PHONE, enter, visit


def write(page: Page) -> str:
    """Write a question by hand; the address of the draft."""
    page.goto("/authoring")
    page.get_by_role("link", name="编写试题").click()
    page.get_by_label("低压电工作业").check()
    page.get_by_label("单选题").check()
    page.get_by_role("button", name="继续").click()
    page.locator("#field-stem").fill("检修照明线路前，首先应当（ ）。")
    for letter, text in zip("ABC", ("断开电源并验电", "戴好绝缘手套操作", "通知值班人员离开"), strict=True):
        page.fill(f"#field-option_{letter}", text)
    page.check("input[name=key][value=A]")
    page.get_by_label("解析").fill("先停电、验电，再作业。")
    page.get_by_label("依据").fill("教材通识：停电作业的技术措施")
    page.get_by_label("知识点").select_option("LV13")
    page.get_by_label("掌握程度").select_option("proficient")
    page.get_by_role("button", name="存为草稿").click()
    page.wait_for_url("**/authoring/versions/*")
    return page.url


def test_a_question_comes_into_use_by_three_people(browser: Browser, site: Site):
    author = enter(browser, site, "zheng")
    draft = write(author)
    assert author.get_by_text("审题通过……").count() == 0
    for username, opener, button, state in (
        ("feng", "审题通过……", "审题通过 LV13-N001", "已审题"),
        ("shen", "审定……", "审定 LV13-N001", "已审定"),
    ):
        page = enter(browser, site, username)
        page.goto(draft)
        page.get_by_text(opener).click()
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(f"{state}\\s*$"))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_screen_of_the_bank_can_be_used(browser: Browser, site: Site, size: tuple[int, int], language: str):
    page = enter(browser, site, "zheng", size=size, language=language)
    page.goto("/authoring?bank=low_voltage&kind=single_choice")
    version = page.locator("main table a").first.get_attribute("href")
    assert version
    addresses = ["/authoring", "/authoring/new", version, f"{version}/rewrite"]
    addresses += [f"/authoring/new?bank=low_voltage&kind={kind}" for kind in KINDS if kind != "single_choice"]
    for address in addresses:
        visit(page, address)
        assert serious_faults(page, address) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
