"""A worker learns on a phone: the network goes, the page is opened again, another window is open."""

from datetime import timedelta

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_spine import BEAT, the_provider_enrols_zhang
from tests.browser.visitors import PHONE, enter
from tests.site import Site


def test_a_day_on_a_phone_with_a_bad_network(browser: Browser, site: Site):
    the_provider_enrols_zhang(browser, site)
    zhang = enter(browser, site, "zhang", size=PHONE)
    zhang.clock.install()
    zhang.goto("/my-learning")
    zhang.get_by_role("link", name="开始学习").click()
    expect_state(zhang, "counting")
    the_network_goes_for_two_minutes(zhang, site)
    the_page_is_opened_again_while_a_question_stands(zhang, site)
    another_window_is_opened(zhang, site)
    assert zhang.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    zhang.context.close()


def expect_state(page: Page, state: str) -> None:
    expect(page.locator("#study")).to_have_attribute("data-state", state)


def later(page: Page, site: Site, seconds: int = BEAT) -> None:
    """The server's clock and the page's, together."""
    site.workplace.clock.skip(timedelta(seconds=seconds))
    page.clock.run_for(seconds * 1_000)
    page.wait_for_timeout(200)


def the_network_goes_for_two_minutes(zhang: Page, site: Site) -> None:
    """An answer that was not sent says so and can be sent again; the lost minutes are not credited, the others stay."""
    zhang.context.set_offline(True)
    check = zhang.locator("form.check").first
    check.locator("input[type=radio]").last.check()
    check.get_by_role("button").click()
    expect(check.locator("[data-unsent]")).to_be_visible()
    later(zhang, site, 120)
    expect_state(zhang, "offline")
    zhang.context.set_offline(False)
    later(zhang, site)
    expect_state(zhang, "counting")
    with zhang.expect_response("**/checks/**"):
        check.get_by_role("button").click()
    expect(check.locator(".check-said")).to_be_visible()
    expect(check.locator("[data-unsent]")).to_be_hidden()


def the_page_is_opened_again_while_a_question_stands(zhang: Page, site: Site) -> None:
    """Who has not answered is told what became of the minutes."""
    for _ in range(12):
        if zhang.locator("#presence").is_visible():
            break
        later(zhang, site)
    expect(zhang.locator("#presence")).to_be_visible()
    zhang.reload()
    expect_state(zhang, "counting")
    expect(zhang.locator("#study-lost")).to_be_visible()
    later(zhang, site)
    if zhang.locator("#presence").is_visible():
        zhang.locator("#presence-here").dblclick()
        expect(zhang.locator("#presence")).to_be_hidden()
    expect_state(zhang, "counting")


def another_window_is_opened(zhang: Page, site: Site) -> None:
    """Time counts in one of them, and the other says which, with a way back."""
    other = zhang.context.new_page()
    other.goto(zhang.url)
    expect_state(other, "counting")
    later(zhang, site)
    expect_state(zhang, "elsewhere")
    zhang.locator("#study-again").get_by_role("button").click()
    expect_state(zhang, "counting")
    other.close()
