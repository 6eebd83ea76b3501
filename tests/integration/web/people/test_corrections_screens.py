"""Correcting particulars over HTTP: who may not, what is said at its field, and that what was typed stays."""

import re
from itertools import count

import httpx
import pytest

from people.accounts.rules.id_numbers import check_digit
from tests.cast.site import Site

serials = count(1)
WHY = "名单录入有误"


def an_id(serial: int) -> str:
    first_17 = f"99010319870308{serial:03d}"
    return first_17 + check_digit(first_17)


@pytest.fixture
def tian(site: Site) -> httpx.Client:
    return site.client("tian")


@pytest.fixture
def hired(site: Site, tian: httpx.Client) -> tuple[str, str, int]:
    """A new worker of Liu's enterprise: the corrections of the line, those of the account, and the serial."""
    liu, serial = site.client("liu"), next(serials)
    liu.post("/staff/posts", data={"post_name": "勤杂工", "kind": "general_worker"})
    typed = {"name": "陈桂英", "id_number": an_id(serial), "post": "勤杂工", "phone": f"1000000{8000 + serial}"}
    typed |= {"hired_on": "2026-06-01", "migrant_worker": "no", "injury_insurance": "yes"}
    line = liu.post("/staff/new", data=typed).headers["location"]
    assert liu.post(f"{line}/sign-in").status_code == 200
    found = re.search(r'href="/accounts/([0-9a-f-]{36})"', tian.get(f"/accounts?q={8000 + serial}").text)
    assert found is not None
    return line.replace("/staff/", "/corrections/staff/"), f"/corrections/accounts/{found[1]}", serial


def test_only_the_office_and_the_own_enterprise_may(site: Site, hired: tuple[str, str, int]):
    of_line, of_account, _ = hired
    assert site.client().get(of_line).headers["location"].startswith("/sign-in")
    assert site.client("sun").get(of_line).status_code == 404
    assert site.client("sun").post(of_line, data={"name": "陈桂芳", "reason": WHY}).status_code == 404
    for address in (of_account, f"{of_account}/number"):
        assert site.client("liu").post(address, data={"name": "陈桂芳", "reason": WHY}).status_code == 403
    assert site.client("liu").get(of_account).status_code == 403
    assert site.client("tian").get(of_line).status_code == 403


def test_a_manager_corrects_a_name_and_sees_no_field_for_the_number(site: Site, hired: tuple[str, str, int]):
    of_line, _, serial = hired
    liu = site.client("liu")
    assert "document_number" not in liu.get(of_line).text
    data = {"name": "陈桂芳", "phone": "12", "reason": WHY}
    refused = liu.post(of_line, data=data)
    assert refused.status_code == 422
    assert 'href="#field-phone"' in refused.text
    assert 'value="陈桂芳"' in refused.text
    data["phone"] = f"1000000{8000 + serial}"
    assert liu.post(of_line, data=data | {"reason": ""}).status_code == 422
    answer = liu.post(of_line, data=data)
    assert answer.status_code == 303
    assert "陈桂芳" in liu.get(answer.headers["location"]).text
    assert liu.post(of_line, data=data).status_code == 409, "it stands there already"


def test_the_administrator_corrects_a_number_until_the_first_sign_in(
    site: Site, tian: httpx.Client, hired: tuple[str, str, int]
):
    _, of_account, serial = hired
    right = an_id(serial + 500)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    for data, field in (
        ({"document_number": wrong, "number_reason": WHY}, "document_number"),
        ({"document_number": right, "number_reason": ""}, "number_reason"),
    ):
        refused = tian.post(f"{of_account}/number", data=data)
        assert refused.status_code == 422
        assert f'href="#field-{field}"' in refused.text
    answer = tian.post(f"{of_account}/number", data={"document_number": right, "number_reason": WHY})
    assert answer.status_code == 303
    assert right[-4:] in tian.get(of_account).text
    account = of_account.rpartition("/")[2]
    password = re.search(r"<dd>([a-z2-9-]{14})</dd>", tian.post(f"/accounts/{account}/password").text)
    assert password is not None
    entered = {"username": f"1000000{8000 + serial}", "password": password[1]}
    assert site.client().post("/sign-in", data=entered).status_code == 303
    assert "is not corrected any more" in tian.get(of_account).text
    late = tian.post(f"{of_account}/number", data={"document_number": an_id(serial), "number_reason": WHY})
    assert late.status_code == 409


def test_the_cast_of_the_demonstration_keeps_its_names(tian: httpx.Client):
    found = re.search(r'href="/accounts/([0-9a-f-]{36})"', tian.get("/accounts?q=zhang").text)
    assert found is not None
    answer = tian.post(f"/corrections/accounts/{found[1]}", data={"name": "陈桂芳", "reason": WHY})
    assert answer.status_code == 409
