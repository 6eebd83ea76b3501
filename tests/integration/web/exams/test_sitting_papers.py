"""The exam office prints a whole sitting: nobody else may, one without a photo costs no other, takers are noted."""

import re

import httpx
import pytest
from sqlalchemy import text

from exams.admissions.actions import STRIDE
from exams.sittings.actions import plan_sitting
from exams.standards.rules import Part
from host.wiring import task_kinds
from kernel.actor import platform
from kernel.documents import installed
from kernel.faces import Face
from kernel.ids import new_id
from kernel.tasks.running import run_due
from people.accounts.actions import keep_photo
from tests.cast.exam_day import QUALIFICATION, exam_day
from tests.cast.portraits import photo_of
from tests.cast.printed import codes, pages, pictures, sizes
from tests.cast.promises import broken_promises
from tests.cast.site import serving
from web.frame.work import SESSION_COOKIE

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
WITHOUT_PHOTO = 4


@pytest.fixture(scope="module")
def day(own_workplace):
    made = exam_day(own_workplace, candidates=30, by_day=True)
    for candidate in made.candidates[:-WITHOUT_PHOTO]:
        photographed(made, candidate)
    return made


def photographed(day, candidate) -> None:
    photo = photo_of(candidate.admission_number)
    with day.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        keep_photo(work, person_id=candidate.person_id, photo=photo)


@pytest.fixture(scope="module")
def as_(day):
    with serving(day.workplace) as site:

        def client(who, language: str = "en") -> httpx.Client:
            made = httpx.Client(base_url=site.url, headers={"Origin": site.url}, timeout=30)
            made.cookies.set("anpei_lang", language)
            made.cookies.set(SESSION_COOKIE, who.token)
            return made

        yield client


def steps(day, most: int = 1_000) -> None:
    """What worker processes would do meanwhile."""
    left = iter(range(most))
    kinds = task_kinds(day.workplace.settings)
    run_due(day.workplace, kinds, Face.EXAMINATION, keep_going=lambda: next(left, None) is not None)


def files_kept(reading) -> int:
    found = text("SELECT count(*) FROM kernel.file_references WHERE purpose = 'printings'")
    return reading.session.scalar(found) or 0


def pressed(day, as_) -> str:
    """The address of a printing that was begun by the button on the sitting's page."""
    page = as_(day.officer).get(f"/exam-office/sittings/{day.sitting_id}").text
    (action,) = re.findall(r'action="(/sitting-papers/[^"]+)"', page)
    answer = as_(day.officer).post(action)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_only_the_exam_office_prints_looks_and_takes(day, as_):
    address = pressed(day, as_)
    for who in (day.candidates[0], day.invigilators[0]):
        assert as_(who).post(f"/sitting-papers/{day.sitting_id}").status_code == 403
        for path in ("", "/sitting.pdf"):
            assert as_(who).get(address + path).status_code == 403
        assert as_(who).post(f"{address}/cancel").status_code == 403
    assert as_(day.officer).get(address.replace(str(day.sitting_id), str(new_id()))).status_code == 404
    as_(day.officer).post(f"{address}/cancel")
    steps(day)


def test_a_sitting_that_is_not_confirmed_yet_is_not_printed(day, as_):
    starts_at = day.workplace.clock.now().replace(microsecond=0)
    sitting_id = day.do(
        day.officer,
        plan_sitting,
        room_id=day.room_id,
        qualification=QUALIFICATION,
        part=Part.THEORY,
        starts_at=starts_at.replace(year=starts_at.year + 1, day=1),
    )
    refused = as_(day.officer).post(f"/sitting-papers/{sitting_id}")
    assert refused.status_code == 409
    assert "of a sitting that is confirmed" in refused.text
    assert "/sitting-papers/" not in as_(day.officer).get(f"/exam-office/sittings/{sitting_id}").text


def test_a_second_press_shows_the_bar_of_the_first_and_a_cancelled_one_keeps_nothing(day, as_):
    address = pressed(day, as_)
    assert pressed(day, as_) == address
    assert "Waits its turn" in as_(day.officer).get(address).text
    steps(day, 2)
    part = as_(day.officer).get(address, headers=PART)
    assert f"{STRIDE} of 30" in part.text
    assert "<html" not in part.text
    assert as_(day.officer).get(f"{address}/sitting.pdf").status_code == 404
    assert as_(day.officer).post(f"{address}/cancel").status_code == 303
    steps(day)
    assert "The printing was cancelled" in as_(day.officer).get(address).text
    assert "打印已取消" in as_(day.officer, "zh_CN").get(address).text
    with day.look() as reading:
        assert files_kept(reading) == 0
    assert pressed(day, as_) != address
    steps(day)


def test_the_office_takes_two_lists_every_ticket_and_who_has_none(day, as_):
    address = pressed(day, as_)
    steps(day)
    assert as_(day.officer).get(address, headers=PART).headers["hx-refresh"] == "true"
    page = as_(day.officer).get(address).text
    assert "Cancel the printing" not in page
    assert "4 tickets could not be printed" in page
    answer = as_(day.officer).get(f"{address}/sitting.pdf")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    made = answer.content
    assert sizes(made) == {(210, 297)}
    assert broken_promises(made) == []
    said = pages(made)
    in_seats = sorted(day.candidates, key=lambda each: each.seat)
    tickets = [place for place, page in enumerate(said) if page.startswith("准考证")]
    with_photo = [each for each in in_seats if each in day.candidates[:-WITHOUT_PHOTO]]
    assert len(tickets) == len(with_photo) == 26
    assert [each.admission_number for each in with_photo if each.admission_number not in said[tickets[0]]] != []
    for place, candidate in zip(tickets, with_photo, strict=True):
        assert candidate.admission_number in said[place]
    lists = "".join(said[: tickets[0]])
    assert [each for each in in_seats if lists.count(each.admission_number) != 2] == []
    assert "考场门贴" in lists
    assert "座位签到表" in lists
    assert [each for each in day.candidates[-WITHOUT_PHOTO:] if each.admission_number not in said[-1]] == []
    assert "没有照片" in said[-1]
    assert codes(pictures(made, 150)[tickets[3]]) == [with_photo[3].admission_number]


def test_who_took_the_papers_of_a_sitting_with_all_its_faces_is_audited(day, as_):
    address = pressed(day, as_)
    steps(day)
    as_(day.officer).get(f"{address}/sitting.pdf")
    with day.workplace.reading(platform("test"), Face.REGISTRY) as reading:
        noted = reading.session.scalar(
            text("SELECT count(*) FROM kernel.audit WHERE name = 'exams.sitting_papers_taken' AND subject = :sitting"),
            {"sitting": str(day.sitting_id)},
        )
    assert noted
    assert installed(day.workplace.settings.var).family == "Noto Sans SC"
