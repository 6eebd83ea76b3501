"""The enterprise's screens over HTTP: who may not, then the whole way of a list, and bad input at its field."""

import io
import re
from urllib.parse import quote

import httpx
import openpyxl
import pytest

from people.accounts.rules.id_numbers import check_digit
from tests.cast.site import Site

ZHANG = quote("张伟强")
WRONG_NUMBER = "99010319900101002" + ("0" if check_digit("99010319900101002") != "0" else "1")


@pytest.fixture
def manager(site: Site) -> httpx.Client:
    return site.client("liu")


def upload(client: httpx.Client, content: bytes, name: str = "花名册.xlsx") -> httpx.Response:
    return client.post("/staff-import", files={"file": (name, content, "application/octet-stream")})


def report_of(client: httpx.Client, content: bytes) -> httpx.Response:
    answer = upload(client, content)
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["location"])


@pytest.fixture
def zhangs_line(manager: httpx.Client) -> str:
    """The address of Zhang's line, the sample list having been imported."""
    upload(manager, manager.get("/staff-import/sample.xlsx").content)
    found = re.search(r'href="(/staff/[0-9a-f-]{36})"', manager.get(f"/staff?q={ZHANG}&standing=all").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("address", ["/staff", "/staff/list.xlsx", "/staff/new", "/staff/posts", "/staff-import"])
def test_visitors_must_sign_in_and_workers_may_not(site: Site, address: str):
    assert site.client().get(address).headers["location"].startswith("/sign-in")
    assert site.client("zhang").get(address).status_code == 403


def test_the_sample_list_is_taken_but_for_six_rows_and_twice_changes_nothing(manager: httpx.Client):
    sample = manager.get("/staff-import/sample.xlsx").content
    first, second = report_of(manager, sample), report_of(manager, sample)
    for words in (
        "Row 10",
        "The check digit",
        "there is no such day",
        "“焊工” meant?",
        "already in row 3 of this list",
    ):
        assert words in first.text
    assert re.search(r"34\D+rows changed nothing", second.text)


def test_the_rows_to_mend_come_back_with_their_reasons_and_can_be_mended(manager: httpx.Client):
    report = upload(manager, manager.get("/staff-import/sample.xlsx").content).headers["location"]
    content = manager.get(f"{report}/rows-to-mend.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.max_row == 7
    assert all(row[8].value for row in sheet.iter_rows(min_row=2))
    again = report_of(manager, content)
    assert re.search(r"\b1\D+rows changed nothing", again.text), "the doubled person alone is no mistake any more"
    assert re.search(r"\b5\D+rows were not taken", again.text)


def test_another_enterprise_sees_neither_the_report_nor_the_line(site: Site, manager: httpx.Client, zhangs_line: str):
    report = upload(manager, manager.get("/staff-import/sample.xlsx").content).headers["location"]
    other = site.client("sun")
    assert other.get(report).status_code == 404
    assert other.get(f"{report}/rows-to-mend.xlsx").status_code == 404
    assert other.get(zhangs_line).status_code == 404
    assert other.post(f"{zhangs_line}/end", data={"left_on": "2026-06-01"}).status_code == 404
    assert "张伟强" not in other.get("/staff?standing=all").text


@pytest.mark.parametrize("content", [b"", b"name;number", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0" + b"\0" * 100])
def test_a_file_that_is_no_list_is_refused_at_the_field(manager: httpx.Client, content: bytes):
    answer = upload(manager, content)
    assert answer.status_code == 422
    assert 'href="#field-file"' in answer.text


def test_no_file_at_all_is_refused_at_the_field(manager: httpx.Client):
    assert manager.post("/staff-import").status_code == 422


def test_a_file_name_never_becomes_markup_or_a_path(manager: httpx.Client):
    sample = manager.get("/staff-import/sample.xlsx").content
    page = report_of(manager, sample).text
    assert "花名册.xlsx" in page
    answer = upload(manager, sample, name="../../<script>alert(1)</script>.xlsx")
    assert "<script>alert" not in manager.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    "query",
    ["?page=0", "?page=-1", "?page=x", "?page=99999999999", "?post=x", "?migrant=maybe", "?q=%00", "?standing=?"],
)
def test_an_odd_address_still_shows_a_list(manager: httpx.Client, query: str):
    assert manager.get(f"/staff{query}").status_code == 200
    assert manager.get(f"/staff/list.xlsx{query}").status_code == 200


def test_the_download_holds_exactly_what_the_filtered_list_shows(manager: httpx.Client, zhangs_line: str):
    content = manager.get(f"/staff/list.xlsx?q={ZHANG}").content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Name", "张伟强"]
    assert rows[1][1] == "9901**********0137"


def test_a_line_changes_field_by_field_and_says_why_not(manager: httpx.Client, zhangs_line: str):
    page = manager.get(zhangs_line).text
    welder = re.search(r'value="([0-9a-f-]{36})"[^>]*>\s*焊工', page)
    assert welder is not None
    bad = manager.post(f"{zhangs_line}/post", data={"post_id": welder[1], "changed_on": "someday"})
    assert bad.status_code == 422
    assert 'value="someday"' in bad.text
    assert "Write it as 2026-05-31" in bad.text
    for day in ("2999-01-01", "9999-12-31"):
        far = manager.post(f"{zhangs_line}/post", data={"post_id": welder[1], "changed_on": day})
        assert far.status_code == 422
        assert 'href="#field-changed_on"' in far.text
        assert "more than 90 days ahead" in far.text
    good = manager.post(f"{zhangs_line}/post", data={"post_id": welder[1], "changed_on": "2026-08-01"})
    assert good.status_code == 303
    assert "焊工 since 2026-08-01" in manager.get(zhangs_line).text
    data = {"injury_insurance": "no", "migrant_worker": "no"}
    assert manager.post(f"{zhangs_line}/particulars", data=data).status_code == 303
    assert "Not insured" in manager.get(zhangs_line).text
    assert manager.post(f"{zhangs_line}/particulars", data={}).status_code == 422


def test_one_person_is_added_by_hand_once(manager: httpx.Client):
    typed = {
        "name": "欧阳雪",
        "id_number": WRONG_NUMBER,
        "post": "普工",
        "hired_on": "2026-08-03",
        "migrant_worker": "yes",
        "injury_insurance": "yes",
    }
    wrong = manager.post("/staff/new", data=typed)
    assert wrong.status_code == 422
    assert "The check digit" in wrong.text
    assert 'value="欧阳雪"' in wrong.text
    typed["id_number"] = f"990103 19900101 002{check_digit('99010319900101002')}"
    answer = manager.post("/staff/new", data=typed)
    assert answer.status_code == 303, answer.text
    assert "欧阳雪" in manager.get(answer.headers["location"]).text
    twice = manager.post("/staff/new", data=typed)
    assert twice.status_code == 422
    assert "already on your staff list" in twice.text


def test_a_post_is_added_and_not_twice(manager: httpx.Client):
    data = {"post_name": "叉车维修电工", "kind": "maintenance_electrician"}
    assert manager.post("/staff/posts", data=data).status_code == 303
    assert "叉车维修电工" in manager.get("/staff/posts").text
    assert manager.post("/staff/posts", data=data).status_code == 422
    assert manager.post("/staff/posts", data={"post_name": "x", "kind": "pilot"}).status_code == 422
    assert manager.post("/staff/posts", data={"post_name": "x" * 500, "kind": "welder"}).status_code == 422


def test_who_left_is_closed_with_a_day_that_can_be(manager: httpx.Client, zhangs_line: str):
    early = manager.post(f"{zhangs_line}/end", data={"left_on": "2020-01-01"})
    assert early.status_code == 422
    assert "before the hire date" in early.text
    assert manager.post(f"{zhangs_line}/end", data={"left_on": "2026-09-01"}).status_code == 303
    assert "Left on 2026-09-01" in manager.get(zhangs_line).text
    assert manager.post(f"{zhangs_line}/end", data={"left_on": "2026-09-01"}).status_code == 422
