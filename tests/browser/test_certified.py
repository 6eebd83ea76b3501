"""A registry at work for years, on the screens of holders, enterprises, the office, auditors and anyone."""

import io
import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from certification.certificates.queries import certificate_record
from certification.programmes.rules import plus_years
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from tests.cast.accessibility import serious_faults
from tests.cast.certified import LONG_NAME, Registry
from tests.cast.practical_day import zh
from tests.cast.site import Site
from tests.cast.visitors import DESK, PHONE, enter, visit, visitor
from web.certification.said import SAID

STAFF = 30
UNKNOWN = "/verify/c/AAAA"  # the page of a code that nobody issued
ALL_STATES = (
    "valid",
    "renewal_due",
    "expired",
    "void",
    "suspended",
    "revoked",
    "cancelled",
    "replaced",
    "not_yet_valid",
)


@dataclass(frozen=True)
class World:
    """What was made; certificates by the state they are in."""

    held: dict[str, UUID]
    codes: dict[str, str]
    own: UUID
    waiting: UUID
    enrolment: UUID


@pytest.fixture(scope="module")
def world(site: Site) -> World:
    registry = Registry(site.workplace)
    people = registry.staff(STAFF)
    held = registry.every_state(people)
    zhang, last = registry.person("zhang"), list(people.values())[-1]
    own = registry.issue(zhang, "fusion_welding", plus_years(registry.today, -6) + timedelta(days=30))
    waiting = registry.passed(last, "low_voltage", registry.today)
    registry.refused(last)
    registry.found_too_late()
    with site.workplace.reading(platform("test"), Face.REGISTRY) as reading:
        codes = {state: certificate_record(reading, found).public_code for state, found in held.items()}
    return World(held, codes, own, waiting, registry.enrolled(zhang))


def screens(world: World) -> dict[str | None, list[str]]:
    """Who looks at which addresses."""
    office, lesson = "/issuing/certificates", f"/lesson/{world.enrolment}/LV-L01"
    one_of_each_tone = [world.codes[state] for state in ("valid", "renewal_due", "revoked", "not_yet_valid")]
    return {
        None: ["/", "/sign-in", "/verify", *(f"/verify/c/{code}" for code in one_of_each_tone), UNKNOWN],
        "zhang": ["/", "/my-certificates", f"/my-certificates/{world.own}", "/my-learning", lesson],
        "liu": ["/board"],
        "song": ["/issuing", f"/issuing/applications/{world.waiting}", "/issuing/decided", office]
        + [f"{office}/{world.held[state]}" for state in ("renewal_due", "revoked")],
        "xie": ["/separation?walk=true"],
        "zhao": ["/enrolment", "/enrolment/new?q=张伟强", f"/enrolment/{world.enrolment}", "/enrolment/classes/new"],
    }


@pytest.mark.parametrize(("language", "inspected"), [("zh_CN", PHONE), ("en", DESK)])
def test_every_screen_is_usable(browser: Browser, site: Site, world: World, language: str, inspected: tuple[int, int]):
    """Both widths of one visit. axe looks at one a language: what it finds hangs on the width, hardly on the words."""
    faults: list[str] = []
    for who, addresses in screens(world).items():
        page = enter(browser, site, who, language=language) if who else visitor(browser, site, language=language)
        for address in addresses:
            visit(page, address, status=404 if address == UNKNOWN else 200)
            for size in (DESK, PHONE):
                page.set_viewport_size({"width": size[0], "height": size[1]})
                name = f"{address} {size[0]}"
                faults += looked_at(page, name, language)
                faults += serious_faults(page, name) if size == inspected else []
        page.context.close()
    assert faults == []


def looked_at(page: Page, name: str, language: str) -> list[str]:
    """What is wrong with the page as it stands; an English screen has no Chinese but names and what is taught."""
    faults = []
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append(f"{name} scrolls sideways")
    heading = page.locator("main h1").first.inner_text()
    if language == "en" and re.search("[\u4e00-\u9fff]{7,}", heading):
        faults.append(f"{name} is not translated")
    return faults


@pytest.mark.parametrize("state", ALL_STATES)
def test_anyone_reads_the_state_of_today_and_what_to_do(site: Site, world: World, state: str):
    with site.client(language="zh_CN") as client:
        page = client.get(f"/verify/c/{world.codes[state]}").text
    said = next(said for known, said in SAID.items() if known == state)
    assert f'<h1 class="verdict-word">{zh(said.word)}</h1>' in page
    assert zh(said.advice) in page
    assert ("最迟应于" in page) == (state == "renewal_due")


def test_the_holder_is_told_when_to_renew_and_shows_the_code(browser: Browser, site: Site, world: World):
    zhang = enter(browser, site, "zhang", size=PHONE)
    zhang.goto("/my-certificates")
    card = zhang.locator(".certificate")
    ends = shanghai_date(site.workplace.clock.now()) + timedelta(days=30)
    expect(card).to_contain_text("有效，待换证")
    expect(card).to_contain_text(f"最迟应于 {ends} 提出换证申请")
    card.get_by_role("link", name=zh("Show the code")).click()
    shown = zhang.locator(".code-shown img")
    expect(shown).to_have_js_property("complete", value=True)
    assert shown.evaluate("image => image.naturalWidth") > 400
    zhang.go_back()
    expect(card).to_be_visible()
    zhang.context.close()
    li = enter(browser, site, "li", size=PHONE)
    li.goto("/my-certificates")
    expect(li.locator(".certificate")).to_contain_text("已过期")
    li.context.close()


def test_the_board_leaves_as_excel_filtered_as_the_screen_is(browser: Browser, site: Site, world: World):
    liu = enter(browser, site, "liu")
    liu.goto("/board?q=电工&light=red")
    listed = int(re.findall(r"\d+", liu.locator(".paging p").inner_text())[0])
    with liu.expect_download() as download:
        liu.get_by_role("link", name=zh("Excel of this list")).click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    rows = list(book.worksheets[0].iter_rows(min_row=2))
    assert len(rows) == listed > 0
    assert {row[1].value for row in rows} == {"维修电工"}
    assert {row[3].value for row in rows} == {zh("May not work")}
    assert any("被暂停" in str(row[4].value) for row in rows)
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} <= {"s", "d", "n"}
    liu.goto("/board?q=周建华")  # of the demonstration, with a card from before the platform
    expect(liu.get_by_role("row").filter(has_text="周建华")).to_contain_text("最迟应于")
    liu.goto("/board?q=杜克里木")
    expect(liu.get_by_role("rowheader", name=LONG_NAME)).to_be_visible()
    liu.context.close()


def test_the_auditor_reads_who_is_in_which_conflict(browser: Browser, site: Site, world: World):
    for language, sentence in (
        ("zh_CN", "监考员韩东升是张伟强的培训教师；属于江城安学安全技术培训学校，该机构培训过张伟强"),
        (
            "en",
            "韩东升, invigilator, taught 张伟强; belongs to 江城安学安全技术培训学校, which trained 张伟强. Found on",
        ),
    ):
        xie = enter(browser, site, "xie", language=language)
        xie.goto("/separation")
        found = xie.locator(".evidence-breaks")
        expect(found).to_have_count(1)
        expect(found).to_contain_text(sentence)
        expect(found).to_contain_text(re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d"))
        xie.locator(".note-danger a").click()
        expect(xie.locator(":target .evidence-breaks")).to_be_visible()
        xie.context.close()
