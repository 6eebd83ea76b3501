"""A worker learns on an old phone with a bad network; the provider corrects a class; the worker leaves the course."""

from datetime import timedelta

from playwright.sync_api import Browser, Page, expect

from kernel.clock import shanghai_date
from tests.browser.old_browser import AN_OLD_BROWSER
from tests.browser.test_spine import the_provider_enrols_zhang
from tests.cast.accessibility import serious_faults
from tests.cast.learner_steps import a_beat_later
from tests.cast.practical_day import zh
from tests.cast.site import Site
from tests.cast.visitors import DESK, PHONE, enter


def test_a_day_on_an_old_phone_with_a_bad_network(browser: Browser, site: Site):
    the_provider_enrols_zhang(browser, site)
    zhang = enter(browser, site, "zhang", size=PHONE)
    zhang.clock.install()
    zhang.add_init_script(AN_OLD_BROWSER)
    zhang.goto("/my-learning")
    zhang.get_by_role("link", name="开始学习").click()
    expect_state(zhang, "counting")
    assert zhang.evaluate("[AbortSignal.timeout, document.createElement('dialog').showModal].every((one) => !one)")
    the_network_goes_for_two_minutes(zhang, site)
    the_page_is_opened_again_while_a_question_stands(zhang, site)
    another_window_is_opened(zhang, site)
    assert zhang.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    zhang.context.close()
    held_on = shanghai_date(site.workplace.clock.now())
    site.workplace.clock.skip(timedelta(days=1))
    the_provider_records_a_class_and_strikes_it_out(browser, site, held_on.isoformat())
    zhang_leaves_the_course(browser, site)


def expect_state(page: Page, state: str) -> None:
    expect(page.locator("#study")).to_have_attribute("data-state", state)


def the_network_goes_for_two_minutes(zhang: Page, site: Site) -> None:
    """An answer that was not sent says so and can be sent again; the lost minutes are not credited, the others stay."""
    zhang.context.set_offline(True)
    check = zhang.locator("form.check").first
    check.locator("input[type=radio]").last.check()
    check.get_by_role("button").click()
    expect(check.locator("[data-unsent]")).to_be_visible()
    site.workplace.clock.skip(timedelta(minutes=2))
    zhang.clock.run_for(120_000)
    expect_state(zhang, "offline")
    zhang.context.set_offline(False)
    a_beat_later(zhang, site)
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
        a_beat_later(zhang, site)
    expect(zhang.locator("#presence")).to_be_visible()
    zhang.reload()
    expect_state(zhang, "counting")
    expect(zhang.locator("#study-lost")).to_be_visible()
    a_beat_later(zhang, site)
    if zhang.locator("#presence").is_visible():
        zhang.locator("#presence-here").dblclick()
        expect(zhang.locator("#presence")).to_be_hidden()
    expect_state(zhang, "counting")


def another_window_is_opened(zhang: Page, site: Site) -> None:
    """Time counts in one of them, and the other says which, with a way back."""
    other = zhang.context.new_page()
    other.goto(zhang.url)
    expect_state(other, "counting")
    a_beat_later(zhang, site)
    expect_state(zhang, "elsewhere")
    zhang.locator("#study-again").get_by_role("button").click()
    expect_state(zhang, "counting")
    other.close()


def the_provider_records_a_class_and_strikes_it_out(browser: Browser, site: Site, held_on: str) -> None:
    """At the desk: a class, the same one again by mistake, and the record of somebody who was not there."""
    zhao = enter(browser, site, "zhao")
    for refused in (False, True):
        zhao.goto("/enrolment/classes/new")
        zhao.locator("[name=subject]").fill("电动机接线")
        zhao.locator("[name=place]").fill("二号实训室")
        zhao.locator("[name=held_on][type=text]").fill(held_on)
        zhao.locator("[name=begins]").fill("08：30")
        zhao.locator("[name=hours]").fill("4")
        zhao.locator("[name=teacher]").select_option(label="吴振华")
        zhao.get_by_label("张伟强").check()
        zhao.get_by_role("button", name=zh("Record the class")).click()
        expect(zhao.locator("#problem") if refused else zhao.get_by_role("heading", name="电动机接线")).to_be_visible()
    assert zhao.locator("[name=subject]").input_value() == "电动机接线"
    usable(zhao)
    zhao.goto("/enrolment/classes")
    usable(zhao)
    zhao.get_by_role("link", name="电动机接线").click()
    zhao.get_by_text(zh("Strike out a wrong record"), exact=True).click()
    usable(zhao)
    zhao.get_by_label("张伟强").check()
    zhao.locator("[name=reason]").fill("当天请假，未到课")
    zhao.get_by_role("button", name=zh("Strike out for the learners ticked")).click()
    expect(zhao.get_by_text("当天请假，未到课")).to_be_visible()
    zhao.get_by_role("link", name="张伟强").click()
    expect(zhao.get_by_text(zh("Withdraw this learner"), exact=True)).to_be_visible()
    usable(zhao)
    zhao.context.close()


def usable(page: Page) -> None:
    """On a phone and at a desk: nothing scrolls sideways, and axe finds nothing serious."""
    for size in (PHONE, DESK):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert serious_faults(page, f"{page.url} {size[0]}") == []


def zhang_leaves_the_course(browser: Browser, site: Site) -> None:
    zhang = enter(browser, site, "zhang", size=PHONE)
    zhang.goto("/my-learning")
    zhang.get_by_text(zh("Leave this course"), exact=True).click()
    usable(zhang)
    zhang.get_by_role("button", name=zh("Leave the course")).click()
    expect(zhang.get_by_text(zh("You are not enrolled in a course yet"))).to_be_visible()
    zhang.context.close()
