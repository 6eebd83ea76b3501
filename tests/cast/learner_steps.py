"""What a learner does on the screens: studies until the hours are complete, and sits an exam."""

import re
from datetime import timedelta

import yaml
from playwright.sync_api import Browser, Page, Response, expect

from question_bank.exchange.actions import DATA
from tests.cast.practical_day import zh
from tests.cast.site import Site
from tests.cast.visitors import PHONE, enter
from tests.cast.waiting import until

BEATS = "/lesson/beats"
BEAT = 10  # seconds between two signs of life of the lesson page
LESSONS = 3  # of the demonstration's shortened outline


def zhang_learns(browser: Browser, site: Site) -> None:
    zhang = enter(browser, site, "zhang", size=PHONE)
    zhang.clock.install()
    for _ in range(LESSONS):
        zhang.goto("/my-learning")
        zhang.get_by_role("link", name="开始学习").or_(zhang.get_by_role("link", name="继续学习")).click()
        expect(zhang.locator("#study")).to_have_attribute("data-state", re.compile("counting|asked"))
        answer_the_self_checks(zhang)
        watch_the_film(zhang)
        study_until_the_time_is_reached(zhang, site)
        here = zhang.url
        zhang.get_by_role("button", name="完成本课").click()
        expect(zhang).not_to_have_url(here)
    zhang.goto("/my-learning")
    expect(zhang.get_by_text("学时已修满")).to_be_visible()
    leave(zhang)


def answer_the_self_checks(zhang: Page) -> None:
    """Try one answer after the other, as somebody does who reads the reason and tries again."""
    for number in range(zhang.locator("form.check").count()):
        check = zhang.locator("form.check").nth(number)
        for choice in range(check.locator("input[type=radio]").count()):
            check.locator("input[type=radio]").nth(choice).check()
            with zhang.expect_response("**/checks/**"):
                check.get_by_role("button").click()
            expect(check.locator("input[type=radio]").nth(choice)).to_have_attribute("checked", "")
            expect(check.locator(".check-said")).to_be_visible()
            if "check-right" in (check.get_attribute("class") or ""):
                break


def watch_the_film(zhang: Page) -> None:
    """The whole film at its own speed; a presence check in the middle stops it until it is answered."""
    film = zhang.locator("#film")
    if not film.count():
        return
    expect(film).to_have_js_property("readyState", 4)
    for _ in range(8 * int(film.evaluate("film => film.duration"))):  # twice a second, on a machine four times slower
        if film.evaluate("film => film.ended"):
            return
        if zhang.locator("#presence").is_visible():
            zhang.locator("#presence-here").click()
        if film.evaluate("film => film.paused && !film.ended"):
            film.evaluate("film => film.play()")
        zhang.wait_for_timeout(500)
    raise AssertionError("the film does not end")


def study_until_the_time_is_reached(zhang: Page, site: Site) -> None:
    """Let the server's clock and the page's go forward together, a beat at a time."""
    finish = zhang.get_by_role("button", name="完成本课")
    for _ in range(30):
        if zhang.locator("#presence").is_visible():
            zhang.locator("#presence-here").click()
            expect(zhang.locator("#presence")).to_be_hidden()
        elif finish.count():
            return
        a_beat_later(zhang, site)
    expect(finish).to_be_visible()


def a_beat_later(page: Page, site: Site) -> None:
    """The server's clock and the page's go forward together, until the page has heard of it from the server."""
    heard: list[Response] = []
    page.on("response", listen := lambda answer: heard.append(answer) if answer.url.endswith(BEATS) else None)
    site.workplace.clock.skip(timedelta(seconds=BEAT))
    page.clock.run_for(BEAT * 1_000)
    # It goes on as fast as ours: a page that had not yet taken in the answer before had set no alarm for this beat.
    until(lambda: bool(heard) or has_gone_on(page), "the page sent no sign of life", every=0.025)
    heard[0].finished()
    page.remove_listener("response", listen)


def has_gone_on(page: Page) -> bool:
    page.clock.run_for(25)
    return False


def console(sitting: str) -> str:
    """The address of the invigilators' console of a sitting."""
    return sitting.replace("/exam-office/sittings/", "/invigilation/")


def zhang_sits_the_exam(browser: Browser, site: Site, sitting: str) -> None:
    """Reload, lose the network, move to another seat, and lose nothing."""
    known = right_answers("low_voltage")
    zhang = enter(browser, site, "zhang")
    zhang.goto("/exam-room")
    with zhang.expect_response("**/desk") as handed_over:
        zhang.get_by_role("button", name=zh("Begin the exam")).click()
    assert names_in(handed_over.value.json()).isdisjoint({"key", "answer_key", "reason", "source", "correct", "right"})
    expect(zhang.locator("#room[data-state=ready]")).to_be_visible()
    for number in range(1, 31):
        answer(zhang, number, known)
    expect_answered(zhang, 30)
    zhang.reload()
    expect_answered(zhang, 30)
    zhang.context.set_offline(True)
    for number in range(31, 41):
        answer(zhang, number, known)
    expect(zhang.locator("[data-part=saved-there][data-state=soon]")).to_be_visible()
    zhang.context.set_offline(False)
    expect(zhang.locator("[data-part=saved-there][data-state=ok]")).to_be_visible()
    cao_moves_zhang(browser, site, sitting)
    leave(zhang)
    elsewhere = enter(browser, site, "zhang")
    elsewhere.goto("/exam-room")
    elsewhere.get_by_role("link", name=zh("Go on with the paper")).click()
    expect_answered(elsewhere, 40)
    for number in range(41, 96):
        answer(elsewhere, number, known)
    go_to(elsewhere, 96)
    elsewhere.locator("[data-part=flag]").click()
    expect(elsewhere.locator("[data-part=saved-there][data-state=ok]")).to_be_visible()
    elsewhere.locator("[data-part=hand-in]").click()
    expect(elsewhere.locator("[data-part=unanswered]")).to_have_text("5")
    expect(elsewhere.locator("[data-part=flagged]")).to_have_text("1")
    elsewhere.locator("[data-part=hand-in-yes]").click()
    expect(elsewhere.get_by_role("heading", name=zh("Receipt"))).to_be_visible()
    leave(elsewhere)


def names_in(document: object) -> set[str]:
    """Every field name anywhere in a JSON document."""
    if isinstance(document, dict):
        return set(document).union(*map(names_in, document.values()))
    return set().union(*map(names_in, document)) if isinstance(document, list) else set()


def answer(page: Page, number: int, known: dict[str, set[str]]) -> None:
    go_to(page, number)
    right = known[page.locator("[data-part=stem]").inner_text()]
    for row in page.locator(".option-row").all():
        if row.locator("span").last.inner_text() in right:
            row.click()


def go_to(page: Page, number: int) -> None:
    page.locator(f"[data-part=sheet] [data-number='{number}']").click()


def expect_answered(page: Page, count: int) -> None:
    expect(page.locator("[data-part=sheet] [data-answered=yes]")).to_have_count(count)


def right_answers(bank: str) -> dict[str, set[str]]:
    """Stem -> texts of the right options: what a well prepared candidate carries in the head."""
    known: dict[str, set[str]] = {}
    for file in (DATA / bank).glob("[0-9]*.yaml"):
        for question in yaml.safe_load(file.read_text(encoding="utf-8"))["questions"]:
            if "key" not in question:  # of a kind that no paper of this bank draws
                continue
            key = question["key"]
            if question["kind"] == "true_false":
                known[question["stem"]] = {zh("True") if key else zh("False")}
            else:
                known[question["stem"]] = {question["options"][letter] for letter in key}
    return known


def cao_moves_zhang(browser: Browser, site: Site, sitting: str) -> None:
    cao = enter(browser, site, "cao")
    cao.goto(console(sitting))
    cao.locator(".seat-map").get_by_role("link", name="张伟强").click()
    cao.get_by_role("link", name=zh("Move to another seat")).click()
    cao.locator("[name=seat]").select_option(index=3)
    cao.locator("[name=reason]").last.fill("显示器故障，换到备用机位。")
    cao.get_by_role("button", name=zh("Move to another seat")).click()
    expect(cao.locator(".candidate-lines")).to_contain_text("显示器故障")
    leave(cao)


def leave(page: Page) -> None:
    page.context.close()
