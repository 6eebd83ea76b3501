"""The practical on screens: what was typed is never lost, every practical is found, a dead end has a way out."""

import io
import re
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from openpyxl import load_workbook

from exams.practicals import actions
from exams.practicals.queries import Practical, own_practicals
from exams.practicals.rules import Deed, Step
from exams.results.queries import ResultRow, result_of_registration
from exams.standards.rules import Part
from kernel.actor import platform
from kernel.faces import Face
from kernel.ids import new_id
from tests.cast.practical_sitting import Preparation
from tests.cast.site import Site
from tests.cast.two_people import release_on_the_page
from tests.cast.waiting import until

TOO_SHORT = "??"
SAID = "他在带电的配电箱上接线，被当场制止"


class Begun:
    """Zhang's practical, drawn and by hand in K2: deng and liang examine."""

    def __init__(self, site: Site, candidate: str = "zhang") -> None:
        self.site, self.day, self.candidate = site, Preparation(site, candidate), candidate
        self.day.trained()
        self.day.theory_passed()
        self.sitting_id, self.registration_id = self.day.opened(Part.PRACTICAL, "deng", "liang")
        self.day.do(self.day.he, actions.open_practicals, self.sitting_id)
        site.workplace.clock.skip(timedelta(seconds=1))
        self.id: UUID = self.practical.id
        self.day.do(self.day.he, actions.draw_items, self.id)

    @property
    def practical(self) -> Practical:
        with self.site.workplace.reading(self.day.zhang, Face.EXAMINATION) as reading:
            return own_practicals(reading)[0]

    def complete(self, subject: str) -> None:
        for username in ("deng", "liang"):
            examiner = self.day.actor(username)
            complete = Step(Deed.COMPLETE)
            self.day.do(examiner, actions.step_sheet, self.id, subject, step_id=new_id(), seen=0, step=complete)


@pytest.fixture(scope="module")
def begun(site: Site) -> Begun:
    return Begun(site)


def opened_details(page: str) -> list[str]:
    """What stands in the panels that are open."""
    return re.findall(r"<details[^>]*\bopen>(.*?)</details>", page, re.DOTALL)


def veto_form(begun: Begun, **typed: object) -> dict[str, object]:
    veto = begun.practical.items["K2"].item.vetoes[0].code
    return {"step_id": str(new_id()), "seen": 0, "deed": "veto", "deduction": veto} | typed


# What was typed


def test_a_refused_veto_keeps_what_was_typed_in_its_open_panel_with_the_reason_at_the_field(site, begun):
    deng = site.client("deng")
    address = f"/practical/{begun.id}/sheets/K2/steps"
    said = deng.post(address, data=veto_form(begun, reason=TOO_SHORT))
    assert said.status_code == 422
    (panel,) = opened_details(said.text)
    assert begun.practical.items["K2"].item.vetoes[0].words.en in panel
    assert f">{TOO_SHORT}</textarea>" in panel
    assert 'id="error-reason"' in panel


def test_an_examiner_who_was_not_chosen_is_asked_for(site, begun):
    asked = site.client("he").post(f"/practical/{begun.id}/examiners/1", data={"person_id": "", "reason": SAID})
    assert asked.status_code == 422
    assert 'href="#field-person_id"' in asked.text
    assert "Choose one of the list." in asked.text


def test_a_veto_told_at_too_great_a_length_is_refused_at_its_field(site, begun):
    address = f"/practical/{begun.id}/sheets/K2/steps"
    said = site.client("deng").post(address, data=veto_form(begun, reason="接" * 501))
    assert said.status_code == 422
    (panel,) = opened_details(said.text)
    assert f">{'接' * 501}</textarea>" in panel
    assert "at most 500 characters" in panel


def test_a_sheet_that_has_moved_keeps_the_long_reason_of_the_veto(site, begun):
    deng = site.client("deng")
    address = f"/practical/{begun.id}/sheets/K2/steps"
    said = deng.post(address, data=veto_form(begun, seen=7, reason=SAID), headers={"HX-Request": "true"})
    assert said.status_code == 409
    (panel,) = opened_details(said.text)
    assert f">{SAID}</textarea>" in panel


def test_a_refusal_to_sign_that_is_said_too_shortly_keeps_its_panel_open(site, begun):
    begun.complete("K3")
    said = site.client("deng").post(f"/practical/{begun.id}/sheets/K3/refusal", data={"reason": TOO_SHORT})
    assert said.status_code == 422
    (panel,) = opened_details(said.text)
    assert f'action="/practical/{begun.id}/sheets/K3/refusal"' in panel
    assert f">{TOO_SHORT}</textarea>" in panel
    assert 'id="error-reason"' in panel


# Finding


def numbers(client: httpx.Client, address: str) -> list[object]:
    """The admission numbers of a downloaded list."""
    sheet = load_workbook(io.BytesIO(client.get(address).content)).worksheets[0]
    return [row[1] for row in sheet.iter_rows(values_only=True)]


def test_the_list_is_narrowed_in_the_address_and_downloaded_as_it_is_shown(site, begun):
    he = site.client("he")
    code = begun.practical.admission_number.rpartition("-")[0]
    for query, is_found in (
        (f"sitting={code}", True),
        ("todo=finish", True),
        ("todo=draw", False),
        ("day=2001-01-01", False),
    ):
        page = he.get(f"/practical?{query}").text
        assert (f'href="/practical/{begun.id}"' in page) is is_found
        address = re.search(r'href="(/practical/practicals\.xlsx[^"]*)"', page)
        assert address is not None
        assert query in address[1]
        assert (begun.practical.admission_number in numbers(he, address[1])) is is_found
    assert f'value="{code}"' in he.get(f"/practical?sitting={code}").text
    assert "No practical is found with these filters" in he.get("/practical?day=2001-01-01").text


def test_examiners_download_their_own_practicals_only_and_candidates_none(site, begun):
    number = begun.practical.admission_number
    for who, is_found in (("liang", True), ("tang", False)):
        assert (number in numbers(site.client(who), "/practical/practicals.xlsx")) is is_found
    assert site.client("zhang").get("/practical/practicals.xlsx").status_code == 403


# The end of a dead end


def ending(client: httpx.Client, begun: Begun, **typed: str) -> httpx.Response:
    return client.post(f"/practical/{begun.id}/ending", data=typed)


def test_the_office_ends_a_practical_and_everybody_is_told_why(site, begun):
    he, zhang = site.client("he"), site.client("zhang")
    for who in ("deng", "xu", "zhang"):
        assert ending(site.client(who), begun, ending="voided", reason=SAID).status_code == 403
    short = ending(he, begun, ending="given_up", reason="走了")
    assert short.status_code == 422
    (panel,) = opened_details(short.text)
    assert ">走了</textarea>" in panel
    assert 'value="given_up"' in panel
    assert ending(he, begun, ending="given_up", reason="考生中途离场，未再返回。").status_code == 303
    assert ending(he, begun, ending="voided", reason="考生中途离场，未再返回。").status_code == 409
    for page in (
        he.get(f"/practical/{begun.id}").text,
        zhang.get("/my-practical").text,
        site.client("deng").get(f"/practical/{begun.id}/sheets/K2").text,
    ):
        assert "考生中途离场，未再返回。" in page
        assert f"/practical/{begun.id}/ending" not in page

    def recorded() -> ResultRow | None:
        with site.workplace.reading(platform("test"), Face.EXAMINATION) as reading:
            return result_of_registration(reading, begun.registration_id)

    assert until(recorded, "nobody recorded the result").score == 0
    xu = site.client("xu")
    assert xu.post(f"/invigilation/{begun.sitting_id}/close").status_code == 303
    release_on_the_page(site, begun.sitting_id)
    assert "Not passed" in zhang.get("/results").text


def test_a_void_practical_puts_the_candidate_back_into_the_queue(site):
    tursun = Begun(site, "tursun")
    he, candidate = site.client("he"), site.client("tursun")
    assert ending(he, tursun, ending="voided", reason="一名考评员突发疾病送医。").status_code == 303
    assert "一名考评员突发疾病送医。" in candidate.get("/my-practical").text
    exams = candidate.get("/registration").text
    assert "void, not counted" in exams
    assert "The exam office will give you a seat." in exams
    assert site.client("xu").post(f"/invigilation/{tursun.sitting_id}/close").status_code == 303
    sitting = he.get(f"/exam-office/sittings/{tursun.sitting_id}").text
    assert "Void: not counted" in sitting
    assert "0 results of 0 who came" in sitting
    release_on_the_page(site, tursun.sitting_id)


def test_practicals_are_not_opened_for_examiners_who_are_not_there(site):
    day = Preparation(site, "li")
    day.trained()
    day.theory_passed()
    sitting_id, _ = day.opened(Part.PRACTICAL, "liang", absent=("tang",))
    he, tang = site.client("he"), site.client("tang")
    refused = he.post(f"/practical/sittings/{sitting_id}")
    assert refused.status_code == 409
    assert "Not there yet: 唐文斌." in refused.text
    assert f"/practical/duties/{sitting_id}" in tang.get("/practical").text
    assert he.post(f"/practical/duties/{sitting_id}").status_code == 403
    assert tang.post(f"/practical/duties/{sitting_id}").status_code == 303
    assert f"/practical/duties/{sitting_id}" not in tang.get("/practical").text
    assert he.post(f"/practical/sittings/{sitting_id}").status_code == 303
