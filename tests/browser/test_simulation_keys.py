"""The keys of the simulation act while the focus is in the picture or among the handles, and nowhere else."""

import json

from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.test_practical import begin
from tests.cast.practical_day import zh
from tests.cast.site import Site
from tests.cast.visitors import enter


def test_keys_act_where_the_focus_is(browser: Browser, site: Site):
    zhang = enter(browser, site, "zhang")
    zhang.goto("/extinguisher-practice")
    begin(zhang, "车间油盘起火")
    expect(zhang.locator("#clock")).to_contain_text(":")
    done = deeds(zhang)
    zhang.keyboard.press("Space")  # nothing has the focus
    for elsewhere in ('[data-deed="raise_alarm"]', '[data-card] [data-deed="pick"]', "a.skip"):
        zhang.locator(elsewhere).first.focus()
        for key in ("1", "2", "3", "ArrowLeft", "ArrowRight"):
            zhang.keyboard.press(key)
    picture = zhang.locator(".sim-stage")
    zhang.get_by_role("heading", name=zh("Handling")).click()  # whoever touches the handles is there
    press(zhang, "1")
    picture.focus()
    press(zhang, "2")
    press(zhang, "Space")
    press(zhang, "ArrowLeft")
    zhang.locator('[data-deed="shake"]').focus()
    press(zhang, "3")
    press(zhang, "Space")  # presses the button that has the focus, and squeezes nothing
    assert done == ["aim base", "aim flame", "squeeze", "sweep", "aim smoke", "shake"]
    zhang.context.close()


def deeds(page: Page) -> list[str]:
    """What leaves this page from now on."""
    sent: list[str] = []

    def hear(request: Request) -> None:
        if request.url.endswith("/operations"):
            body = json.loads(request.post_data or "")
            sent.append(" ".join([body["name"], *body["given"].values()]))

    page.on("request", hear)
    return sent


def press(page: Page, key: str) -> None:
    with page.expect_response("**/operations"):
        page.keyboard.press(key)
