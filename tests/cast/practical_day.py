"""The practical of 张伟强 on screens alone: the draw, the simulated item, two examiners' sheets, every signature.

Begins when a practical sitting for low voltage with `EXAMINERS` on duty is open, they have taken up their duty and
张伟强 has checked in; ends with the outcome on the office's page.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from exams.practicals import queries
from exams.practicals.actions import arranging
from exams.practicals.rules import ItemPool, draw, practical_seed
from exams.registrations import queries as registrations
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from tests.cast.clocks import Standing, standing
from tests.cast.site import Site
from tests.cast.visitors import PHONE, enter
from web.words import catalogue

CANDIDATE = "张伟强"
EXAMINERS = ("tang", "liang")
BY_HAND = ("K1", "K2", "K3")
STROKE = timedelta(seconds=0.5)  # from one sweep to the next; one covers the fire for longer than that
SOAK_STROKES = 4  # on the embers after the flames have gone
WATCH_SECONDS = 4

Look = Callable[[Page], object]


def the_practical(browser: Browser, site: Site, look: Look = lambda _page: None) -> None:
    """From the open sitting to the outcome. `look` is shown each screen on the way, when it stands still."""
    with k43_is_drawn(site):
        he = enter(browser, site, "he")
        the_office_draws(he, look)
    zhang = enter(browser, site, "zhang", size=PHONE)
    the_simulation_is_done(zhang, site, look)
    examiners = [enter(browser, site, username) for username in EXAMINERS]
    sheet(examiners[0], "K1")
    look(examiners[0])
    for subject in BY_HAND:
        for number, examiner in enumerate(examiners):
            the_sheet_is_completed(examiner, subject, deduction=-number)
    for subject in (*BY_HAND, "K4"):
        the_candidate_signs(zhang, subject, look)
        for examiner in examiners:
            the_examiner_signs(examiner, subject)
    look(examiners[0])
    he.reload()
    expect(he.get_by_text(zh("Passed with %(total)s points").partition("%")[0])).to_be_visible()
    look(he)
    for page in (he, zhang, *examiners):
        page.context.close()


def the_examiners_take_up_their_duty(browser: Browser, site: Site) -> None:
    """On the page where they work; without it no practical is opened."""
    for username in EXAMINERS:
        examiner = enter(browser, site, username)
        examiner.goto("/practical")
        waiting = examiner.get_by_role("button", name=zh("I am on duty now"))
        for left in reversed(range(waiting.count())):  # somebody may be on duty in an earlier sitting as well
            waiting.first.click()
            expect(waiting).to_have_count(left)
        examiner.context.close()


@contextmanager
def k43_is_drawn(site: Site) -> Iterator[None]:
    """Chance as it is, but tossed again until the draw that follows from it gives the simulated item K43."""

    def tossed(size: int) -> bytes:
        number = _admission_number(site)
        pool = ItemPool.of(queries.standard_for("low_voltage", shanghai_date(site.workplace.clock.now())))
        for _ in range(1_000):
            secret = secrets.token_bytes(size)
            if draw(pool, practical_seed(secret, number)).item("K4").item == "K43":
                return secret
        raise AssertionError("K43 is never drawn")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arranging, "secrets", SimpleNamespace(token_bytes=tossed))
        yield


def _admission_number(site: Site) -> str:
    with site.workplace.reading(platform("test"), Face.EXAMINATION) as reading:
        seated = [row for one in queries.open_sittings(reading) for row in registrations.seated(reading, one.id)]
    number = next(row.admission_number for row in seated if row.name == CANDIDATE)
    assert number is not None
    return number


def the_office_draws(he: Page, look: Look) -> None:
    """The practicals are opened, then the items drawn."""
    he.goto("/practical")
    he.get_by_role("button", name=zh("Open the practicals")).click()
    he.get_by_role("link", name=CANDIDATE).click()
    look(he)
    he.get_by_role("button", name=zh("Draw now, with the candidate present")).click()
    expect(he.get_by_role("heading", name="K43")).to_be_visible()


# The simulated item


def the_simulation_is_done(zhang: Page, site: Site, look: Look) -> None:
    zhang.goto("/my-practical")
    look(zhang)
    zhang.get_by_role("button", name=zh("Begin the simulation: the clock starts")).click()
    the_fire_is_put_out(zhang, site)
    zhang.get_by_role("link", name=zh("Back to my practical")).click()


def the_fire_is_put_out(page: Page, site: Site) -> None:
    """Any scene in any arrangement, as taught, from what the page shows; ends when the run has ended."""
    press(page, "scene", '[data-deed="raise_alarm"]')
    press(page, "scene", '[data-deed="look"]')
    is_live = page.locator("#source .isolator-lever").count() > 0
    if "够得着" in page.locator("#seen").inner_text():
        press(page, "scene", '[data-deed="isolate"]')
        is_live = False
    card = a_sound_one(page, "co2" if is_live else "dry_powder")
    press(page, "bottles", f'[data-card="{card}"] [data-deed="pick"]')
    walk_upwind(page, card)
    press(page, "handling", '[data-deed="pull_pin"]')
    press(page, "handling", '[data-deed="hold_hose"]')
    press(page, "handling", '[data-deed="aim"][data-at="base"]')
    with standing(site.workplace.clock) as time:
        discharge(page, time)
        press(page, "finish", '[data-deed="watch"]')
        time.pass_by(timedelta(seconds=WATCH_SECONDS))
        watched = zh("Watched for {n} s").replace("{n}", str(WATCH_SECONDS))
        expect(page.locator("#watching-words")).to_have_text(watched)
    page.locator("#report").click()
    press(page, "finish", '[data-deed="report"]')
    expect(page.locator("#over")).to_be_visible()


def press(page: Page, tab: str, selector: str) -> None:
    """One operation, recorded at the centre before the next; on a phone each part of the task has its tab."""
    switch = page.locator(f'.sim-tabs [data-tab="{tab}"]')
    if switch.is_visible():
        switch.click()
    page.locator(selector).click()
    expect(page.locator("#kept")).to_have_attribute("data-state", "saved")


def a_sound_one(page: Page, agent: str) -> str:
    """Check the extinguishers of an agent one after the other until one is in order; its card's code."""
    bottles = page.locator(f"[data-bottle]:has(.bottle-{agent})")
    for code in bottles.evaluate_all("found => found.map(one => one.dataset.bottle)"):
        checks = page.locator(f'[data-card="{code}"] .check')
        for number in range(checks.count()):
            part = checks.nth(number).get_attribute("data-part")
            press(page, "bottles", f'[data-card="{code}"] [data-part="{part}"]')
        if page.locator(f'[data-card="{code}"] .check[data-sound="1"]').count() == checks.count():
            return str(code)
    raise AssertionError(f"no sound extinguisher of {agent}")


def walk_upwind(page: Page, card: str) -> None:
    """To the far end of what the extinguisher in the hand reaches, the wind behind."""
    model = page.locator(f'[data-card="{card}"] .bottle-model').inner_text()
    farthest = re.findall(r"\d+", model.rpartition("·")[2])[-1]
    wind_from = page.locator("#sim").get_attribute("data-wind")
    press(page, "position", f'[data-side="{wind_from}"]')
    page.locator("#distance").fill(farthest)
    expect(page.locator("#measure-words")).to_have_text(zh("{n} m").replace("{n}", farthest))
    expect(page.locator("#kept")).to_have_attribute("data-state", "saved")


def discharge(page: Page, time: Standing) -> None:
    """Squeeze and sweep until the flames are gone, go on over the embers, let go."""
    press(page, "handling", "#squeeze")
    expect(page.locator("#squeeze")).to_have_attribute("aria-pressed", "true")
    soaked = 0
    while soaked < SOAK_STROKES:
        press(page, "handling", '[data-deed="sweep"]')
        if page.locator("#flames").evaluate("one => one.style.opacity") == "0":
            soaked += 1
        else:
            assert page.locator("#squeeze").get_attribute("aria-pressed") == "true", "it ran empty"
        time.pass_by(STROKE)
    press(page, "handling", "#squeeze")


# Sheets and signatures


def the_sheet_is_completed(examiner: Page, subject: str, *, deduction: int) -> None:
    """One deduction, by its place on the sheet, and the sheet is complete."""
    sheet(examiner, subject)
    before = examiner.locator(".sheet-score strong").inner_text()
    examiner.locator("button.deduct").nth(deduction).click()
    expect(examiner.locator(".sheet-score strong")).not_to_have_text(before)
    examiner.locator(".sheet-end button").click()
    expect(examiner.get_by_role("button", name=zh("Reopen my sheet"))).to_be_visible()


def the_candidate_signs(zhang: Page, subject: str, look: Look) -> None:
    zhang.goto("/my-practical")
    zhang.locator(f"a[href$='/items/{subject}']").click()
    if subject == "K4":
        assert float(zhang.locator(".sheet-score strong").inner_text()) >= 80, zhang.locator("main").inner_text()
    if subject == "K1":
        look(zhang)
    zhang.get_by_role("button", name=zh("I have seen the sheets and sign")).click()
    expect(own_items(zhang, subject).get_by_text(zh("You signed"))).to_be_visible()


def own_items(zhang: Page, subject: str) -> Locator:
    return zhang.locator(".drawn-item").filter(has_text=subject)


def the_examiner_signs(examiner: Page, subject: str) -> None:
    sheet(examiner, subject)
    signing = zh("Sign as %(name)s").partition("%")[0]
    examiner.locator("#sheet .signatures").get_by_role("button", name=signing).click()
    expect(examiner.locator("#sheet .signatures").get_by_role("button", name=signing)).to_have_count(0)


def sheet(examiner: Page, subject: str) -> None:
    examiner.goto("/practical")
    examiner.get_by_role("link", name=CANDIDATE).click()
    examiner.locator(f"a[href$='/sheets/{subject}']").click()
    expect(examiner.locator("#sheet")).to_be_visible()


def zh(message: str) -> str:
    """What a message of ours reads in Chinese."""
    return catalogue("zh_CN").gettext(message)
