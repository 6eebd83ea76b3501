"""Accounts over HTTP: who may not, then an office that starts, and a worker who is let in."""

import io
import re
from html import unescape

import httpx
import openpyxl
import pytest

from kernel.actor import ANYONE
from kernel.faces import Face
from people.accounts.actions import sign_in
from people.accounts.queries import person_with_document, sign_in_of
from people.accounts.rules import DocumentKind, Sex
from people.accounts.rules.id_numbers import check_digit
from people.demonstration.formats import portrait
from tests.cast.site import Site
from tests.integration.people.organisations.conftest import a_code

OWN = "一句只有自己知道的话"
PHOTO = portrait("zhu", Sex.FEMALE, 38)


def an_id(serial: int) -> str:
    first_17 = f"99010319850607{serial:03d}"
    return first_17 + check_digit(first_17)


@pytest.fixture
def tian(site: Site) -> httpx.Client:
    return site.client("tian")


@pytest.fixture
def authority(tian: httpx.Client) -> str:
    """The authority of the demonstration, as the form offers it."""
    found = re.search(r'value="([0-9a-f-]{36})"[^>]*>江城市应急管理局', tian.get("/accounts/new").text)
    assert found is not None
    return found[1]


def typed(serial: int, **changed: object) -> dict[str, object]:
    return {
        "name": "王秀兰",
        "document_kind": "resident_id",
        "document_number": an_id(serial),
        "username": f"wang{serial}",
        "roles": ["inspector"],
    } | changed


def password_on(page: httpx.Response) -> str:
    assert page.status_code == 200, page.text
    found = re.search(r"<dd>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</dd>", page.text)
    assert found is not None
    return found[1]


def enter(site: Site, username: str, password: str) -> httpx.Client:
    client = site.client()
    answer = client.post("/sign-in", data={"username": username, "password": password})
    assert answer.status_code == 303, answer.text
    return client


def account_of(tian: httpx.Client, username: str) -> str:
    found = re.search(r'href="(/accounts/[0-9a-f-]{36})"', tian.get(f"/accounts?q={username}").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("address", ["/accounts", "/accounts/new", "/accounts/list.xlsx", "/organisations"])
def test_visitors_must_sign_in_and_others_may_not(site: Site, address: str):
    assert site.client().get(address).headers["location"].startswith("/sign-in")
    for who in ("liu", "he", "xie"):
        assert site.client(who).get(address).status_code == 403
    assert site.client("he").post("/accounts/new", data=typed(1)).status_code == 403


def test_a_new_member_of_staff_comes_in_and_chooses_a_password_before_anything_else(
    site: Site, tian: httpx.Client, authority: str
):
    slip = tian.post("/accounts/new", data=typed(2, organisation_id=authority))
    assert slip.headers["cache-control"] == "no-store"
    first = password_on(slip)
    wang = enter(site, "wang2", first)
    assert wang.get("/").headers["location"] == "/my-account/password"
    assert wang.get("/my-certificates").headers["location"] == "/my-account/password"
    assert "password of your own" in wang.post("/sign-in", data={"username": "wang2", "password": "x"}).text
    short = wang.post("/my-account/password", data={"current": first, "new": "short", "again": "short"})
    assert short.status_code == 422
    assert "at least 10 characters" in short.text
    assert "short" not in re.findall(r'value="([^"]*)"', short.text)
    long = wang.post("/my-account/password", data={"current": first, "new": "x" * 501, "again": OWN})
    assert (long.status_code, re.findall(r'href="#field-(\w+)"', long.text)) == (422, ["new"])
    assert wang.post("/my-account/password", data={"current": first, "new": OWN, "again": OWN}).status_code == 303
    assert wang.get("/").status_code == 200
    assert "inspector" in wang.get("/my-account").text
    enter(site, "wang2", OWN)


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"name": ""}, "name", ""),
        ({"document_number": an_id(3)[:-1] + ("0" if an_id(3)[-1] != "0" else "1")}, "document_number", "check digit"),
        ({"document_number": "\0"}, "document_number", ""),
        ({"phone": "12"}, "phone", ""),
        ({"username": "Wáng"}, "username", "small letters"),
        ({"username": "zhang"}, "username", "taken"),
        ({"roles": []}, "roles", "at least one role"),
        ({"roles": ["pilot"]}, "roles", "one of the list"),
        ({"roles": ["teacher", "examiner"]}, "roles", "at once"),
        ({"roles": ["teacher"]}, "roles", "held elsewhere"),
        ({"organisation_id": ""}, "organisation_id", "Choose it"),
        ({"organisation_id": "x"}, "organisation_id", "one of the list"),
        ({"document_kind": "x"}, "document_kind", "one of the list"),
    ],
)
def test_bad_input_is_named_at_its_field_and_what_was_typed_stays(
    tian: httpx.Client, authority: str, changed: dict[str, object], field: str, says: str
):
    answer = tian.post("/accounts/new", data=typed(3, organisation_id=authority) | changed)
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    assert says in unescape(answer.text)
    assert "name" in changed or 'value="王秀兰"' in answer.text


@pytest.mark.parametrize("wrong", [{"roles": ["nonsense"]}, {"organisation_id": "nonsense"}, {"username": "zhang"}])
def test_a_refused_form_leaves_nobody_behind(site: Site, tian: httpx.Client, authority: str, wrong: dict[str, object]):
    data = typed(31, organisation_id=authority) | wrong
    assert tian.post("/accounts/new", data=data).status_code == 422
    with site.workplace.reading(ANYONE, Face.REGISTRY) as reading:
        assert person_with_document(reading, DocumentKind.RESIDENT_ID, an_id(31)) is None


def test_the_administrator_replaces_a_photo(site: Site, tian: httpx.Client):
    assert site.client("liu").get("/accounts").status_code == 403
    password_on(tian.post("/accounts/new", data=typed(32, roles=["worker"])))
    address = account_of(tian, "wang32")
    assert tian.get(f"{address}/photo").status_code == 404
    refused = tian.post(f"{address}/photo", files={"photo": ("a.jpg", b"GIF89a")})
    assert refused.status_code == 422
    assert 'href="#field-photo"' in refused.text
    for _ in range(2):
        assert tian.post(f"{address}/photo", files={"photo": ("a.png", PHOTO)}).status_code == 303
    assert tian.get(f"{address}/photo").headers["content-type"] == "image/jpeg"


def test_roles_are_given_and_taken_and_the_list_shows_what_was_asked_for(tian: httpx.Client, authority: str):
    password_on(tian.post("/accounts/new", data=typed(4, organisation_id=authority)))
    address = account_of(tian, "wang4")
    wrong = tian.post(f"{address}/roles", data={"roles": ["teacher"], "organisation_id": authority})
    assert wrong.status_code == 422
    right = tian.post(f"{address}/roles", data={"roles": ["auditor"], "organisation_id": authority})
    assert right.status_code == 303
    rows = openpyxl.load_workbook(io.BytesIO(tian.get("/accounts/list.xlsx?role=auditor&q=wang4").content))
    assert [row[1] for row in rows.worksheets[0].iter_rows(values_only=True)] == ["User name", "wang4"]
    for query in ("?page=0", "?page=x", "?role=x", "?state=x", "?q=%00"):
        assert tian.get(f"/accounts{query}").status_code == 200


def test_a_closed_account_is_out_at_once_wherever_it_was_signed_in(site: Site, tian: httpx.Client):
    first = password_on(tian.post("/accounts/new", data=typed(5, roles=["worker"])))
    wang = enter(site, "wang5", first)
    wang.post("/my-account/password", data={"current": first, "new": OWN, "again": OWN})
    with site.workplace.transaction(ANYONE, Face.EXAMINATION) as work:  # as a host of the exam centre alone does it
        elsewhere = sign_in(work, username="wang5", password=OWN, address="::1", demonstration=True).token
    address = account_of(tian, "wang5")
    assert tian.post(f"{address}/close", data={"reason": " "}).status_code == 422
    assert tian.post(f"{address}/close", data={"reason": "调离"}).status_code == 303
    assert wang.get("/my-account").headers["location"].startswith("/sign-in")
    again = password_on(tian.post(f"{address}/reopen"))
    with site.workplace.reading(ANYONE, Face.EXAMINATION) as reading:
        assert elsewhere is not None
        assert sign_in_of(reading, elsewhere) is None, "opened by another database role, and ended all the same"
    enter(site, "wang5", again)
    assert tian.post(f"{address}/sessions/end").status_code == 303
    assert tian.post(f"{address}/password").status_code == 200
    assert tian.post(f"{address}/promote").status_code == 404


def test_an_organisation_is_registered_once_and_named_where_it_is_wrong(tian: httpx.Client):
    data = {"kind": "exam_centre", "name": "江东考试点", "credit_code": a_code(881)}
    assert tian.post("/organisations", data=data | {"name": ""}).status_code == 422
    assert tian.post("/organisations", data=data | {"kind": "x"}).status_code == 422
    wrong = tian.post("/organisations", data=data | {"credit_code": "1"})
    assert wrong.status_code == 422
    assert 'href="#field-credit_code"' in wrong.text
    all_at_once = tian.post("/organisations", data={"kind": "", "name": "", "credit_code": "1", "trade": "造" * 201})
    assert re.findall(r'href="#field-(\w+)"', all_at_once.text) == ["kind", "name", "credit_code", "trade"]
    assert f'value="{"造" * 201}"' in all_at_once.text
    assert tian.post("/organisations", data=data).status_code == 303
    assert "江东考试点" in tian.get("/accounts/new").text
    assert tian.post("/organisations", data=data).status_code == 422


def test_an_imported_worker_is_let_in_by_the_manager_and_gets_a_photo(site: Site):
    liu = site.client("liu")
    sample = liu.get("/staff-import/sample.xlsx").content
    liu.post("/staff-import", files={"file": ("花名册.xlsx", sample)})
    found = re.search(r'href="(/staff/[0-9a-f-]{36})"', liu.get("/staff?q=朱晓燕").text)
    assert found is not None
    line = found[1]
    assert site.client("sun").post(f"{line}/sign-in").status_code == 404
    first = password_on(liu.post(f"{line}/sign-in"))
    zhu = enter(site, "10000005012", first)
    assert zhu.post("/my-account/password", data={"current": first, "new": OWN, "again": OWN}).status_code == 303
    assert zhu.get("/my-learning").status_code == 200
    assert password_on(liu.post(f"{line}/sign-in")) != first
    assert zhu.get("/my-learning").status_code == 303, "the new password ended the sign-in"
    assert liu.get(f"{line}/photo").status_code == 404
    assert liu.post(f"{line}/photo", files={"photo": ("a.jpg", b"GIF89a")}).status_code == 422
    assert liu.post(f"{line}/photo", files={"photo": ("a.png", PHOTO)}).status_code == 303
    assert liu.get(f"{line}/photo").headers["content-type"] == "image/jpeg"
    assert site.client("sun").get(f"{line}/photo").status_code == 404
    assert site.client("sun").post(f"{line}/photo", files={"photo": ("a.png", PHOTO)}).status_code == 404
