"""The exam week's screens as their people see them: usable at both widths, in both languages; the console alive."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from exams.results.queries import own_results
from host.wiring import wiring
from tests.cast.accessibility import serious_faults
from tests.cast.exam_day import Someone
from tests.cast.exam_week import ExamWeek, exam_week
from tests.cast.site import serving
from tests.cast.visitors import DESK, PHONE, visitor
from web.frame.work import SESSION_COOKIE


@pytest.fixture(scope="module")
def week(copies) -> Iterator[ExamWeek]:
    """A database of its own: its rooms commit a bank and skip the clock."""
    with copies.migrated() as machine, serving(machine.workplace(wiring(machine.settings))) as site:
        yield exam_week(site)


def screens(week: ExamWeek) -> dict[str, tuple[Someone, str]]:
    """Every address of the exam week, and one person whose it is."""
    held, past, office = week.held, week.past, week.officer
    console, record = f"/invigilation/{held.sitting_id}", f"/invigilation/{past.sitting_id}/record"
    breach, working, expected = held.candidates[1], held.candidates[19], held.candidates[-1]
    with past.look(past.candidates[0]) as reading:
        result = own_results(reading)[0]
    seat = {who: f"{console}/candidates/{who.registration_id}" for who in (breach, working, expected)}
    done = past.candidates[0]
    return {
        "duties": (held.invigilators[0], "/invigilation"),
        "console": (held.invigilators[0], console),
        "breach": (held.invigilators[1], seat[breach]),
        "check-in": (held.invigilators[0], f"{seat[expected]}?act=check-in"),
        "moving": (held.invigilators[0], f"{seat[working]}?act=move"),
        "record to sign": (past.invigilators[0], record),
        "waiting, not here": (expected, "/exam-room"),
        "waiting, may begin": (held.candidates[26], "/exam-room"),
        "at work": (working, "/exam-room"),
        "no exam today": (week.applicants[-1], "/exam-room"),
        "handed in": (done, f"/exam-room/attempts/{result.reference_id}/handed-in"),
        "sittings": (office, "/exam-office"),
        "a new sitting": (office, "/exam-office/sittings/new"),
        "a sitting being planned": (office, f"/exam-office/sittings/{week.planned}"),
        "a sitting at work": (office, f"/exam-office/sittings/{held.sitting_id}"),
        "a sitting released": (office, f"/exam-office/sittings/{past.sitting_id}"),
        "applications": (office, "/exam-office/applications?q=张"),
        "one application": (office, f"/exam-office/applications/{working.registration_id}"),
        "rechecks": (office, "/exam-office/rechecks"),
        "centres": (office, "/exam-centres"),
        "my exams": (week.applicants[0], "/registration"),
        "what is missing": (week.applicants[-1], "/registration/apply/low_voltage/practical"),
        "my sitting": (expected, f"/registration/{expected.registration_id}"),
        "my exam, over": (done, f"/registration/{done.registration_id}"),
        "my results": (done, "/results"),
        "one result": (done, f"/results/{result.id}"),
    }


def arrive(browser: Browser, week: ExamWeek, who: Someone, **more) -> Page:
    """The browser of somebody who has signed in before."""
    page = visitor(browser, week.site, **more)
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": who.token, "url": week.site.url}])
    return page


@pytest.mark.parametrize(("language", "widths"), [("zh_CN", (DESK, PHONE)), ("en", (PHONE, DESK))])
def test_every_screen_is_usable(browser: Browser, week: ExamWeek, language: str, widths):
    """Nothing overflows at either width in either language; axe looks at each language in one width and the other."""
    faults: list[str] = []
    page = visitor(browser, week.site, language=language, bypass_csp=True)
    for name, (who, address) in screens(week).items():
        page.context.add_cookies([{"name": SESSION_COOKIE, "value": who.token, "url": week.site.url}])
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, f"{name}: {answer.status}"
        for width, height in widths:
            page.set_viewport_size({"width": width, "height": height})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{name} {language} {width} scrolls sideways")
        faults += serious_faults(page, f"{name} {language} {width}")
    page.context.close()
    assert faults == []


def test_the_paper_is_usable(browser: Browser, week: ExamWeek):
    """At both widths, with its dialogs; and on a phone the page stays at the question when the question changes."""
    page = arrive(browser, week, week.held.candidates[25], size=PHONE, bypass_csp=True)
    page.goto("/exam-room")
    page.locator("#exams form button").click()
    expect(page.locator("#room")).to_have_attribute("data-state", "ready")
    faults = serious_faults(page, "paper 390")
    for _ in range(40):
        page.locator("[data-part=next]").click()
    assert page.evaluate("scrollY") == 0
    assert page.locator("button.sheet-number[aria-current=step]").evaluate(
        "one => one.getBoundingClientRect().bottom <= one.parentElement.getBoundingClientRect().bottom"
    )
    page.locator("[data-part=hand-in]").click()
    faults += serious_faults(page, "hand in 390")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    faults += serious_faults(page, "hand in 1440")
    page.keyboard.press("Escape")
    faults += serious_faults(page, "paper 1440")
    page.context.close()
    assert faults == []


def test_the_console_lives_under_the_hand(browser: Browser, week: ExamWeek):
    """Choosing, acting, going back swap parts of one page; the map is asked for again and takes nothing away."""
    one, other = week.held.candidates[8:10]
    page = arrive(browser, week, week.held.invigilators[0], language="en", size=PHONE)
    page.route("**/live", lambda route: route.abort())
    page.goto(f"/invigilation/{week.held.sitting_id}")
    page.evaluate("window.isTheSamePage = true")
    page.locator(f"#seat-{one.seat}").click()
    heading = page.locator("#candidate h2")
    expect(heading).to_have_text(one.actor.name)
    expect(heading).to_be_in_viewport()
    expect(page.locator(f".seat-chosen #seat-{one.seat}")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Give time").click()
    page.get_by_label("Reason").fill("The keyboard was changed.")
    with page.expect_response("**/room?chosen=*"):
        pass
    with page.expect_response("**/room?chosen=*"):
        pass
    expect(page.get_by_label("Reason")).to_have_value("The keyboard was changed.")
    expect(page.get_by_label("Reason")).to_be_focused()
    expect(page.locator(f".seat-chosen #seat-{one.seat}")).to_be_visible()
    page.locator(f"#seat-{other.seat}").click()
    expect(heading).to_have_text(other.actor.name)
    expect(page.locator("form.act")).to_have_count(0)
    page.go_back()
    expect(heading).to_have_text(one.actor.name)
    page.get_by_role("link", name=f"Close {one.actor.name}").click()
    expect(page.locator(".candidate-head")).to_have_count(0)
    page.context.close()


def test_a_console_that_hears_nothing_says_so(browser: Browser, week: ExamWeek):
    page = arrive(browser, week, week.held.invigilators[0], language="en")
    page.route("**/live", lambda route: route.abort())
    page.goto(f"/invigilation/{week.held.sitting_id}")
    warning = page.get_by_text("No connection to the centre")
    page.get_by_text("Close the exam", exact=True).click()
    page.route("**/room?*", lambda route: route.fulfill(status=503, body="<p>away</p>"))
    expect(warning).to_be_visible()
    expect(page.locator(".seat")).to_have_count(36)
    page.unroute("**/room?*")
    expect(warning).to_be_hidden()
    expect(page.get_by_role("button", name="Close the exam now")).to_be_visible()
    page.context.clear_cookies(name=SESSION_COOKIE)
    expect(page.locator("#field-username")).to_be_visible()
    page.context.close()
