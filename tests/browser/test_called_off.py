"""A power failure before the exam and a fire during it: the office ends the sitting, and its candidates read why."""

import pytest
from playwright.sync_api import Browser, Page, expect

from exams.attempts.actions.sitting_down import start
from exams.centres.actions import take_seat_out_of_use
from host.wiring import wiring
from tests.cast.accessibility import serious_faults
from tests.cast.exam_day import ExamDay, Someone, exam_day
from tests.cast.site import Site, serving
from tests.cast.visitors import DESK, PHONE, visitor
from web.frame.work import SESSION_COOKIE


@pytest.fixture(scope="module")
def site(copies):
    with copies.migrated() as machine, serving(machine.workplace(wiring(machine.settings))) as served:
        yield served


def arrive(browser: Browser, site: Site, who: Someone, **more) -> Page:
    """The browser of somebody who has signed in before."""
    page = visitor(browser, site, bypass_csp=True, **more)
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": who.token, "url": site.url}])
    return page


def faults_of(page: Page, name: str) -> list[str]:
    """What is wrong with the page that stands there, at a desk and on a phone."""
    found: list[str] = []
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} {width} scrolls sideways")
        found += serious_faults(page, f"{name} {width}")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    return found


def test_a_sitting_without_power_is_called_off_and_its_candidates_go_on_waiting(browser: Browser, site: Site):
    day: ExamDay = exam_day(site.workplace, candidates=3, by_day=True)
    broken = min(set(range(1, 31)) - {candidate.seat for candidate in day.candidates})
    day.do(day.officer, take_seat_out_of_use, room_id=day.room_id, number=broken, reason="屏幕损坏")
    office = arrive(browser, site, day.officer)
    office.goto(f"/exam-office/sittings/{day.sitting_id}")
    office.locator("summary", has_text="取消本场考试").click()
    assert faults_of(office, "before") == []
    panel = office.locator(".confirm-panel", has_text="考生按原报考顺序")
    panel.get_by_role("textbox").fill("停")
    panel.get_by_role("button").click()
    expect(office.locator("#error-reason")).to_contain_text("请用一句话说明原因")
    again = office.locator(".confirm-panel", has_text="考生按原报考顺序")
    expect(again.get_by_role("textbox")).to_have_value("停")
    again.get_by_role("textbox").fill("考点停电，无法开考")
    again.get_by_role("button").click()
    expect(office.get_by_text("未开考")).to_be_visible()
    assert faults_of(office, "called off") == []
    candidate = arrive(browser, site, day.candidates[0])
    candidate.goto("/registration")
    expect(candidate.get_by_text("考点停电，无法开考")).to_be_visible()
    candidate.locator(".card", has_text="考点停电").get_by_role("link").first.click()
    expect(candidate.get_by_text("本次不计考试次数")).to_be_visible()
    assert faults_of(candidate, "candidate") == []
    for page in (office, candidate):
        page.context.close()


def test_a_fire_stops_the_candidate_at_work_and_takes_no_attempt(browser: Browser, site: Site):
    day: ExamDay = exam_day(site.workplace, candidates=2, by_day=True)
    day.open()
    who = day.candidates[0]
    attempt_id = day.do(who, start, registration_id=who.registration_id)
    candidate = arrive(browser, site, who)
    candidate.goto(f"/exam-room/attempts/{attempt_id}")
    expect(candidate.locator("[data-part=heading]")).not_to_be_empty()
    office = arrive(browser, site, day.officer)
    office.goto(f"/exam-office/sittings/{day.sitting_id}")
    office.locator("summary", has_text="整场作废").click()
    assert faults_of(office, "before") == []
    panel = office.locator(".confirm-panel", has_text="全体考生无成绩")
    panel.get_by_role("textbox").fill("考场起火，人员疏散")
    panel.get_by_role("button").click()
    expect(office.get_by_text("全体考生不计考试次数")).to_be_visible()
    assert faults_of(office, "annulled") == []
    candidate.keyboard.press("a")
    expect(candidate.get_by_text("考务部门已将本场考试整场作废").or_(candidate.locator("dialog[open]"))).to_be_visible()
    candidate.goto(f"/exam-room/attempts/{attempt_id}/handed-in")
    expect(candidate.get_by_text("考务部门已将本场考试整场作废")).to_be_visible()
    assert faults_of(candidate, "stopped") == []
    candidate.goto("/exam-room")
    expect(candidate.get_by_text("考场起火，人员疏散")).to_be_visible()
    for page in (office, candidate):
        page.context.close()
