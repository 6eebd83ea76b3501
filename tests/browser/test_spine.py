"""One worker's whole way, from the staff list to a certificate that an inspector verifies, on screens alone.

Every step is done by the person whose step it is. The server's clock is skipped where people would wait; the pages' own
clocks go with it.
"""

import re
from datetime import timedelta

from playwright.sync_api import Browser, Page, expect

from tests.browser.visitors import PHONE, enter
from tests.site import Site

BEAT = 10  # seconds between two signs of life of the lesson page
LESSONS = 3  # of the demonstration's shortened outline


def test_from_the_first_lesson_to_a_verified_certificate(browser: Browser, site: Site, tmp_path):
    the_enterprise_imports_its_staff(browser, site, tmp_path)
    the_provider_enrols_zhang(browser, site)
    zhang_learns(browser, site)


def the_enterprise_imports_its_staff(browser: Browser, site: Site, tmp_path) -> None:
    liu = enter(browser, site, "liu")
    liu.goto("/staff-import")
    with liu.expect_download() as sample:
        liu.get_by_role("link", name="下载示例名单").click()
    sample.value.save_as(tmp_path / "名单.xlsx")
    liu.set_input_files("[name=file]", tmp_path / "名单.xlsx")
    liu.get_by_role("button", name="导入").click()
    expect(liu.get_by_role("heading", name="导入结果")).to_be_visible()
    expect(liu.get_by_text("本单位没有“电焊工”这个岗位，是否应为“焊工”？")).to_be_visible()
    leave(liu)


def the_provider_enrols_zhang(browser: Browser, site: Site) -> None:
    zhao = enter(browser, site, "zhao")
    zhao.goto("/enrolment/new")
    zhao.get_by_label("姓名").fill("张伟强")
    zhao.get_by_role("button", name="查找").click()
    zhao.get_by_label("吴振华").check()
    zhao.locator("[name=demonstration]").check()
    zhao.get_by_role("button", name="报名").click()
    expect(zhao.get_by_role("heading", name="张伟强")).to_be_visible()
    leave(zhao)


def zhang_learns(browser: Browser, site: Site) -> None:
    zhang = enter(browser, site, "zhang", size=PHONE)
    zhang.clock.install()
    for _ in range(LESSONS):
        zhang.goto("/my-learning")
        zhang.get_by_role("link", name="开始学习").or_(zhang.get_by_role("link", name="继续学习")).click()
        expect(zhang.locator("#study")).to_have_attribute("data-state", re.compile("counting|asked"))
        answer_the_self_checks(zhang)
        watch_the_film(zhang)
        study_until_the_time_is_reached(zhang, site)
        zhang.get_by_role("button", name="完成本课").click()
        expect(zhang.get_by_text("本课已完成")).to_be_visible()
    zhang.goto("/my-learning")
    expect(zhang.get_by_text("学时已修满")).to_be_visible()
    leave(zhang)


def answer_the_self_checks(zhang: Page) -> None:
    """Try one answer after the other, as somebody does who reads the reason and tries again."""
    for number in range(zhang.locator("form.check").count()):
        check = zhang.locator("form.check").nth(number)
        for choice in range(check.locator("input[type=radio]").count()):
            check.locator("input[type=radio]").nth(choice).check()
            with zhang.expect_response("**/checks/**"):
                check.get_by_role("button").click()
            expect(check.locator(".check-said")).to_be_visible()
            if "check-right" in (check.get_attribute("class") or ""):
                break


def watch_the_film(zhang: Page) -> None:
    """The whole film at its own speed; a presence check in the middle stops it until it is answered."""
    film = zhang.locator("#film")
    if not film.count():
        return
    while not film.evaluate("film => film.ended"):
        if zhang.locator("#presence").is_visible():
            zhang.locator("#presence-here").click()
        if film.evaluate("film => film.paused && !film.ended"):
            film.evaluate("film => film.play()")
        zhang.wait_for_timeout(500)


def study_until_the_time_is_reached(zhang: Page, site: Site) -> None:
    """Let the server's clock and the page's go forward together, a beat at a time."""
    finish = zhang.get_by_role("button", name="完成本课")
    for _ in range(30):
        if finish.count():
            return
        if zhang.locator("#presence").is_visible():
            zhang.locator("#presence-here").click()
        site.workplace.clock.skip(timedelta(seconds=BEAT))
        zhang.clock.run_for(BEAT * 1_000)
        zhang.wait_for_timeout(200)
    expect(finish).to_be_visible()


def leave(page: Page) -> None:
    page.context.close()
