"""The sign-ins of an enterprise's workers over HTTP: whose they are, and what stands on the page where they are not."""

import re
from itertools import count

import httpx
import pytest

from people.accounts.rules import Sex
from people.accounts.rules.id_numbers import check_digit
from people.demonstration.formats import portrait
from tests.cast.printed import pages
from tests.cast.promises import broken_promises
from tests.cast.site import Site

serials = count(1)
UNPROCESSABLE = 422


def an_id(serial: int) -> str:
    first_17 = f"99010319870307{serial:03d}"
    return first_17 + check_digit(first_17)


@pytest.fixture
def serial() -> int:
    return next(serials)


@pytest.fixture
def tian(site: Site) -> httpx.Client:
    return site.client("tian")


def hired(client: httpx.Client, serial: int, name: str = "陈桂英") -> str:
    """The address of somebody's line, whom the manager puts onto the own list."""
    client.post("/staff/posts", data={"post_name": "勤杂工", "kind": "general_worker"})
    typed = {
        "name": name,
        "id_number": an_id(serial),
        "post": "勤杂工",
        "phone": f"1000000{7000 + serial}",
        "hired_on": "2026-06-01",
        "migrant_worker": "no",
        "injury_insurance": "yes",
    }
    answer = client.post("/staff/new", data=typed)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def passwords_on(page: httpx.Response) -> list[str]:
    assert page.status_code == 200, page.text
    return re.findall(r"<dd>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</dd>", page.text)


def test_a_closed_account_is_no_dead_end(site: Site, tian: httpx.Client, serial: int):
    liu = site.client("liu")
    line = hired(liu, serial)
    assert passwords_on(liu.post(f"{line}/sign-in"))
    assert "Password forgotten" in liu.get(line).text
    found = re.search(r'href="(/accounts/[0-9a-f-]{36})"', tian.get(f"/accounts?q={7000 + serial}").text)
    assert found is not None
    assert tian.post(f"{found[1]}/close", data={"reason": "误开"}).status_code == 303
    page = liu.get(line).text
    assert "The account is closed" in page
    assert "administrator of the platform" in page
    assert "Password forgotten" not in page
    refused = liu.post(f"{line}/sign-in")
    assert refused.status_code == 409
    assert "was closed" in refused.text
    assert passwords_on(tian.post(f"{found[1]}/reopen"))
    assert passwords_on(liu.post(f"{line}/sign-in"))


def test_another_enterprise_that_lists_a_worker_gets_neither_the_account_nor_its_name_nor_the_photo(
    site: Site, serial: int
):
    liu, sun = site.client("liu"), site.client("sun")
    line = hired(liu, serial)
    (first,) = passwords_on(liu.post(f"{line}/sign-in"))
    face, other = portrait("chen", Sex.FEMALE, 39), portrait("gu", Sex.MALE, 50)
    assert liu.post(f"{line}/photo", files={"photo": ("a.png", face)}).status_code == 303
    kept = liu.get(f"{line}/photo").content
    theirs = hired(sun, serial)
    page = sun.get(theirs).text
    assert "can sign in already" in page
    assert "Password forgotten" not in page
    assert page.count(f"{7000 + serial}") == 1, "the phone number of the line, and no user name"
    assert sun.post(f"{theirs}/sign-in").status_code == 409
    refused = sun.post(f"{theirs}/photo", files={"photo": ("a.png", other)})
    assert refused.status_code == 422
    assert 'href="#field-photo"' in refused.text
    assert "administrator of the platform" in refused.text
    assert liu.get(f"{line}/photo").content == kept
    data = {"username": f"1000000{7000 + serial}", "password": first}
    assert site.client().post("/sign-in", data=data).status_code == 303, "the password until now is still good"


def test_of_somebody_who_left_neither_photo_nor_account_is_in_reach(site: Site, serial: int):
    liu = site.client("liu")
    line = hired(liu, serial)
    picture = {"photo": ("a.png", portrait("chen", Sex.FEMALE, 39))}
    assert liu.post(f"{line}/photo", files=picture).status_code == 303
    assert liu.post(f"{line}/end", data={"left_on": "2026-09-01"}).status_code == 303
    assert liu.get(f"{line}/photo").status_code == 404
    assert liu.post(f"{line}/photo", files=picture).status_code == 422
    assert liu.post(f"{line}/sign-in").status_code == 409


def test_visitors_and_workers_make_no_sign_ins(site: Site):
    assert site.client().get("/staff-sign-ins").headers["location"].startswith("/sign-in")
    assert site.client("zhang").get("/staff-sign-ins").status_code == 403
    assert site.client("zhang").post("/staff-sign-ins", data={"lines": []}).status_code == 403


def test_new_workers_get_their_slips_together_and_once(site: Site):
    liu = site.client("liu")
    new = [hired(liu, next(serials), f"何{letter}花") for letter in "桂春秋"]
    ids = [line.rpartition("/")[2] for line in new]
    asked = " ".join(liu.get("/staff-sign-ins?q=何").text.split())
    assert all(f'value="{each}" checked' in asked for each in ids)
    page = liu.post("/staff-sign-ins", data={"lines": ids})
    passwords = passwords_on(page)
    assert len(set(passwords)) == 3
    assert page.text.count("<dt>Address</dt>") == 3
    assert page.text.count("9901**********") == 3, "namesakes lie side by side"
    assert page.headers["cache-control"] == "no-store"
    names = re.findall(r"<dd>(1000000\d{4})</dd>", page.text)
    answer = site.client().post("/sign-in", data={"username": names[0], "password": passwords[0]})
    assert answer.status_code == 303
    again = liu.post("/staff-sign-ins", data={"lines": ids})
    assert again.status_code == 409
    assert "has an account already" in again.text
    assert not any(each in liu.get("/staff-sign-ins").text for each in ids)


@pytest.mark.parametrize(
    ("chosen", "status"), [([], 422), (["x"], 422), (["00000000-0000-0000-0000-000000000000"], 404)]
)
def test_odd_choices_are_answered_with_a_sentence(site: Site, serial: int, chosen: list[str], status: int):
    liu = site.client("liu")
    hired(liu, serial)
    answer = liu.post("/staff-sign-ins", data={"lines": chosen})
    assert answer.status_code == status
    assert ('href="#field-lines"' in answer.text) is (status == UNPROCESSABLE)


def test_another_enterprise_lets_nobody_of_these_in(site: Site, serial: int):
    line = hired(site.client("liu"), serial).rpartition("/")[2]
    assert site.client("sun").post("/staff-sign-ins", data={"lines": [line]}).status_code == 404


@pytest.mark.parametrize(("language", "password"), [("en", "Password"), ("zh_CN", "密码")])
def test_many_first_sign_ins_come_as_slips_to_cut_apart_and_let_people_in(
    site: Site, serial: int, language: str, password: str
):
    liu = site.client("liu", language=language)
    lines = [hired(liu, serial).rsplit("/", 1)[1], hired(liu, next(serials), "买买提江·吐尔逊").rsplit("/", 1)[1]]
    answer = liu.post("/staff-sign-ins", data={"lines": lines, "shape": "pdf"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "no-store"
    assert broken_promises(answer.content, language[:2]) == []
    (said,) = pages(answer.content)
    assert said.count(password) >= 2
    assert "买买提江·吐尔逊" in said
    typed = re.findall(rf"{password}\s+([a-z2-9]{{4}}-[a-z2-9]{{4}}-[a-z2-9]{{4}})", said)
    assert len(typed) == 2, said
    again = liu.post("/staff-sign-ins", data={"lines": lines, "shape": "pdf"})
    assert again.status_code != 200


def test_a_name_that_no_font_draws_makes_no_sign_in_that_nobody_could_read(site: Site, serial: int):
    liu = site.client("liu")
    line = hired(liu, serial, "陈\U0002a6a5")
    refused = liu.post("/staff-sign-ins", data={"lines": [line.rsplit("/", 1)[1]], "shape": "pdf"})
    assert refused.status_code == 409
    assert "U+2A6A5" in refused.text
    assert passwords_on(liu.post(f"{line}/sign-in"))
