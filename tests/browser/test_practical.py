"""The practical and its practice in a browser: done by its people, usable at both widths and in both languages."""

from datetime import timedelta
from uuid import UUID

from playwright.sync_api import Browser, Page, expect

from exams.practicals import actions
from exams.practicals.queries import own_practicals
from exams.practicals.rules import Deed, Step
from exams.standards.rules import Part
from kernel.faces import Face
from kernel.ids import new_id
from tests.cast.accessibility import serious_faults
from tests.cast.practical_day import (
    CANDIDATE,
    EXAMINERS,
    k43_is_drawn,
    the_examiners_take_up_their_duty,
    the_fire_is_put_out,
    the_practical,
    zh,
)
from tests.cast.practical_sitting import Preparation
from tests.cast.site import Site
from tests.cast.visitors import DESK, PHONE, enter


def faults_of(browser: Browser, page: Page) -> list[str]:
    """The same screen for the same person at both widths and in both languages."""
    found = []
    context = browser.new_context(storage_state=page.context.storage_state(), bypass_csp=True)
    seen = context.new_page()
    for language in ("zh_CN", "en"):
        context.add_cookies([{"name": "anpei_lang", "value": language, "url": page.url}])
        seen.goto(page.url)
        for width, height in (PHONE, DESK):
            seen.set_viewport_size({"width": width, "height": height})
            name = f"{page.url} {language} {width}"
            found += serious_faults(seen, name)
            if seen.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{name} scrolls sideways")
    context.close()
    return found


def test_the_practical_is_passed_on_usable_screens(browser: Browser, site: Site):
    day, faults = Preparation(site), []
    day.trained()
    day.theory_passed()
    sitting, _ = day.opened(Part.PRACTICAL, "deng", "liang")
    faults += an_examiner_falls_ill(browser, site, sitting)
    the_practical(browser, site, look=lambda page: faults.extend(faults_of(browser, page)))
    assert faults == []


def an_examiner_falls_ill(browser: Browser, site: Site, sitting: UUID) -> list[str]:
    """邓卫东 is replaced by 唐文斌, who is put on duty while the sitting is open."""
    he = enter(browser, site, "he")
    with k43_is_drawn(site):
        he.goto("/practical")
        he.get_by_role("button", name=zh("Open the practicals")).click()
        expect(he.get_by_role("link", name=CANDIDATE)).to_be_visible()
    he.goto(f"/exam-office/sittings/{sitting}")
    staff = he.locator("[name=staff_id]")
    staff.select_option(staff.locator("option").filter(has_text="唐文斌").get_attribute("value"))
    he.get_by_role("button", name=zh("Assign"), exact=True).click()
    expect(he.locator("#staff").get_by_role("rowheader", name="唐文斌")).to_be_visible()
    he.goto("/practical")
    he.get_by_role("link", name=CANDIDATE).click()
    faults = faults_of(browser, he)
    he.get_by_text(zh("Replace %(name)s") % {"name": "邓卫东"}, exact=True).click()
    form = he.locator("form[action$='/examiners/1']")
    form.get_by_label(zh("Reason")).fill("突发疾病，已送医。")
    form.get_by_role("button").click()
    expect(he.get_by_text(zh("Replace %(name)s") % {"name": "唐文斌"}, exact=True)).to_have_count(0)
    expect(he.locator(".facts")).to_contain_text("唐文斌")
    expect(he.locator(".facts")).not_to_contain_text("邓卫东")
    he.context.close()
    return faults


def test_practice_is_explained(browser: Browser, site: Site):
    zhang = enter(browser, site, "zhang", size=PHONE)
    zhang.goto("/extinguisher-practice")
    faults = faults_of(browser, zhang)
    begin(zhang, "带电配电柜起火")
    the_fire_is_put_out(zhang, site)
    zhang.get_by_role("link", name=zh("See the explanation")).click()
    expect(zhang.get_by_role("heading", name=zh("Line by line"))).to_be_visible()
    assert zhang.locator(".line[data-lost]").count() == 0, zhang.locator("main").inner_text()
    faults += faults_of(browser, zhang)
    zhang.goto("/extinguisher-practice")
    begin(zhang, "车间油盘起火")
    faults += faults_of(browser, zhang)
    zhang.context.close()
    assert faults == []


def begin(zhang: Page, title: str) -> None:
    """A scene on the list of those to practise on."""
    zhang.locator(".scenes li").filter(has_text=title).get_by_role("button").click()
    expect(zhang.locator("#scene")).to_be_visible()


def test_a_refused_form_of_a_sheet_comes_back_as_it_was_left(browser: Browser, site: Site):
    """An examiner strikes a veto item with two letters for a reason, and later notes a refusal with three."""
    site.workplace.clock.skip(timedelta(hours=5))  # the staff of the sitting before are free again
    day = Preparation(site, "tursun")
    day.trained()
    day.theory_passed()
    sitting, _ = day.opened(Part.PRACTICAL, absent=EXAMINERS)
    the_examiners_take_up_their_duty(browser, site)
    day.do(day.he, actions.open_practicals, sitting)
    site.workplace.clock.skip(timedelta(seconds=1))
    with site.workplace.reading(day.zhang, Face.EXAMINATION) as reading:
        practical = own_practicals(reading)[0]
    day.do(day.he, actions.draw_items, practical.id)
    tang = enter(browser, site, "tang", size=PHONE)
    tang.goto(f"/practical/{practical.id}/sheets/K2")
    veto = tang.locator("details.veto").first
    veto.locator("summary").click()
    veto.locator("textarea").fill("触电")
    veto.get_by_role("button").click()
    expect(veto.locator(".field-error")).to_be_visible()
    expect(veto.locator("textarea")).to_have_value("触电")
    veto.locator("textarea").fill("带电接线，被当场制止")
    veto.get_by_role("button").click()
    expect(veto.get_by_text(zh("Struck"))).to_be_visible()
    complete = Step(Deed.COMPLETE)
    for who in ("tang", "liang"):
        examiner = day.actor(who)
        day.do(examiner, actions.step_sheet, practical.id, "K1", step_id=new_id(), seen=0, step=complete)
    tang.goto(f"/practical/{practical.id}/sheets/K1")
    refusal = tang.locator("details.confirm")
    refusal.locator("summary").click()
    refusal.locator("textarea").fill("不签字")
    refusal.get_by_role("button").click()
    expect(refusal.locator(".field-error")).to_be_visible()
    expect(refusal.locator("textarea")).to_have_value("不签字")
    tang.context.close()
    the_office_ends_it(browser, site, practical.id)


def the_office_ends_it(browser: Browser, site: Site, practical: UUID) -> None:
    """At both widths; the candidate reads why."""
    he = enter(browser, site, "he")
    he.goto(f"/practical/{practical}")
    faults = faults_of(browser, he)
    he.get_by_text(zh("Void it: not the candidate's fault"), exact=True).click()
    form = he.locator("form", has=he.locator("[value=voided]"))
    form.get_by_label(zh("What happened, and whose fault it is")).fill("考评员误判否决项")
    form.get_by_role("button").click()
    expect(form.locator(".field-error")).to_be_visible()
    form.locator("textarea").fill("考评员误判否决项，系考评员责任。")
    form.get_by_role("button").click()
    expect(he.get_by_text(zh("Voided by the exam office: no attempt is used"))).to_be_visible()
    faults += faults_of(browser, he)
    he.goto("/practical")
    faults += faults_of(browser, he)
    he.context.close()
    candidate = enter(browser, site, "tursun", size=PHONE)
    candidate.goto("/my-practical")
    expect(candidate.get_by_text("考评员误判否决项，系考评员责任。")).to_be_visible()
    faults += faults_of(browser, candidate)
    candidate.context.close()
    assert faults == []
