"""The last minute and what comes after it, in a real browser: the page says what is true and throws nothing away."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from exams.attempts import queries
from exams.attempts.rules import GRACE, Act, State
from host.wiring import wiring
from tests.browser.test_exam_room import at_the_centre, attempt_of, begin, kept
from tests.cast.exam_day import Candidate, ExamDay, exam_day
from tests.cast.site import Site, serving
from web.frame.work import SESSION_COOKIE

TWO_HOURS = timedelta(minutes=120)
ANSWERS = "**/exam-room/answers"


@pytest.fixture
def site(copies):
    """A database and a clock for each test: one clock, skipped by hours again and again, would pass midnight."""
    with copies.migrated() as machine, serving(machine.workplace(wiring(machine.settings))) as served:
        yield served


@pytest.fixture
def day(site: Site) -> ExamDay:
    made = exam_day(site.workplace, candidates=1, by_day=True)
    made.open()
    return made


@pytest.fixture
def who(day: ExamDay) -> Candidate:
    return day.candidates[0]


@pytest.fixture
def context(browser: Browser, site: Site, who: Candidate):
    made = browser.new_context(base_url=site.url)
    made.add_cookies(
        [
            {"name": SESSION_COOKIE, "value": who.token, "url": site.url},
            {"name": "anpei_lang", "value": "en", "url": site.url},
        ]
    )
    yield made
    made.close()


def last_moments(day: ExamDay, who: Candidate, left: timedelta) -> None:
    """Set the centre's clock to `left` before the candidate's deadline."""
    clock = day.workplace.clock
    clock.skip(attempt_of(day, who).deadline - left - clock.now())


def waiting_here(page: Page) -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.evaluate(
        "JSON.parse(Object.entries(localStorage).find(([key]) => key.startsWith('anpei.attempt.'))?.[1] ?? '[]')"
    )
    return found


def hears_the_time(page: Page) -> None:
    """The page learns the time with the next answer that is saved."""
    page.keyboard.press("g")
    at_the_centre(page)


def test_at_the_deadline_the_page_says_what_is_true_and_goes_to_the_receipt(day, who, context):
    page = begin(context)
    page.keyboard.press("a")
    last_moments(day, who, timedelta(seconds=4))
    hears_the_time(page)
    expect(page.locator("[data-part=time-over]")).to_have_text(
        "The time is up. All your answers are at the centre; your paper is being taken in."
    )
    expect(page.get_by_text("The centre has handed in for you")).to_be_visible()
    assert waiting_here(page) == []


def test_answers_that_did_not_arrive_in_time_are_kept_and_counted(day, who, context):
    held: list[Route] = []
    is_away = {"now": False}

    def may_pass(route: Route) -> None:
        if is_away["now"]:
            held.append(route)
            route.abort()
        else:
            route.continue_()

    context.route(ANSWERS, may_pass)
    page = begin(context)
    last_moments(day, who, timedelta(seconds=6))
    hears_the_time(page)
    is_away["now"] = True
    for key in ("a", "ArrowRight", "b"):
        page.keyboard.press(key)
    over = page.locator("[data-part=time-over]")
    expect(over).to_have_text("The time is up. Your last answers are being sent to the centre; stay on this page.")
    told = page.get_by_role("alertdialog")
    expect(told).to_contain_text("did not reach the centre before your paper was taken in: 2.", timeout=60_000)
    expect(told).to_contain_text("Raise your hand")
    expect(page.get_by_role("link", name="To the start of the exam room")).to_be_hidden()
    assert attempt_of(day, who).state is State.RUN_OUT
    assert [step["question"] for step in waiting_here(page) if step["act"] == "answer"] == [1, 2]
    assert held


def test_who_is_signed_out_while_the_paper_is_taken_in_is_told_so(day, who, context):
    """The page does not ask for ever as somebody whom the centre does not know."""
    context.route(
        "**/state", lambda route: route.fulfill(status=401, json={"kind": "SignInFirst", "problem": "Sign in."})
    )
    page = begin(context)
    last_moments(day, who, timedelta(seconds=4))
    hears_the_time(page)
    expect(page.get_by_role("alertdialog")).to_contain_text("You are signed out")


def test_a_page_that_comes_back_after_the_end_is_led_to_the_receipt(day, who, context):
    page = begin(context)
    at = page.url
    page.goto("about:blank")
    last_moments(day, who, -GRACE - timedelta(seconds=1))
    page.goto(at)
    expect(page.get_by_text("The centre has handed in for you")).to_be_visible()


def test_a_leaned_on_key_is_one_press(day, who, context):
    page = begin(context)
    for key in ("g", "a"):
        for _ in range(300):
            page.keyboard.down(key)  # a key that is down already repeats
        page.keyboard.up(key)
    at_the_centre(page)
    [at] = kept(day, who).values()
    assert (at.answer, at.flagged) == (True, True)
    attempt_id = attempt_of(day, who).id
    with day.look() as reading:
        steps = queries.steps(reading, attempt_id)
    assert len([step for step in steps if step.act is Act.ANSWER]) == 2


def test_a_hand_that_changes_its_mind_a_hundred_times_without_a_network_leaves_one_answer(day, who, context):
    context.route(ANSWERS, lambda route: route.abort())
    page = begin(context)
    page.keyboard.press("a")
    expect(page.locator("[data-part=saved-there]")).to_contain_text("No connection")
    for _ in range(50):
        page.keyboard.press("b")
        page.keyboard.press("a")
    assert len(waiting_here(page)) < 10
    context.unroute(ANSWERS)
    at_the_centre(page)
    assert kept(day, who)[1].answer is True


def test_a_proxy_that_says_slow_down_ends_nothing(day, who, context):
    too_many = "<html>Too many requests</html>"
    context.route(ANSWERS, lambda route: route.fulfill(status=429, body=too_many, content_type="text/html"))
    page = begin(context)
    page.keyboard.press("a")
    expect(page.locator("[data-part=saved-there]")).to_contain_text("No connection")
    with page.expect_request(ANSWERS):
        pass  # it tries again
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    context.unroute(ANSWERS)
    at_the_centre(page)
    assert kept(day, who)[1].answer is True
