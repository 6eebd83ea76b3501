"""Two officers: one prepares, the other reads what will happen and confirms; a result is released, then revised."""

import pytest
from playwright.sync_api import Browser, Page, expect

from exams.invigilation.actions.supervising import close_room
from exams.marking.queries import replay
from exams.scoring.rules import Outcome
from host.wiring import wiring
from kernel.faces import Face
from kernel.jobs import deliver_due
from tests.cast.accessibility import serious_faults
from tests.cast.exam_day import ExamDay, Someone, exam_day
from tests.cast.exam_room import begun, right_answers
from tests.cast.practical_day import zh
from tests.cast.site import Site, serving
from tests.cast.visitors import DESK, PHONE, visitor
from web.frame.work import SESSION_COOKIE


@pytest.fixture(scope="module")
def site(copies):
    with copies.migrated() as machine, serving(machine.workplace(wiring(machine.settings))) as served:
        yield served


def arrive(browser: Browser, site: Site, who: Someone, language: str = "zh_CN") -> Page:
    page = visitor(browser, site, language=language, bypass_csp=True)
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": who.token, "url": site.url}])
    return page


def faults_of(page: Page, name: str) -> list[str]:
    """What is wrong with the page that stands there, in both languages, at a desk and on a phone."""
    found: list[str] = []
    for language in ("en", "zh_CN"):
        page.context.add_cookies([{"name": "anpei_lang", "value": language, "url": page.evaluate("location.origin")}])
        page.reload()
        for width, height in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": height})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{name} {language} {width} scrolls sideways")
            found += serious_faults(page, f"{name} {language} {width}")
    return found


def sat(site: Site) -> ExamDay:
    """One candidate with 79 right answers; the room is closed and the paper marked."""
    day = exam_day(site.workplace, candidates=1, by_day=True)
    day.open()
    sheet = begun(day, day.candidates[0])
    sheet.save(*right_answers(day, sheet.attempt_id, 79))
    sheet.hand_in()
    deliver_due(site.workplace, Face.EXAMINATION)
    day.do(day.invigilators[0], close_room, sitting_id=day.sitting_id)
    day.result_of(day.candidates[0])
    return day


def test_a_release_and_a_revision_go_through_two_pairs_of_eyes(browser: Browser, site: Site):
    day = sat(site)
    he, zeng = arrive(browser, site, day.officer), arrive(browser, site, day.second)
    faults = the_release(day, he, zeng)
    zhang = arrive(browser, site, day.candidates[0])
    zhang.goto("/results")
    zhang.get_by_role("link", name=zh("See the result")).click()
    zhang.get_by_text(zh("Ask for a re-check"), exact=True).click()
    zhang.locator("[name=reason]").fill("第三题题干缺少条件")
    zhang.get_by_role("button", name=zh("Send the request")).click()
    faults += the_revision(day, he, zeng)
    zhang.reload()
    expect(zhang.locator("main")).to_contain_text("80")
    expect(zhang.locator("main")).to_contain_text(zh("Before: %(score)s points.") % {"score": 79})
    faults += faults_of(zhang, "the candidate")
    assert faults == []


def the_release(day: ExamDay, he: Page, zeng: Page) -> list[str]:
    """Cancelled once, with the reason that is asked for; then prepared anew and confirmed."""
    sitting = f"/exam-office/sittings/{day.sitting_id}"
    prepare_release(he, sitting)
    expect(he.get_by_role("button", name=zh("Confirm: %(deed)s") % {"deed": "公布成绩"})).to_have_count(0)
    faults = faults_of(he, "prepared by me")
    zeng.goto("/exam-office/prepared")
    zeng.get_by_text(zh("Cancel it"), exact=True).click()
    zeng.locator("[name=reason]").fill("等")
    zeng.get_by_role("button", name=zh("Cancel: %(deed)s") % {"deed": "公布成绩"}).click()
    expect(zeng.locator("#error-reason")).to_be_visible()
    zeng.locator("[name=reason]").fill("等违纪处理完毕再发布")
    zeng.get_by_role("button", name=zh("Cancel: %(deed)s") % {"deed": "公布成绩"}).click()
    expect(zeng.get_by_text("等违纪处理完毕再发布")).to_be_visible()
    prepare_release(he, sitting)
    zeng.goto("/exam-office/prepared")
    faults += faults_of(zeng, "waits for me")
    zeng.get_by_role("button", name=zh("Confirm: %(deed)s") % {"deed": "公布成绩"}).click()
    expect(zeng.locator("h1")).to_contain_text("已发布")
    return faults


def prepare_release(he: Page, sitting: str) -> None:
    he.goto(sitting)
    he.get_by_text(zh("Prepare the release"), exact=True).click()
    he.get_by_role("button", name=zh("Prepare the release of %(count)s results") % {"count": 1}).click()
    expect(he.get_by_text(zh("You prepared this. It is done when another person confirms it."))).to_be_visible()


def the_revision(day: ExamDay, he: Page, zeng: Page) -> list[str]:
    """A number that is no number is refused with its sentence; then one faulty question is granted."""
    he.goto("/exam-office/rechecks")
    he.get_by_role("link", name=zh("A mistake was found")).click()
    he.locator("[name=numbers]").fill("第三题")
    he.locator("[name=note]").fill("第三题题干缺少条件，计满分。")
    he.get_by_role("button", name=zh("Prepare the revision")).click()
    expect(he.locator("#error-numbers")).to_be_visible()
    he.locator("[name=numbers]").fill(a_missed_question(day))
    he.get_by_role("button", name=zh("Prepare the revision")).click()
    expect(he.locator(".foreseen").first).to_contain_text("80")
    faults = faults_of(he, "revision prepared by me")
    zeng.goto("/exam-office/rechecks")
    zeng.get_by_role("button", name=zh("Confirm: %(deed)s") % {"deed": "更正成绩"}).click()
    expect(zeng.get_by_text(zh("The result was revised"))).to_be_visible()
    return faults + faults_of(zeng, "revised")


def a_missed_question(day: ExamDay) -> str:
    attempt = day.result_of(day.candidates[0]).reference_id
    assert attempt is not None
    with day.look() as reading:
        return str(next(item.number for item in replay(reading, attempt).items if item.outcome is not Outcome.RIGHT))
