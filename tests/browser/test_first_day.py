"""The first day of an office: an account, a centre with a room, somebody in the pool. And how it looks on a phone."""

from playwright.sync_api import Browser, Page, expect

from people.accounts.rules.id_numbers import check_digit
from tests.cast.accessibility import serious_faults
from tests.cast.practical_day import zh
from tests.cast.site import Site
from tests.cast.visitors import DESK, PHONE, enter, visitor

NUMBER = "99010319850607077"
OWN = "一句只有自己知道的话"


def test_an_invigilator_is_hired_and_put_into_the_pool_of_a_new_centre(browser: Browser, site: Site):
    password = the_administrator_opens_an_account(browser, site)
    the_invigilator_chooses_a_password(browser, site, password)
    the_office_sets_up_a_centre(browser, site)


def the_administrator_opens_an_account(browser: Browser, site: Site) -> str:
    tian = enter(browser, site, "tian")
    tian.goto("/accounts/new")
    tian.locator("[name=name]").fill("王秀兰")
    tian.locator("[name=document_number]").fill(NUMBER + check_digit(NUMBER))
    tian.locator("[name=username]").fill("wangxl")
    tian.get_by_label("监考员").check()
    tian.get_by_label("培训教师").check()
    tian.locator("[name=organisation_id]").select_option(label="江城市安全生产考试中心（演示） · 考试点")
    tian.get_by_role("button", name=zh("Open the account")).click()
    expect(tian.locator("#problem")).to_contain_text("教考分离")
    expect(tian.locator("[name=name]")).to_have_value("王秀兰")
    tian.get_by_label("培训教师").uncheck()
    tian.get_by_role("button", name=zh("Open the account")).click()
    password = tian.locator(".slip dd").nth(2).inner_text()
    tian.goto("/accounts")
    expect(tian.get_by_role("row").filter(has_text="wangxl")).to_contain_text("待首次登录")
    looked_at(tian)
    tian.get_by_role("link", name="王秀兰").click()
    expect(tian.get_by_role("heading", name="王秀兰")).to_be_visible()
    for address in (tian.url, "/organisations", "/accounts/new"):
        tian.goto(address)
        looked_at(tian)
    leave(tian)
    return password


def the_invigilator_chooses_a_password(browser: Browser, site: Site, password: str) -> None:
    wang = visitor(browser, site, size=PHONE)
    wang.goto("/sign-in?next=/invigilation")
    wang.fill("#field-username", "wangxl")
    wang.fill("#field-password", password)
    wang.locator("main form button[type=submit]").click()
    expect(wang.get_by_role("heading", name=zh("Choose a password"))).to_be_visible()
    wang.fill("#field-current", password)
    wang.fill("#field-new", OWN)
    wang.fill("#field-again", OWN)
    wang.get_by_role("button", name=zh("Use this password")).click()
    expect(wang.get_by_role("heading", name=zh("My account"))).to_be_visible()
    looked_at(wang)
    wang.goto("/invigilation")
    expect(wang).to_have_url(f"{site.url}/invigilation")
    leave(wang)


def the_office_sets_up_a_centre(browser: Browser, site: Site) -> None:
    he = enter(browser, site, "he")
    he.goto("/exam-centres")
    he.locator("[name=name_zh]").fill("江东考试点")
    he.locator("[name=code]").fill("JD01")
    he.get_by_role("button", name=zh("Add the centre")).click()
    he.locator("[name=name_zh]").fill("一号机房")
    he.locator("[name=code]").fill("T1")
    he.locator("[name=kind]").select_option("theory")
    he.locator("[name=rows]").fill("3")
    he.locator("[name=columns]").fill("4")
    he.get_by_role("button", name=zh("Add the room")).click()
    expect(he.get_by_role("row").filter(has_text="一号机房")).to_contain_text("12")
    he.get_by_role("link", name=zh("Take somebody into the pool")).click()
    he.locator("[name=q]").fill("王秀兰")
    he.get_by_role("button", name=zh("Find")).click()
    he.locator("[name=duty][value=invigilator]").check()
    he.get_by_role("button", name=zh("Take into the pool")).click()
    expect(he.locator("#pool").get_by_role("rowheader", name="王秀兰")).to_be_visible()
    looked_at(he)
    he.get_by_role("link", name="一号机房").click()
    expect(he.get_by_role("heading", name="一号机房")).to_be_visible()
    for address in (he.url, "/exam-centres", "/exam-bars", "/exam-bars/new?q=李建国"):
        he.goto(address)
        looked_at(he)
    he.goto("/exam-office/sittings/new")
    expect(he.locator("[name=room_id] option").filter(has_text="一号机房")).to_have_count(1)
    leave(he)


def looked_at(page: Page) -> None:
    """This page on a phone and on a desk, in the other language too: no serious fault, no sideways scroll."""
    for language, (width, height) in (("zh_CN", PHONE), ("en", PHONE), ("en", DESK), ("zh_CN", DESK)):
        page.context.add_cookies([{"name": "anpei_lang", "value": language, "url": page.url}])
        page.set_viewport_size({"width": width, "height": height})
        page.reload()
        assert serious_faults(page, f"{page.url} {language} {width}") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def leave(page: Page) -> None:
    page.context.close()
