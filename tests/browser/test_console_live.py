"""A console that is told of its room, and one that is not told and asks instead; both say which."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from exams.invigilation.actions.admitting import check_in
from exams.invigilation.actions.supervising import open_room
from exams.sittings.actions import relieve_staff
from tests.cast.exam_day import ExamDay, Someone, exam_day
from tests.cast.exam_week import Paper
from tests.cast.site import Site, serving
from tests.cast.visitors import visitor
from web.frame import live
from web.frame.work import SESSION_COOKIE


@pytest.fixture(scope="module")
def day(own_workplace) -> ExamDay:
    """A room that is open; of six candidates two are here."""
    made = exam_day(own_workplace, candidates=6)
    for candidate in made.candidates[:2]:
        made.do(made.invigilators[0], check_in, registration_id=candidate.registration_id)
    made.do(made.invigilators[0], open_room, sitting_id=made.sitting_id)
    return made


@pytest.fixture(scope="module")
def site(day) -> Iterator[Site]:
    with serving(day.workplace) as made:
        yield made


@pytest.fixture
def console(browser: Browser, site, day) -> Iterator[Page]:
    """The first invigilator's browser, signed in, and not yet at the console."""
    page = visitor(browser, site, language="en")
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": day.invigilators[0].token, "url": site.url}])
    yield page
    page.context.close()


def watch(page: Page, day: ExamDay) -> Page:
    page.goto(f"/invigilation/{day.sitting_id}")
    page.evaluate("window.isTheSamePage = true")
    return page


def seat(page: Page, who) -> str:
    return page.locator(f"li.seat:has(#seat-{who.seat})").get_attribute("class") or ""


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-follows]").get_by_text(words)).to_be_visible()


def checked_in_by(day: ExamDay, who, by: Someone) -> None:
    day.do(by, check_in, registration_id=who.registration_id)


def test_a_check_in_by_the_other_invigilator_appears_by_itself(console, day):
    who = day.candidates[2]
    page = watch(console, day)
    says(page, "Live")
    assert "seat-expected" in seat(page, who)
    page.get_by_text("Close the exam", exact=True).click()
    checked_in_by(day, who, day.invigilators[1])
    expect(page.locator(f"li.seat-checked_in #seat-{who.seat}")).to_be_visible()
    expect(page.get_by_role("button", name="Close the exam now")).to_be_visible()  # what was open stays open
    assert page.evaluate("window.isTheSamePage")


def test_answers_are_counted_on_the_map_without_asking_for_it(console, site, day):
    who = day.candidates[0]
    paper = Paper(site, who)
    page = watch(console, day)
    says(page, "Live")
    done = page.locator(f"#seat-{who.seat} .seat-done")
    expect(done).to_have_text("0/100")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/room" in request.url else None)
    for questions in (3, 8):
        paper.answer(questions)
        expect(done).to_have_text(f"{questions}/100")
    assert len(asked) <= 2  # the page was heard of for the first time, and once more where this takes a minute


def test_where_nothing_comes_through_the_console_says_so_and_still_shows_the_room(console, day):
    console.route("**/live", lambda route: route.abort())
    who = day.candidates[3]
    page = watch(console, day)
    says(page, "Updated every 5 seconds")
    checked_in_by(day, who, day.invigilators[1])
    expect(page.locator(f"li.seat-checked_in #seat-{who.seat}")).to_be_visible()
    assert page.evaluate("window.isTheSamePage")
    page.unroute("**/live")
    says(page, "Live")


def test_a_page_at_which_nobody_looks_gives_its_line_back_and_catches_up(console, day):
    who = day.candidates[4]
    page = watch(console, day)
    says(page, "Live")
    look_away = "hidden => { Object.defineProperty(document, 'visibilityState', { value: hidden, configurable: true });"
    look_away += " document.dispatchEvent(new Event('visibilitychange')); }"
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/live")):
        page.evaluate(look_away, "hidden")
    checked_in_by(day, who, day.invigilators[1])
    assert "seat-expected" in seat(page, who)
    page.evaluate(look_away, "visible")
    says(page, "Live")
    expect(page.locator(f"li.seat-checked_in #seat-{who.seat}")).to_be_visible()


def test_going_back_to_the_console_finds_it_alive(console, day):
    who = day.candidates[5]
    page = watch(console, day)
    says(page, "Live")
    page.get_by_role("link", name="Room record").click()
    expect(page.get_by_role("heading", name="Room record")).to_be_visible()
    page.go_back()
    says(page, "Live")
    checked_in_by(day, who, day.invigilators[1])
    expect(page.locator(f"li.seat-checked_in #seat-{who.seat}")).to_be_visible()


def test_who_is_relieved_in_mid_exam_sees_the_room_no_longer(console, day, monkeypatch):
    """The last of this file: there is one invigilator less."""
    monkeypatch.setattr(live, "CHECK_EVERY_SECONDS", 1.0)
    page = watch(console, day)
    says(page, "Live")
    first = day.invigilators[0]
    day.do(day.officer, relieve_staff, sitting_id=day.sitting_id, person_id=first.person_id, reason="生病。")
    expect(page.locator("#room")).to_have_count(0)
    expect(page.get_by_text(day.candidates[0].actor.name)).to_have_count(0)
