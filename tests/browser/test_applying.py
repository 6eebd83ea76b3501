"""An organisation applies on a phone, an officer compares and admits, and its manager comes in by themselves."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from kernel.actor import platform
from kernel.faces import Face
from people.admissions.actions.deciding import take_in_applications
from tests.cast.accessibility import serious_faults
from tests.cast.applying import a_licence
from tests.cast.site import Site
from tests.cast.telephones import digits_on, on, ring
from tests.cast.visitors import PHONE, enter, visit, visitor
from tests.integration.people.organisations.conftest import a_code
from web.words import catalogue

zh = catalogue("zh_CN").gettext
NUMBER = "10000004321"


def proves(page: Page, site: Site) -> None:
    page.get_by_label(zh("Mobile number")).fill(NUMBER)
    page.get_by_role("button", name=zh("Send me the digits")).click()
    page.wait_for_url("**/apply/code")
    ring(site.workplace)
    page.get_by_label(zh("Digits of the message")).fill(digits_on(site.workplace, NUMBER))
    page.get_by_role("button", name=zh("Go on")).click()


def test_an_enterprise_applies_on_a_phone_and_its_manager_is_in(browser: Browser, site: Site, tmp_path: Path):
    licence = tmp_path / "营业执照.jpg"
    licence.write_bytes(a_licence())
    page = visitor(browser, site, size=PHONE)
    visit(page, "/")
    page.get_by_role("link", name=zh("Apply for your organisation")).click()
    assert serious_faults(page, "apply") == []
    proves(page, site)
    page.wait_for_url("**/apply/form")
    page.get_by_label(zh("Kind of organisation")).select_option("enterprise")
    page.get_by_label(zh("Name of the organisation")).fill("江城永固机械厂")
    page.get_by_label(zh("Unified social credit code")).fill(a_code(7001)[:-1])
    page.get_by_label(zh("Region")).select_option("990101")
    page.get_by_label(zh("Who speaks for it")).fill("赵敏")
    page.set_input_files("#field-licence", licence)
    page.get_by_role("button", name=zh("Hand in the application")).click()
    expect(page.locator("#field-credit_code")).to_have_attribute("aria-invalid", "true")
    page.get_by_label(zh("Unified social credit code")).fill(a_code(7001))
    page.set_input_files("#field-licence", licence)
    assert serious_faults(page, "form") == []
    page.get_by_role("button", name=zh("Hand in the application")).click()
    expect(page.get_by_text(zh("It is with the officer of your region"))).to_be_visible()
    reference = page.url.rsplit("/", 1)[1]

    admits(browser, site)
    site.workplace.clock.skip(timedelta(minutes=1))
    visit(page, f"/apply/state/{reference}")
    expect(page.get_by_text(zh("Your organisation is admitted"))).to_be_visible()
    comes_in(page, site)


def admits(browser: Browser, site: Site) -> None:
    """The officer sees picture and data side by side; the button once more, and the way back, do no harm."""
    with site.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        take_in_applications(work)
    tian = enter(browser, site, "tian")
    visit(tian, "/organisation-applications")
    tian.get_by_role("link", name="江城永固机械厂").click()
    shown = tian.locator("img.licence")
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.complete && picture.naturalWidth") == 2000
    assert serious_faults(tian, "application") == []
    tian.get_by_role("button", name=zh("Admit this organisation")).click()
    expect(tian.get_by_role("button", name=zh("Admit this organisation"))).to_have_count(0)
    tian.go_back()
    tian.reload()
    expect(tian.get_by_text(zh("Admitted"))).to_be_visible()


def comes_in(page: Page, site: Site) -> None:
    """From the link on the telephone to the own enterprise."""
    ring(site.workplace)
    link = on(site.workplace, NUMBER)[-1].split("http", 1)[1].split("/", 3)[3].split(" ")[0]
    visit(page, f"/{link}")
    expect(page.get_by_text("江城永固机械厂")).to_be_visible()
    assert serious_faults(page, "first sign-in") == []
    page.get_by_label(zh("Your name")).fill("赵敏")
    page.get_by_label(zh("Identity document")).select_option("passport")
    page.get_by_label(zh("Number of the document")).fill("E77001234")
    page.get_by_label(zh("User name")).fill("zhao.min")
    page.locator("#field-new").fill("a sentence of my own")
    page.locator("#field-again").fill("a sentence of my own")
    page.get_by_role("button", name=zh("Open my account and go in")).click()
    expect(page.get_by_role("link", name=zh("Staff")).first).to_be_visible()
    visit(page, "/staff")
    expect(page.get_by_text("江城永固机械厂").first).to_be_visible()
