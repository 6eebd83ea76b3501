"""The candidate's and the exam office's screens over HTTP: who may not, the whole way, and bad input at its field."""

import re
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID, uuid4

import openpyxl
import pytest

from exams.registrations.actions import accept_eligibility
from host.demonstration import person_id
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.faces import Face
from people.accounts import queries as accounts
from tests.cast.site import Site

APPLY = "/registration/apply/low_voltage/theory"


def trained(site: Site, username: str = "zhang") -> None:
    """The training provider of the demonstration, with its teacher Wu, has trained this person."""
    with site.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        provider = accounts.actor_of_account(work, "zhao")
        assert provider is not None
        assert provider.organisation_id is not None
        accept_eligibility(
            work,
            person_id=person_id(work, username),
            qualification="low_voltage",
            granted_on=shanghai_date(work.now),
            valid_until=None,
            provider_id=provider.organisation_id,
            provider_name="江城安学安全技术培训学校",
            teacher_ids=(person_id(work, "wu"),),
            proof_number=f"PX-{username}",
            demonstration=True,
        )


def planned(site: Site, *, at: str = "09:00", capacity: str = "") -> str:
    """The address of a new theory sitting, the day after tomorrow."""
    office = site.client("he")
    form = office.get("/exam-office/sittings/new").text
    room = next(
        value for value, words in re.findall(r'<option value="([0-9a-f-]{36})"[^>]*>([^<]+)', form) if "30" in words
    )
    day = shanghai_date(site.workplace.clock.now()) + timedelta(days=2)
    typed = {"exam": "low_voltage/theory", "room_id": room, "day": str(day), "time": at, "capacity": capacity}
    answer = office.post("/exam-office/sittings/new", data=typed)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def next_month(site: Site) -> date:
    return shanghai_date(site.workplace.clock.now()) + timedelta(days=30)


def pooled(page: str, name: str) -> str:
    found = re.search(rf'<option value="([0-9a-f-]{{36}})"[^>]*>{name}', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("address", ["/registration", APPLY, "/results"])
def test_visitors_sign_in_first_and_the_office_has_no_exams_of_its_own(site: Site, address: str):
    assert site.client().get(address).headers["location"].startswith("/sign-in")
    assert site.client("he").get(address).status_code == 403


@pytest.mark.parametrize(
    "address",
    ["", "/sittings/new", "/applications", "/applications.xlsx", "/rechecks", f"/sittings/{UUID(int=7)}"],
)
@pytest.mark.parametrize("username", ["zhang", "wu", "xu", "zheng"])
def test_only_the_office_enters_the_office(site: Site, address: str, username: str):
    assert site.client(username).get(f"/exam-office{address}").status_code == 403


def test_an_untrained_worker_is_told_what_is_missing_and_why(site: Site):
    page = site.client("tursun").get(APPLY).text
    assert "You cannot apply today" in page
    assert "No completed training for this qualification has reached the exam body." in page
    assert "Order 19" in page


def test_addresses_that_do_not_exist_are_not_found(site: Site):
    zhang, office = site.client("zhang"), site.client("he")
    for address in ("/registration/apply/nothing/theory", f"/registration/{uuid4()}", f"/results/{uuid4()}"):
        assert zhang.get(address).status_code == 404
    for address in (f"/exam-office/sittings/{uuid4()}", f"/exam-office/applications/{uuid4()}"):
        assert office.get(address).status_code == 404
    assert office.post(f"/exam-office/sittings/{uuid4()}/steps/confirm").status_code == 404


def test_a_day_that_is_none_stays_in_the_form_with_its_reason(site: Site):
    answer = site.client("tursun").post(APPLY, data={"earliest_on": "morgen"})
    assert answer.status_code == 422
    assert 'value="morgen"' in answer.text
    assert "This is not a date. Write it as 2026-05-31." in answer.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "31.5."}, "This is not a date. Write it as 2026-05-31."),
        ({"time": "nine"}, "Type the time as 09:00."),
        ({"capacity": "many"}, "Type a whole number."),
        ({"capacity": "31"}, "This room takes between 1 and 30 candidates."),
        ({"room_id": "x"}, "Choose one of the list."),
        ({"exam": "low_voltage/sleep"}, "Choose one of the list."),
        ({"day": "2020-01-01"}, "A sitting is planned for a time to come."),
        ({"day": "0001-01-01"}, "A sitting is planned for a time to come."),
        ({"day": "9999-12-31"}, "A sitting is planned at most 3 years ahead."),
        ({"day": "9999-12-31", "time": "23:59"}, "A sitting is planned at most 3 years ahead."),
    ],
)
def test_a_sitting_that_cannot_be_planned_says_why_at_its_field(site: Site, changed: dict[str, str], said: str):
    office = site.client("he")
    form = office.get("/exam-office/sittings/new").text
    room = next(
        value for value, words in re.findall(r'<option value="([0-9a-f-]{36})"[^>]*>([^<]+)', form) if "30" in words
    )
    typed = {
        "exam": "low_voltage/theory",
        "room_id": room,
        "day": str(next_month(site)),
        "time": "09:00",
        "capacity": "",
    }
    answer = office.post("/exam-office/sittings/new", data=typed | changed)
    assert answer.status_code == 422
    assert said in answer.text


def test_from_the_application_to_the_drawn_papers(site: Site):
    trained(site)
    zhang, office = site.client("zhang"), site.client("he")
    first, second = (zhang.post(APPLY, data={"earliest_on": ""}) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    mine = first.headers["location"]
    assert "Your application is accepted" in zhang.get(mine).text
    assert zhang.get(f"{mine}/ticket.pdf").status_code == 404

    sitting = planned(site)
    assert office.post(f"{sitting}/steps/draw").status_code == 409
    assert office.post(f"{sitting}/seats", data={"count": "1", "order": "lot"}).status_code == 303
    refused = office.post(f"{sitting}/staff", data={"staff_id": pooled(office.get(sitting).text, "韩东升")})
    assert refused.status_code == 409
    assert "韩东升 may not be on duty in this sitting" in refused.text
    assert "张伟强" in refused.text
    for _ in range(2):
        assert office.post(f"{sitting}/staff/lot/invigilator").status_code == 303
    assert "no further" in office.post(f"{sitting}/staff/lot/invigilator").text
    assert office.post(f"{sitting}/steps/confirm").status_code == 303
    ticket = zhang.get(f"{mine}/ticket.pdf")
    assert (ticket.status_code, ticket.content[:5]) == (200, b"%PDF-")
    assert office.post(f"{sitting}/steps/draw").status_code == 303
    assert "1 papers" in office.get(sitting).text
    assert office.post(f"{sitting}/steps/release").status_code == 409


def test_nobody_sees_the_registration_of_another(site: Site):
    trained(site, "li")
    mine = site.client("li").post(APPLY, data={}).headers["location"]
    other = site.client("tursun")
    assert other.get(mine).status_code == 404
    assert other.post(f"{mine}/withdraw").status_code == 404
    assert other.get(f"{mine}/ticket.pdf").status_code == 404


def test_the_list_is_filtered_in_its_address_and_downloaded_as_shown(site: Site):
    trained(site, "ma")
    site.client("ma").post(APPLY, data={})
    office = site.client("he")
    shown = office.get("/exam-office/applications", params={"q": "马", "state": "applied"}).text
    assert "马𬱖" in shown
    book = openpyxl.load_workbook(
        BytesIO(office.get("/exam-office/applications.xlsx", params={"q": "马", "state": "applied"}).content)
    )
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["马𬱖"]
    assert "Nobody is found" in office.get("/exam-office/applications", params={"q": "nobody"}).text
    assert office.get("/exam-office/applications", params={"page": "x", "exam": "/", "state": "?"}).status_code == 200


def test_a_seat_is_taken_back_only_with_a_reason(site: Site):
    trained(site, "chen")
    mine = site.client("chen").post(APPLY, data={}).headers["location"]
    registration_id = UUID(mine.rsplit("/", 1)[1])
    sitting = planned(site, at="15:00", capacity="5")
    office = site.client("he")
    assert office.post(f"{sitting}/seats", data={"registration": str(registration_id)}).status_code == 303
    take_back = f"{sitting}/seats/{registration_id}/take-back"
    assert office.post(take_back, data={"reason": " "}).status_code == 422
    assert office.post(take_back, data={"reason": "生病"}).status_code == 303
    assert "Your application is accepted" in site.client("chen").get(mine).text


def test_sittings_are_found_by_number_day_exam_and_state(site):
    """Two hundred sittings are no list: it is narrowed, the address keeps how, and Excel holds what is shown."""
    office = site.client("he")
    early, late = planned(site, at="05:00"), planned(site, at="18:30")
    code = re.search(r"\d{4}-\d{4}", office.get(late).text)
    assert code is not None
    day = shanghai_date(site.workplace.clock.now()) + timedelta(days=2)

    def listed(query: str) -> list[bool]:
        shown = office.get(f"/exam-office?{query}").text
        return [address in shown for address in (early, late)]

    assert listed(f"q={code[0]}") == [False, True]
    assert listed(f"day={day}&state=planned&exam=low_voltage/theory") == [True, True]
    assert listed(f"day={day + timedelta(days=1)}") == [False, False]
    assert listed("state=released") == [False, False]
    assert listed("exam=low_voltage/practical") == [False, False]
    assert listed("day=yesterday&state=lost&page=x") == [True, True]
    book = openpyxl.load_workbook(BytesIO(office.get(f"/exam-office/sittings.xlsx?q={code[0]}").content))
    rows = list(book.worksheets[0].values)
    assert [row[0] for row in rows[1:]] == [code[0]]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_end_of_time_has_no_sittings(site, day):
    office = site.client("he")
    listed = office.get(f"/exam-office?day={day}")
    assert (listed.status_code, "No sitting is found with these filters" in listed.text) == (200, True)
    book = office.get(f"/exam-office/sittings.xlsx?day={day}")
    assert book.status_code == 200
    assert len(list(openpyxl.load_workbook(BytesIO(book.content)).worksheets[0].values)) == 1


def test_a_sitting_in_the_past_is_refused_at_its_day(site):
    form = site.client("he").get("/exam-office/sittings/new").text
    room = re.search(r'<option value="([0-9a-f-]{36})"', form)
    assert room is not None
    typed = {"exam": "low_voltage/theory", "room_id": room[1], "day": "2026-01-05", "time": "09:00"}
    answer = site.client("he").post("/exam-office/sittings/new", data=typed)
    assert answer.status_code == 422
    assert 'id="error-day"' in answer.text
    assert 'value="2026-01-05"' in answer.text
