"""A candidate's hour in a real browser, with everything that goes wrong in it, and the invigilators who see it."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from exams.attempts import queries
from exams.attempts.queries import AttemptRow
from exams.attempts.rules import Act, Standing, State, standing
from exams.invigilation.actions.admitting import check_in
from exams.invigilation.actions.supervising import open_room
from tests.browser.old_browser import AN_OLD_BROWSER
from tests.cast.exam_day import Candidate, ExamDay, Someone, exam_day
from tests.cast.site import serving
from web.frame.work import SESSION_COOKIE

SCRIPT = re.compile(r"/static/scripts/exams/.*\.js")


@pytest.fixture(scope="module")
def day(own_workplace):
    """A room in which everybody is checked in and nothing has begun."""
    made = exam_day(own_workplace, candidates=8, by_day=True)
    for candidate in made.candidates:
        made.do(made.invigilators[0], check_in, registration_id=candidate.registration_id)
    return made


@pytest.fixture(scope="module")
def address(day):
    with serving(day.workplace) as site:
        yield site.url


@pytest.fixture
def sign_in(browser: Browser, address):
    """Opens a browser of its own for somebody."""
    opened: list[BrowserContext] = []

    def enter(who: Someone, **more) -> BrowserContext:
        context = browser.new_context(base_url=address, **more)
        context.add_cookies(
            [
                {"name": SESSION_COOKIE, "value": who.token, "url": address},
                {"name": "anpei_lang", "value": "en", "url": address},
            ]
        )
        opened.append(context)
        return context

    yield enter
    for context in opened:
        context.close()


@pytest.fixture
def opened(day: ExamDay, sign_in) -> None:
    """The first invigilator opens the exam on the console, where nobody has yet."""
    console = sign_in(day.invigilators[0]).new_page()
    console.goto(f"/invigilation/{day.sitting_id}")
    if console.get_by_text("Open the exam", exact=True).count():
        console.get_by_text("Open the exam", exact=True).click()
        console.get_by_role("button", name="Open the exam now").click()
        expect(console.get_by_text("Close the exam", exact=True)).to_be_visible()


def begin(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/exam-room")
    page.get_by_role("button", name="Begin the exam").click()
    return ready(page)


def ready(page: Page) -> Page:
    expect(page.locator("#room")).to_have_attribute("data-state", "ready")
    return page


def attempt_of(day: ExamDay, who: Candidate) -> AttemptRow:
    with day.look() as reading:
        attempt = queries.attempt_of_registration(reading, who.registration_id)
    assert attempt is not None
    return attempt


def kept(day: ExamDay, who: Candidate) -> dict[int, Standing]:
    attempt_id = attempt_of(day, who).id
    with day.look() as reading:
        return standing(queries.steps(reading, attempt_id))


def at_the_centre(page: Page) -> None:
    expect(page.locator("[data-part=saved-there]")).to_have_text("Saved at the centre")


def answered(answer: object, *, flagged: bool = False) -> Standing:
    return Standing(answer, flagged=flagged)


def test_nobody_begins_before_the_exam_is_open(day, sign_in):
    """The page of a waiting candidate shows the button by itself when the room is opened."""
    waiting = exam_day(day.workplace, candidates=1)
    [who] = waiting.candidates
    waiting.do(waiting.invigilators[0], check_in, registration_id=who.registration_id)
    page = sign_in(who).new_page()
    page.goto("/exam-room")
    expect(page.get_by_text(f"seat {who.seat}", exact=False).first).to_be_visible()
    expect(page.get_by_role("button", name="Begin the exam")).to_have_count(0)
    page.evaluate("window.isTheSamePage = true")
    waiting.do(waiting.invigilators[0], open_room, sitting_id=waiting.sitting_id)
    expect(page.get_by_role("button", name="Begin the exam")).to_be_visible()
    assert page.evaluate("window.isTheSamePage")


@pytest.mark.usefixtures("opened")
def test_answers_by_keys_survive_a_reload_and_are_handed_in_once(day, sign_in):
    who = day.candidates[0]
    context = sign_in(who)
    loaded: list[Response] = []
    context.on("response", lambda answer: loaded.append(answer) if SCRIPT.search(answer.url) else None)
    page = begin(context)
    [script] = loaded  # one file, which two hundred browsers keep: a reload asks the server for no script
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    for key in ("a", "ArrowRight", "b", "g", "ArrowRight", "a", "ArrowRight"):
        page.keyboard.press(key)
    at_the_centre(page)
    assert kept(day, who) == {1: answered(True), 2: answered(False, flagged=True), 3: answered(True)}
    page.reload()
    ready(page)
    expect(page.locator("[data-part=heading]")).to_contain_text("4.")
    expect(page.get_by_text("3 of 100 answered")).to_be_visible()
    expect(page.get_by_role("button", name="2 answered, flagged")).to_be_visible()
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.locator("[data-part=unanswered]")).to_have_text("97")
    expect(page.locator("[data-part=flagged]")).to_have_text("1")
    page.get_by_role("button", name="Go on working").click()
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.get_by_role("button", name="Hand in and finish").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Handed in at")
    attempt = attempt_of(day, who)
    assert attempt.state is State.SUBMITTED
    assert attempt.receipt
    assert attempt.receipt in page.locator(".receipt").inner_text().replace(" ", "").replace("\n", "")
    page.goto(f"/exam-room/attempts/{attempt.id}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Handed in at")


@pytest.mark.usefixtures("opened")
def test_without_a_network_the_work_goes_on_and_nothing_is_lost_or_doubled(day, sign_in):
    who = day.candidates[1]
    context = sign_in(who)
    page = begin(context)
    page.keyboard.press("a")
    at_the_centre(page)
    context.set_offline(True)
    for number in range(2, 31):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("b" if number % 2 else "a")
    expect(page.locator("[data-part=saved-there]")).to_contain_text("29 wait here")
    expect(page.locator("[data-part=saved-here]")).to_have_text("Saved on this machine")
    context.set_offline(False)
    at_the_centre(page)
    assert kept(day, who) == {1: answered(True)} | {n: answered(n % 2 == 0) for n in range(2, 31)}
    attempt_id = attempt_of(day, who).id
    with day.look() as reading:
        steps = queries.steps(reading, attempt_id)
    assert [step.sequence for step in steps] == list(range(1, len(steps) + 1))
    assert [step.question for step in steps if step.act is Act.ANSWER] == list(range(1, 31))  # beside looks


@pytest.mark.usefixtures("opened")
def test_what_waited_on_this_machine_survives_a_crash_of_the_page(day, sign_in):
    who = day.candidates[2]
    context = sign_in(who)
    # Laid before the page is there: Chromium lets a request pass that a page sends while a route is being laid.
    context.route("**/exam-room/answers", lambda route: route.abort())
    page = begin(context)
    page.keyboard.press("b")
    expect(page.locator("[data-part=saved-there]")).to_contain_text("1 wait here")
    page.reload()
    ready(page)
    expect(page.locator("[data-part=saved-there]")).to_contain_text("1 wait here")
    expect(page.get_by_text("1 of 100 answered")).to_be_visible()
    assert kept(day, who) == {}
    context.unroute("**/exam-room/answers")
    at_the_centre(page)
    assert kept(day, who) == {1: answered(False)}


@pytest.mark.usefixtures("opened")
def test_a_second_tab_is_told_so_and_another_seat_takes_over_with_everything(day, sign_in):
    who = day.candidates[3]
    first = sign_in(who)
    page = begin(first)
    page.keyboard.press("a")
    at_the_centre(page)
    second = first.new_page()
    second.goto(page.url)
    expect(second.get_by_role("alertdialog")).to_contain_text("open at another place")
    console = sign_in(day.invigilators[0]).new_page()
    console.goto(f"/invigilation/{day.sitting_id}")
    console.locator(f"#seat-{who.seat}").click()
    console.get_by_role("link", name="Move to another seat").click()
    console.get_by_label("To seat").select_option("36")
    console.get_by_label("Reason").fill("The screen went dark.")
    console.get_by_role("button", name="Move to another seat").click()
    expect(console.get_by_text(f"Moved from seat {who.seat} to seat 36")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("b")
    expect(page.get_by_role("alertdialog")).to_contain_text("open at another place")
    elsewhere = sign_in(who).new_page()
    elsewhere.goto("/exam-room")
    elsewhere.get_by_role("link", name="Go on with the paper").click()
    ready(elsewhere)
    expect(elsewhere.locator(".exam-who")).to_contain_text("Seat 36")
    expect(elsewhere.get_by_text("1 of 100 answered")).to_be_visible()


@pytest.mark.usefixtures("opened")
def test_the_page_never_receives_a_key(day, sign_in):
    context = sign_in(day.candidates[4])
    received: list[str] = []
    context.on("response", lambda response: received.append(response.url))
    page = context.new_page()
    page.goto("/exam-room")
    with page.expect_response("**/desk") as desk:
        page.get_by_role("button", name="Begin the exam").click()
    given = desk.value.json()
    assert set(given) == {"paper", "standing", "sequence", "now", "deadline"}
    assert set(given["paper"]) == {"format", "admission", "marks", "languages", "questions"}
    for question in given["paper"]["questions"]:
        assert set(question) == {"number", "kind", "marks", "stem", "shown", "translations"}
        assert set(question["shown"]) <= {"options"}
        assert all(set(option) == {"letter", "text"} for option in question["shown"].get("options", []))
    assert any(url.endswith("/desk") for url in received)


@pytest.mark.usefixtures("opened")
def test_keys_act_in_the_question_and_nowhere_else(day, sign_in):
    """A word to speech input, or a hand on the keyboard, answers nothing while the focus is elsewhere."""
    who = day.candidates[5]
    page = begin(sign_in(who))
    for elsewhere in (page.get_by_role("button", name="Hand in", exact=True), page.locator(".sheet button").first):
        elsewhere.focus()
        for key in ("a", "g", "ArrowRight", "1"):
            page.keyboard.press(key)
    expect(page.locator("[data-part=heading]")).to_contain_text("1.")
    expect(page.get_by_text("0 of 100 answered")).to_be_visible()
    expect(page.locator("[data-part=flag]")).to_have_attribute("aria-pressed", "false")
    page.locator("[data-part=stem]").click()  # whoever touches the question is in it
    page.keyboard.press("b")
    at_the_centre(page)
    assert kept(day, who) == {1: answered(False)}


@pytest.mark.usefixtures("opened")
def test_whoever_chooses_a_question_on_the_sheet_can_answer_it_by_keys_at_once(day, sign_in):
    page = begin(sign_in(day.candidates[6]))
    page.locator(".sheet button", has_text="100").click()
    expect(page.locator("[data-part=heading]")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_text("1 of 100 answered")).to_be_visible()
    page.locator("[data-part=previous]").click()
    page.locator("[data-part=next]").focus()
    page.keyboard.press("Enter")  # the last question: this button cannot be pressed any more
    expect(page.locator("[data-part=next]")).to_be_disabled()
    expect(page.locator("[data-part=heading]")).to_be_focused()
    page.keyboard.press("g")
    expect(page.locator("[data-part=flag]")).to_have_attribute("aria-pressed", "true")


@pytest.mark.usefixtures("opened")
def test_an_old_browser_sits_the_exam_from_the_first_question_to_the_receipt(day, sign_in):
    who = day.candidates[7]
    context = sign_in(who)
    context.add_init_script(AN_OLD_BROWSER)
    page = begin(context)
    assert page.evaluate("[AbortSignal.timeout, document.createElement('dialog').showModal].every((one) => !one)")
    for key in ("a", "ArrowRight", "b"):
        page.keyboard.press(key)
    at_the_centre(page)
    hand_in = page.get_by_role("button", name="Hand in", exact=True)
    hand_in.click()
    dialog = page.locator("[data-part=hand-in-dialog]")
    expect(dialog).to_be_visible()
    go_on, finish = dialog.get_by_role("button", name="Go on working"), dialog.get_by_role("button", name="Hand in and")
    expect(go_on).to_be_focused()
    for stop in (finish, go_on, finish):  # the focus stays inside
        page.keyboard.press("Tab")
        expect(stop).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(hand_in).to_be_focused()
    hand_in.click()
    go_on.click()
    expect(dialog).to_be_hidden()
    assert page.url.endswith(str(attempt_of(day, who).id))  # the form was not sent
    hand_in.click()
    finish.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Handed in at")
    assert kept(day, who) == {1: answered(True), 2: answered(False)}
