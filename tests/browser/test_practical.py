"""The practical and its practice in a browser: done by its people, usable at both widths and in both languages."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser, Page, expect

from exams.centres.queries import centres, pool, rooms
from exams.centres.rules import RoomKind
from exams.registrations.actions import accept_eligibility, apply, note_attendance
from exams.results.actions import record_result, release_results
from exams.sittings import actions as sittings
from exams.standards.rules import Part
from kernel.actor import Actor, platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from people.accounts import queries as accounts
from tests.browser.practical_day import CANDIDATE, k43_is_drawn, the_fire_is_put_out, the_practical, zh
from tests.browser.test_gallery import serious_faults
from tests.browser.visitors import DESK, PHONE, enter
from tests.site import Site


class Preparation:
    """What comes before the practical, done by its people without screens."""

    def __init__(self, site: Site) -> None:
        self.place = site.workplace
        self.he, self.zhang, self.xu, self.cao = (self.actor(who) for who in ("he", "zhang", "xu", "cao"))

    def actor(self, username: str) -> Actor:
        with self.place.reading(platform("test"), Face.REGISTRY) as reading:
            found = accounts.actor_of_account(reading, username)
        assert found is not None
        return found

    def do(self, actor: Actor, deed: Callable[..., Any], *args: Any, face: Face = Face.EXAMINATION, **kw: Any) -> Any:
        with self.place.transaction(actor, face) as work:
            return deed(work, *args, **kw)

    def trained(self) -> None:
        self.do(
            platform("test"),
            accept_eligibility,
            face=Face.REGISTRY,
            person_id=self.zhang.person_id,
            qualification="low_voltage",
            granted_on=shanghai_date(self.place.clock.now()),
            valid_until=None,
            provider_id=UUID(int=1),
            provider_name="培训机构",
            teacher_ids=(),
            proof_number="PX1",
            demonstration=True,
        )

    def opened(self, part: Part, *staff: str) -> tuple[UUID, UUID]:
        """An open sitting in which 张伟强 has checked in, and his registration."""
        registration = self.do(self.zhang, apply, qualification="low_voltage", part=part)
        with self.place.reading(self.he, Face.EXAMINATION) as reading:
            centre = next(one for one in centres(reading) if one.code == "JC01")
            room = next(one for one in rooms(reading, centre.id) if one.kind is RoomKind(part.value))
            staff_ids: dict[UUID | None, UUID] = {one.person_id: one.id for one in pool(reading, centre.id)}
        starts_at = self.place.clock.now() + timedelta(minutes=10)
        sitting = self.do(
            self.he, sittings.plan_sitting, room_id=room.id, qualification="low_voltage", part=part, starts_at=starts_at
        )
        self.do(self.he, sittings.seat_candidates, sitting, registration_ids=[registration])
        for who in ("xu", "cao", *staff):
            self.do(self.he, sittings.assign_staff, sitting, staff_id=staff_ids[self.actor(who).person_id])
        self.do(self.he, sittings.confirm_sitting, sitting)
        self.do(self.he, sittings.draw_sitting, sitting)
        for one in (self.xu, self.cao):
            self.do(one, sittings.take_up_duty, sitting)
        self.do(self.xu, note_attendance, registration_id=registration)
        self.place.clock.skip(timedelta(minutes=10))
        self.do(self.xu, sittings.open_sitting, sitting)
        return sitting, registration

    def theory_passed(self) -> None:
        sitting, registration = self.opened(Part.THEORY)
        self.do(
            platform("marking"),
            record_result,
            registration_id=registration,
            score=Decimal(90),
            pass_mark=Decimal(80),
            passed=True,
            taken_on=shanghai_date(self.place.clock.now()),
        )
        self.place.clock.skip(timedelta(hours=3))
        self.do(self.xu, sittings.close_sitting, sitting)
        self.do(self.he, release_results, sitting)


def faults_of(browser: Browser, page: Page) -> list[str]:
    """The same screen for the same person at both widths and in both languages."""
    found = []
    context = browser.new_context(storage_state=page.context.storage_state(), bypass_csp=True)
    seen = context.new_page()
    for language in ("zh_CN", "en"):
        context.add_cookies([{"name": "anpei_lang", "value": language, "url": page.url}])
        seen.goto(page.url)
        for width, height in (PHONE, DESK):
            seen.set_viewport_size({"width": width, "height": height})
            name = f"{page.url} {language} {width}"
            found += serious_faults(seen, name)
            if seen.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{name} scrolls sideways")
    context.close()
    return found


def test_the_practical_is_passed_on_usable_screens(browser: Browser, site: Site):
    day, faults = Preparation(site), []
    day.trained()
    day.theory_passed()
    sitting, _ = day.opened(Part.PRACTICAL, "deng", "liang")
    faults += an_examiner_falls_ill(browser, site, sitting)
    the_practical(browser, site, look=lambda page: faults.extend(faults_of(browser, page)))
    assert faults == []


def an_examiner_falls_ill(browser: Browser, site: Site, sitting: UUID) -> list[str]:
    """邓卫东 is replaced by 唐文斌, who is put on duty while the sitting is open."""
    he = enter(browser, site, "he")
    with k43_is_drawn(site):
        he.goto("/practical")
        he.get_by_role("button", name=zh("Open the practicals")).click()
        expect(he.get_by_role("link", name=CANDIDATE)).to_be_visible()
    he.goto(f"/exam-office/sittings/{sitting}")
    staff = he.locator("[name=staff_id]")
    staff.select_option(staff.locator("option").filter(has_text="唐文斌").get_attribute("value"))
    he.get_by_role("button", name=zh("Assign"), exact=True).click()
    expect(he.locator("#staff").get_by_role("rowheader", name="唐文斌")).to_be_visible()
    he.goto("/practical")
    he.get_by_role("link", name=CANDIDATE).click()
    faults = faults_of(browser, he)
    he.get_by_text(zh("Replace %(name)s") % {"name": "邓卫东"}, exact=True).click()
    form = he.locator("form[action$='/examiners/1']")
    form.get_by_label(zh("Reason")).fill("突发疾病，已送医。")
    form.get_by_role("button").click()
    expect(he.get_by_text(zh("Replace %(name)s") % {"name": "唐文斌"}, exact=True)).to_have_count(0)
    expect(he.locator(".facts")).to_contain_text("唐文斌")
    expect(he.locator(".facts")).not_to_contain_text("邓卫东")
    he.context.close()
    return faults


def test_practice_is_explained(browser: Browser, site: Site):
    zhang = enter(browser, site, "zhang", size=PHONE)
    zhang.goto("/extinguisher-practice")
    faults = faults_of(browser, zhang)
    begin(zhang, "带电配电柜起火")
    the_fire_is_put_out(zhang)
    zhang.get_by_role("link", name=zh("See the explanation")).click()
    expect(zhang.get_by_role("heading", name=zh("Line by line"))).to_be_visible()
    assert zhang.locator(".line[data-lost]").count() == 0, zhang.locator("main").inner_text()
    faults += faults_of(browser, zhang)
    zhang.goto("/extinguisher-practice")
    begin(zhang, "车间油盘起火")
    faults += faults_of(browser, zhang)
    zhang.context.close()
    assert faults == []


def begin(zhang: Page, title: str) -> None:
    """A scene on the list of those to practise on."""
    zhang.locator(".scenes li").filter(has_text=title).get_by_role("button").click()
    expect(zhang.locator("#scene")).to_be_visible()
