"""Somebody in front of a browser, signed in, whose browser may not complain."""

from playwright.sync_api import Browser, ConsoleMessage, Page

from people.demonstration.rules import PASSWORD
from tests.cast.site import Site

PHONE = (390, 844)
DESK = (1440, 900)

# What browsers complained of in this test. A test fails on it when it ends (conftest.py): failing in the middle of an
# event of the browser would break the connection to it, for all later tests too.
COMPLAINTS: list[str] = []


def visitor(
    browser: Browser,
    site: Site,
    *,
    size: tuple[int, int] = DESK,
    language: str = "zh_CN",
    bypass_csp: bool = False,
) -> Page:
    """A browser of somebody who has not signed in."""
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        accept_downloads=True,
        bypass_csp=bypass_csp,
    )
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": "anpei_lang", "value": language, "url": site.url}])
    page = context.new_page()
    page.on("pageerror", lambda error: COMPLAINTS.append(f"{page.url}: {error}"))
    page.on("console", lambda message: _no_policy_broken(page, message))
    return page


def _no_policy_broken(page: Page, message: ConsoleMessage) -> None:
    if "Content Security Policy" in message.text:
        COMPLAINTS.append(f"{page.url}: {message.text}")


def visit(page: Page, address: str, *, status: int = 200) -> Page:
    """Go there; a page that answers otherwise than expected is not the page that was to be looked at."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status, f"{address}: {answer.status}"
    return page


def enter(
    browser: Browser, site: Site, username: str, *, size: tuple[int, int] = DESK, language: str = "zh_CN"
) -> Page:
    """The browser of `username`, signed in, on the first page."""
    page = visitor(browser, site, size=size, language=language)
    page.goto("/sign-in")
    page.fill("#field-username", username)
    page.fill("#field-password", PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"{site.url}/")
    return page
