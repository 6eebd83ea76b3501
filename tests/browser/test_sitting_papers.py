"""The exam office prints a sitting: one button, a bar, and the list for the door, the list to sign and all tickets."""

import pytest
from playwright.sync_api import Browser, Page, expect

from host.wiring import task_kinds, wiring
from kernel.actor import platform
from kernel.faces import Face
from kernel.tasks.running import run_due
from people.accounts.actions import keep_photo
from people.accounts.rules import Sex
from tests.cast.accessibility import serious_faults
from tests.cast.exam_day import ExamDay, Someone, exam_day
from tests.cast.portraits import photo_of
from tests.cast.printed import pages
from tests.cast.site import Site, serving
from tests.cast.visitors import DESK, PHONE, visitor
from web.frame.work import SESSION_COOKIE


@pytest.fixture(scope="module")
def site(copies):
    with copies.migrated() as machine, serving(machine.workplace(wiring(machine.settings))) as served:
        yield served


def arrive(browser: Browser, site: Site, who: Someone) -> Page:
    """The browser of somebody who has signed in before."""
    page = visitor(browser, site, bypass_csp=True)
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": who.token, "url": site.url}])
    return page


def faults_of(page: Page, name: str) -> list[str]:
    """What is wrong with the page that stands there, at a desk and on a phone."""
    found: list[str] = []
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} {width} scrolls sideways")
        found += serious_faults(page, f"{name} {width}")
    return found


def steps(site: Site, most: int = 1_000) -> None:
    """What worker processes do meanwhile."""
    left = iter(range(most))
    kinds = task_kinds(site.workplace.settings)
    run_due(site.workplace, kinds, Face.EXAMINATION, keep_going=lambda: next(left, None) is not None)


def test_one_button_a_bar_and_everything_for_the_room_in_one_file(browser: Browser, site: Site):
    day: ExamDay = exam_day(site.workplace, candidates=28, by_day=True)
    photos = {each.person_id: photo_of(str(each.seat), Sex.FEMALE, 30) for each in day.candidates[1:]}
    with site.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        for person_id, photo in photos.items():
            keep_photo(work, person_id=person_id, photo=photo)
    office = arrive(browser, site, day.officer)
    office.goto(f"/exam-office/sittings/{day.sitting_id}")
    office.get_by_role("button", name="打印考场资料和准考证").click()
    expect(office.get_by_text("排队中")).to_be_visible()
    steps(site, 2)
    expect(office.get_by_role("progressbar")).to_have_attribute("value", "25.0")
    assert faults_of(office, "under way") == []
    steps(site)
    link = office.get_by_role("link", name="下载考场资料和准考证（PDF）")
    expect(link).to_be_visible()
    expect(office.get_by_text("有 1 张准考证未能打印")).to_be_visible()
    assert faults_of(office, "printed") == []
    with office.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.startswith("sitting-")
    said = pages(download.value.path().read_bytes())
    assert sum(page.startswith("准考证") for page in said) == 27
    assert day.candidates[0].admission_number in said[-1]
    office.goto(f"/exam-office/sittings/{day.sitting_id}")
    expect(office.get_by_role("link", name="最近一次打印")).to_be_visible()
    office.context.close()
