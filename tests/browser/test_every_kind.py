"""A paper of every kind of question: written, judged, drawn, sat with a keyboard on a phone's width, and marked."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from exams.attempts import queries
from exams.attempts.rules import Act, Step
from exams.invigilation.actions.supervising import close_room
from exams.marking.queries import kept_marks, replay
from exams.papers import queries as papers
from exams.papers.rules import Blueprint
from kernel.actor import platform
from kernel.faces import Face
from people.access.rules import Role
from question_bank.kinds import KIND_NAMES, KINDS
from question_bank.outlines.actions import keep_outline
from question_bank.outlines.rules import Outline, Point
from tests.cast.accessibility import serious_faults
from tests.cast.exam_day import Candidate, ExamDay, Someone, exam_day, somebody
from tests.cast.site import serving
from tests.cast.visitors import visit
from tests.cast.waiting import until
from web.frame.work import SESSION_COOKIE

NARROW = {"width": 360, "height": 740}
BANK, POINT = "every_kind", "P1"
OPTIONS = {"A": "断电", "B": "验电", "C": "接地", "D": "挂牌"}

# What the author types, by field, and what is checked as the key. Each text is said in Uyghur too.
KEYS_TYPED = {"true_false": ["false"], "single_choice": ["A"], "multiple_choice": ["A", "B", "C"]}
WRITTEN: dict[str, dict[str, str]] = {
    "true_false": {"stem": "停电后可以不验电。"},
    "single_choice": {"stem": "停电作业第一步是（ ）。"}
    | {f"option_{letter}": text for letter, text in OPTIONS.items()},
    "multiple_choice": {"stem": "停电作业的技术措施有（ ）。"}
    | {f"option_{letter}": text for letter, text in (OPTIONS | {"D": "拍照"}).items()},
    "numeric": {
        "stem": "220 V、990 W的电热器，电流是多少？",
        "value": "4.5",
        "tolerance": "0.05",
        "unit": "A",
        "other_units": "mA = 0.001\nV",
    },
    "ordering": {"stem": "按先后排列停电作业的步骤。"}
    | {f"step_{number}": text for number, text in enumerate(OPTIONS.values(), start=1)},
}
TRANSLATED = ("stem", "option_", "step_")


@pytest.fixture(scope="module")
def place(own_workplace):
    with own_workplace.transaction(platform("test"), Face.AUTHORING) as work:
        points = (Point(POINT, "停电作业", "Work without power"),)
        keep_outline(work, Outline(BANK, "special_operation", "各题型", "Every kind", is_sample=True, points=points))
    return own_workplace


@pytest.fixture(scope="module")
def address(place) -> Iterator[str]:
    with serving(place) as site:
        yield site.url


@pytest.fixture
def sign_in(browser: Browser, address) -> Iterator[Callable[..., Page]]:
    """A browser of somebody's own, in which Playwright's patience suits a busy machine."""
    opened: list[BrowserContext] = []

    def enter(who: Someone, **more: Any) -> Page:
        context = browser.new_context(base_url=address, **more)
        context.set_default_timeout(20_000)
        cookies = {SESSION_COOKIE: who.token, "anpei_lang": "en"}
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        opened.append(context)
        return context.new_page()

    yield enter
    for context in opened:
        context.close()


def write(page: Page, kind: str) -> str:
    """Write a question of a kind by its form; the address of the draft."""
    visit(page, f"/authoring/new?bank={BANK}&kind={kind}")
    assert serious_faults(page, kind) == []
    for tag in ("", "ug."):
        if tag:
            page.locator("summary", has_text="Uyghur").click()
        for name, typed in WRITTEN[kind].items():
            if not tag or name.startswith(TRANSLATED):
                page.fill(f"[name='{tag}{name}']", f"ئۇ {typed}" if tag else typed)
    for value in KEYS_TYPED.get(kind, []):
        page.check(f"[name=key][value={value}]")
    page.get_by_label("Why this is right").fill("停电、验电、接地、挂牌。")
    page.get_by_label("Source").fill("教材通识：停电作业")
    page.get_by_label("Knowledge point").select_option(POINT)
    page.get_by_label("Depth").select_option("master")
    page.get_by_role("button", name="Keep as a draft").click()
    page.wait_for_url("**/authoring/versions/*")
    return page.url


def judge(page: Page, draft: str, opener: str, button: str) -> None:
    page.goto(draft)
    page.get_by_text(opener).click()
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


@pytest.fixture
def day(place, sign_in) -> ExamDay:
    """Five questions come into use by three people; a paper of them is drawn for one candidate, and the room opens."""
    author, reviewer, approver = (
        sign_in(somebody(place, name, role))
        for name, role in (
            ("郑出题", Role.QUESTION_AUTHOR),
            ("冯审题", Role.QUESTION_REVIEWER),
            ("沈批题", Role.QUESTION_APPROVER),
        )
    )
    for kind in KINDS:
        draft = write(author, kind)
        judge(reviewer, draft, "Find it right…", "Review P1-N")
        judge(approver, draft, "Approve…", "Approve P1-N")
        expect(approver.get_by_role("heading", level=1)).to_contain_text("Approved")
    sections = [{"kind": kind, "marks_each": "20", "counts": {POINT: 1}} for kind in KINDS]
    shape = {"format": 1, "code": "every_kind", "bank": BANK, "name": {"zh": "各题型", "en": "Every kind"}}
    made = exam_day(
        place,
        candidates=1,
        by_day=True,
        blueprint=Blueprint.from_json(shape | {"basis": "test", "demonstration": True, "sections": sections}),
    )
    made.open()
    return made


def test_every_kind_is_written_judged_drawn_sat_and_marked(day, sign_in):
    [who] = day.candidates
    page = sign_in(who, viewport=NARROW)
    page.goto("/exam-room")
    page.get_by_role("button", name="Begin the exam").click()
    expect(page.locator("#room")).to_have_attribute("data-state", "ready")
    answer_by_keys(page, right_answers(day, who))
    expect(page.get_by_text("5 of 5 answered")).to_be_visible()
    expect(page.locator("[data-part=saved-there]")).to_have_text("Saved at the centre")
    read_in_uyghur(page)
    the_look_is_kept(page, day, who)
    come_back_to_what_was_answered(page)
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.get_by_role("button", name="Hand in and finish").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Handed in at")
    day.do(day.invigilators[0], close_room, sitting_id=day.sitting_id)
    assert day.result_of(who).score == Decimal(100)
    looked_and_marked(day, who)


def right_answers(day: ExamDay, who: Candidate) -> dict[str, Any]:
    """By kind, in the letters of this candidate's paper."""
    with day.look() as reading:
        paper = papers.paper_for_marking(reading, papers.paper_row(reading, day.sitting_id, who.admission_number).id)
        asked = papers.asked(reading, paper)
    assert paper.languages == ("zh-CN", "ug")
    return {item.kind: KINDS[item.kind].right(asked[item.version_id].content, item.layout) for item in paper.items}


def answer_by_keys(page: Page, right: dict[str, Any]) -> None:
    """Never a mouse: letters choose, the arrow turns the page, Tab goes into fields."""
    for kind in KINDS:
        expect(page.locator("[data-part=heading]")).to_contain_text(KIND_NAMES[kind]["en"])
        assert serious_faults(page, kind) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), kind
        KEYS[kind](page, right[kind])
        page.keyboard.press("ArrowRight")


def choose(page: Page, answer: Any) -> None:
    for letter in answer:
        page.keyboard.press(letter.lower())


def type_number(page: Page, answer: dict[str, str]) -> None:
    """The focus is on the heading of the question. A Chinese keyboard writes wide signs; 4.5 A are 4500 mA."""
    page.keyboard.press("Tab")  # the language of the questions
    page.keyboard.press("Tab")
    page.keyboard.insert_text("４５００")
    expect(page.get_by_role("status").filter(has_text="Choose the unit")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("mA")
    page.keyboard.press("Tab")
    assert answer == {"value": "4.5", "unit": "A"}


def put_in_order(page: Page, answer: list[str]) -> None:
    """One is chosen too early and taken back."""
    page.keyboard.press(answer[1].lower())
    page.keyboard.press(answer[1].lower())
    choose(page, answer[:2])
    expect(page.get_by_text("2 of 4 in order")).to_be_visible()
    choose(page, answer[2:])
    expect(page.get_by_text(f"Your order: {' → '.join(answer)}")).to_be_visible()


KEYS: dict[str, Callable[[Page, Any], None]] = {
    "true_false": lambda page, answer: page.keyboard.press("a" if answer else "b"),
    "single_choice": choose,
    "multiple_choice": choose,
    "numeric": type_number,
    "ordering": put_in_order,
}


def read_in_uyghur(page: Page) -> None:
    page.get_by_label("Language of the questions").select_option("ug")
    expect(page.locator("[data-part=stem]")).to_have_text("ئۇ 按先后排列停电作业的步骤。")
    expect(page.locator("[data-part=stem]")).to_have_attribute("dir", "rtl")
    expect(page.locator("[data-part=options] .option-text").first).to_contain_text("ئۇ")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def the_look_is_kept(page: Page, day: ExamDay, who: Candidate) -> None:
    """In the page's journal, or at the centre already where the next sign of life has taken it along."""
    until(
        lambda: "look" in page.evaluate("JSON.stringify(localStorage)") or any(looks(day, who)),
        "the page kept no look at a question",
    )


def looks(day: ExamDay, who: Candidate) -> list[Step]:
    with day.look() as reading:
        attempt = queries.attempt_of_registration(reading, who.registration_id)
        assert attempt is not None
        return [step for step in queries.steps(reading, attempt.id) if step.act is Act.LOOK]


def come_back_to_what_was_answered(page: Page) -> None:
    """What was answered is there after a reload, in every kind's own form."""
    page.reload()
    expect(page.locator("#room")).to_have_attribute("data-state", "ready")
    page.get_by_role("button", name="4 answered").click()
    expect(page.get_by_label("Your answer")).to_have_value("4500")
    expect(page.get_by_role("combobox", name="Unit", exact=True)).to_have_value("mA")
    page.get_by_role("button", name="5 answered").click()
    expect(page.locator("[data-part=options] [aria-pressed=true]")).to_have_count(4)


def looked_and_marked(day: ExamDay, who: Candidate) -> None:
    with day.look() as reading:
        attempt = queries.attempt_of_registration(reading, who.registration_id)
        assert attempt is not None
        marks = replay(reading, attempt.id)
        kept = kept_marks(reading, attempt.id)
    assert any(step.page_ms >= 700 for step in looks(day, who))
    assert kept == marks.canonical_bytes()
    assert {one["fraction"] for one in json.loads(kept)["marks"]} == {"1"}
