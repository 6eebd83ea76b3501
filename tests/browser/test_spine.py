"""One worker's whole way, from the staff list to a certificate that an inspector verifies, on screens alone.

Every step is done by the person whose step it is. The server's clock is skipped where people would wait; the pages' own
clocks go with it.
"""

import re
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from playwright.sync_api import Browser, Locator, Page, expect

from host.commands.papers import verified
from kernel.clock import SHANGHAI, shanghai_date
from tests.cast.learner_steps import console, leave, right_answers, zhang_learns, zhang_sits_the_exam
from tests.cast.practical_day import the_examiners_take_up_their_duty, the_practical, zh
from tests.cast.site import Site
from tests.cast.visitors import PHONE, enter, visitor
from tests.cast.waiting import until

INVIGILATORS = ["许海峰", "曹丽娟"]
EXAMINERS = ["唐文斌", "梁慧敏"]


def test_from_the_first_lesson_to_a_verified_certificate(browser: Browser, site: Site, tmp_path):
    the_enterprise_imports_its_staff(browser, site, tmp_path)
    the_provider_enrols_zhang(browser, site)
    zhang_learns(browser, site)
    zhang_applies(browser, site, "theory")
    sitting = the_office_prepares(browser, site, "low_voltage/theory")
    the_invigilators_open(browser, site, sitting)
    zhang_sits_the_exam(browser, site, sitting)
    the_room_is_closed_and_the_results_released(browser, site, sitting)
    zhang_sees_the_result_and_no_question(browser, site)
    zhang_applies(browser, site, "practical")
    sitting = the_office_prepares(browser, site, "low_voltage/practical")
    the_invigilators_open(browser, site, sitting)
    the_examiners_take_up_their_duty(browser, site)
    the_practical(browser, site)
    the_room_is_closed_and_the_results_released(browser, site, sitting)
    number = the_authority_issues(browser, site)
    an_inspector_verifies(browser, site, number)
    the_board_is_green(browser, site)
    the_auditor_sees_the_separation(browser, site)


def the_enterprise_imports_its_staff(browser: Browser, site: Site, tmp_path) -> None:
    liu = enter(browser, site, "liu")
    liu.goto("/staff-import")
    with liu.expect_download() as sample:
        liu.get_by_role("link", name="下载示例名单").click()
    sample.value.save_as(tmp_path / "名单.xlsx")
    liu.set_input_files("[name=file]", tmp_path / "名单.xlsx")
    liu.get_by_role("button", name="导入").click()
    expect(liu.get_by_role("heading", name="导入结果")).to_be_visible()
    expect(liu.get_by_text("本单位没有“电焊工”这个岗位，是否应为“焊工”？")).to_be_visible()
    leave(liu)


def the_provider_enrols_zhang(browser: Browser, site: Site) -> None:
    zhao = enter(browser, site, "zhao")
    zhao.goto("/enrolment/new")
    zhao.get_by_label("姓名").fill("张伟强")
    zhao.get_by_role("button", name="查找").click()
    zhao.locator("[name=course]").select_option("low_voltage")
    zhao.get_by_label("吴振华").check()
    zhao.locator("[name=demonstration]").check()
    zhao.get_by_role("button", name="报名").click()
    expect(zhao.get_by_role("heading", name="张伟强")).to_be_visible()
    leave(zhao)


def zhang_applies(browser: Browser, site: Site, part: str) -> None:
    zhang = enter(browser, site, "zhang", size=PHONE)
    zhang.goto(f"/registration/apply/low_voltage/{part}")
    reload_until(zhang, zhang.get_by_text(zh("You may apply")))
    expect(zhang.get_by_text("第19号").first).to_be_visible()
    zhang.get_by_role("button", name=zh(f"Apply for the {part} exam")).click()
    expect(zhang.get_by_text(zh("Your application is accepted"))).to_be_visible()
    leave(zhang)


def the_office_prepares(browser: Browser, site: Site, exam: str) -> str:
    """Plan, seat, staff, confirm, draw. The address of the sitting's page."""
    he = enter(browser, site, "he")
    he.goto("/exam-office/sittings/new")
    starts = site.workplace.clock.now().astimezone(SHANGHAI) + timedelta(minutes=10)
    he.locator("[name=exam]").select_option(exam)
    room = he.locator("[name=room_id] option").filter(has_text="电工实操室" if "practical" in exam else "第一机考室")
    he.locator("[name=room_id]").select_option(room.get_attribute("value"))
    he.locator("[name=day][type=text]").fill(f"{starts:%Y-%m-%d}")
    he.locator("[name=time]").fill(f"{starts:%H:%M}")
    he.get_by_role("button", name=zh("Plan this sitting")).click()
    he.get_by_role("button", name=zh("Give seats")).first.click()
    expect(he.get_by_role("link", name="张伟强")).to_be_visible()
    teachers, staff = (["邓卫东"], EXAMINERS) if "practical" in exam else (["韩东升"], [])
    for who in teachers:
        assign(he, who)
        expect(he.locator("#problem")).to_contain_text(who)
    for who in (*INVIGILATORS, *staff):
        assign(he, who)
        expect(he.locator("#staff").get_by_role("rowheader", name=who)).to_be_visible()
    he.get_by_role("button", name=zh("Confirm this sitting")).click()
    he.get_by_role("button", name=zh("Make ready" if "practical" in exam else "Draw the papers")).click()
    next_step = "Next: the invigilators take up their duty and open the sitting in their console."
    expect(he.get_by_text(zh(next_step))).to_be_visible()
    address = he.url
    leave(he)
    return address


def assign(he: Page, who: str) -> None:
    options = he.locator("[name=staff_id] option")
    value = options.filter(has_text=who).get_attribute("value")
    he.locator("[name=staff_id]").select_option(value)
    with he.expect_navigation():
        he.get_by_role("button", name=zh("Assign"), exact=True).click()


def the_invigilators_open(browser: Browser, site: Site, sitting: str) -> None:
    for who in ("xu", "cao"):
        page = enter(browser, site, who)
        page.goto(console(sitting))
        page.get_by_role("button", name=zh("I am on duty now")).click()
        expect(page.get_by_role("button", name=zh("I am on duty now"))).to_be_hidden()
        if who == "cao":
            page.locator(".seat-map").get_by_role("link", name="张伟强").click()
            page.get_by_role("link", name=zh("Check in"), exact=True).click()
            page.locator("[name=compared]").check()
            page.get_by_role("button", name=zh("Check in"), exact=True).click()
            expect(page.locator("#candidate")).to_contain_text(zh("Checked in"))
            page.get_by_text(zh("Open the exam"), exact=True).click()
            page.get_by_role("button", name=zh("Open the exam now")).click()
            expect(page.get_by_text(zh("Close the exam"), exact=True)).to_be_visible()
        leave(page)


def the_room_is_closed_and_the_results_released(browser: Browser, site: Site, sitting: str) -> None:
    cao = enter(browser, site, "cao")
    cao.goto(console(sitting))
    cao.get_by_text(zh("Close the exam"), exact=True).click()
    cao.get_by_role("button", name=zh("Close the exam now")).click()
    expect(cao.get_by_text(zh("Close the exam"), exact=True)).to_be_hidden()
    leave(cao)
    he = enter(browser, site, "he")
    he.goto(sitting)
    prepare = zh("Prepare the release of %(count)s results") % {"count": 1}
    reload_until(he, he.locator("button", has_text=prepare))  # the worker marks once the room is closed
    he.get_by_text(zh("Prepare the release"), exact=True).click()
    he.get_by_role("button", name=prepare).click()
    expect(he.get_by_text(zh("You prepared this. It is done when another person confirms it."))).to_be_visible()
    another_officer_confirms_the_release(browser, site, sitting)
    he.reload()
    publish = he.get_by_role("button", name=zh("Publish the secret"))
    if publish.count():  # a practical tells its own secret with its last signature
        publish.click()
        expect(publish).to_be_hidden()
    outcome = verified(site.workplace, UUID(sitting.rsplit("/", 1)[1]), with_audit=True)
    assert (outcome.count, tuple(outcome.differences)) == (1, ())
    leave(he)


def another_officer_confirms_the_release(browser: Browser, site: Site, sitting: str) -> None:
    """Who prepared it is offered no confirmation; the other reads what will happen, and confirms."""
    zeng = enter(browser, site, "zeng")
    zeng.goto("/exam-office/prepared")
    waiting = zeng.locator(".prepared-deed", has=zeng.locator(f'a[href="{urlsplit(sitting).path}"]'))
    expect(waiting).to_contain_text("何建平")
    expect(waiting.locator(".foreseen")).to_contain_text("1份成绩")
    waiting.get_by_role("button", name=zh("Confirm: %(deed)s") % {"deed": "公布成绩"}).click()
    expect(zeng.get_by_text(zh("Release the results"), exact=True).first).to_be_visible()
    leave(zeng)


def zhang_sees_the_result_and_no_question(browser: Browser, site: Site) -> None:
    zhang = enter(browser, site, "zhang", size=PHONE)
    zhang.goto("/results")
    expect(zhang.locator("main")).to_contain_text("95")
    zhang.get_by_role("link", name=zh("See the result")).first.click()
    expect(zhang.locator("main")).to_contain_text("95")
    shown = zhang.locator("main").inner_text()
    assert not [stem for stem in right_answers("low_voltage") if stem in shown]
    leave(zhang)


def the_authority_issues(browser: Browser, site: Site) -> str:
    """Approve; the number of the certificate."""
    song = enter(browser, site, "song")
    song.goto("/issuing")
    reload_until(song, song.get_by_role("link", name=zh("Look and decide")))
    song.get_by_role("link", name=zh("Look and decide")).click()
    song.get_by_role("button", name=zh("Approve and issue to %(name)s") % {"name": "张伟强"}).click()
    expect(song.locator("img.card-picture")).to_be_visible()
    card = song.request.get(song.locator("img.card-picture").get_attribute("src") or "")
    assert card.headers["content-type"] == "image/png"
    pdf = song.request.get(song.get_by_role("link", name=zh("Certificate (PDF)")).get_attribute("href") or "")
    assert pdf.body().startswith(b"%PDF")
    number = re.search(r"T\d{17}[\dX]", song.locator("main").inner_text())
    assert number
    leave(song)
    return number[0]


def reload_until(page: Page, wanted: Locator) -> None:
    """Facts cross from one office to the other within a moment, not at once."""

    def came() -> bool:
        page.reload()
        return wanted.count() > 0

    if not wanted.count():
        until(came, f"it never came: {wanted}", every=0.25)


def an_inspector_verifies(browser: Browser, site: Site, number: str) -> None:
    inspector = visitor(browser, site, size=PHONE)
    look_up(inspector, number, "张伟强")
    expect(inspector.get_by_role("heading", name=zh("Valid"), exact=True)).to_be_visible()
    expect(inspector.locator(".verdict-name")).to_have_text("张伟强")
    altered = number[:-3] + ("0" if number[-3] != "0" else "1") + number[-2:]
    look_up(inspector, altered, "张伟强")
    expect(inspector.get_by_role("heading", name=zh("Valid"), exact=True)).to_be_hidden()
    look_up(inspector, number, "张卫强")
    expect(inspector.get_by_role("heading", name=zh("No such certificate"))).to_be_visible()
    leave(inspector)


def look_up(inspector: Page, number: str, name: str) -> None:
    inspector.goto("/verify")
    inspector.locator("[name=number]").fill(number)
    inspector.locator("[name=name]").fill(name)
    inspector.get_by_role("button", name=zh("Show the state today")).click()


def the_board_is_green(browser: Browser, site: Site) -> None:
    liu = enter(browser, site, "liu")
    liu.goto("/board?q=张伟强")
    line = liu.get_by_role("row").filter(has_text="张伟强")
    expect(line.locator(".state-ok")).to_be_visible()
    expect(line).to_contain_text(str(shanghai_date(site.workplace.clock.now()).year + 6))
    leave(liu)


def the_auditor_sees_the_separation(browser: Browser, site: Site) -> None:
    xie = enter(browser, site, "xie")
    xie.goto("/separation?walk=true")
    expect(xie.locator(".note-ok").first).to_be_visible()
    expect(xie.locator(".evidence-breaks")).to_have_count(0)
    leave(xie)
