"""A centre is set up and somebody is barred over HTTP: who may not, then from nothing to a room that can be used."""

import re
from datetime import timedelta
from html import unescape

import httpx
import pytest

from kernel.clock import Clock, shanghai_date
from tests.cast.site import Site

NEXT_YEAR = (shanghai_date(Clock().now()) + timedelta(days=200)).isoformat()


@pytest.fixture
def he(site: Site) -> httpx.Client:
    return site.client("he")


def made(client: httpx.Client, to: str, **typed: object) -> str:
    answer = client.post(to, data=typed)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def person_in(page: httpx.Response) -> str:
    found = re.search(r'name="person" value="([0-9a-f-]{36})"', page.text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("address", ["/exam-centres", "/exam-bars", "/exam-bars/new"])
def test_visitors_must_sign_in_and_others_may_not(site: Site, address: str):
    assert site.client().get(address).headers["location"].startswith("/sign-in")
    for who in ("zhang", "xu", "tian", "zhao"):
        assert site.client(who).get(address).status_code == 403


def test_from_an_empty_centre_to_a_room_with_seats_and_people(he: httpx.Client):
    centre = made(he, "/exam-centres", code="JC09", name_zh="江东考试点", name_en="", address="江东路9号")
    assert "No room yet" in he.get(centre).text
    made(he, f"{centre}/rooms", code="T1", name_zh="一号机房", kind="theory", rows="3", columns="4")
    wrong = he.post(
        f"{centre}/rooms", data={"code": "T1", "name_zh": "x", "kind": "theory", "rows": "3", "columns": "4"}
    )
    assert wrong.status_code == 422
    assert 'href="#field-code"' in wrong.text
    huge = he.post(
        f"{centre}/rooms", data={"code": "T2", "name_zh": "x", "kind": "theory", "rows": "99", "columns": "99"}
    )
    assert "between 1 and 200" in huge.text
    found = he.get(f"{centre}/staff/new?q=许海峰")
    assert "****" in found.text
    person = person_in(found)
    missing = he.post(f"{centre}/staff/new?q=许海峰", data={"person": person, "duty": "examiner"})
    assert "Choose the trades" in missing.text
    made(he, f"{centre}/staff/new?q=许海峰", person=person, duty="invigilator")
    twice = he.post(f"{centre}/staff/new?q=许海峰", data={"person": person, "duty": "invigilator"})
    assert twice.status_code == 409
    pool = re.search(rf'action="({centre}/staff/[0-9a-f-]+/leave)"', he.get(centre).text)
    assert pool is not None
    made(he, pool[1])
    assert "Nobody in the pool yet" in he.get(centre).text


def test_a_broken_seat_is_taken_out_and_put_back(he: httpx.Client):
    centre = made(he, "/exam-centres", code="JC10", name_zh="江西考试点")
    made(he, f"{centre}/rooms", code="T1", name_zh="一号机房", kind="theory", rows="1", columns="2")
    found = re.search(r'href="(/exam-centres/rooms/[0-9a-f-]+)"', he.get(centre).text)
    assert found is not None
    room = found[1]
    silent = he.post(f"{room}/seats/out", data={"number": "2", "reason": ""})
    assert silent.status_code == 422
    assert 'href="#field-reason"' in silent.text
    made(he, f"{room}/seats/out", number="2", reason="主机不能启动")
    assert "主机不能启动" in he.get(room).text
    made(he, f"{room}/seats/2/back")
    assert "主机不能启动" not in he.get(room).text
    assert he.post(f"{room}/seats/9/back").status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"person": "x"}, "person"),
        ({"ground": "envy"}, "ground"),
        ({"until": "tomorrow"}, "until"),
        ({"until": "2020-01-01"}, "until"),
        ({"until": "3026-01-01"}, "until"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_bar_is_refused_at_its_field_and_what_was_typed_stays(he: httpx.Client, typed: dict[str, str], field: str):
    person = person_in(he.get("/exam-bars/new?q=李建国"))
    data = {"person": person, "ground": "exam_breach", "until": NEXT_YEAR, "reason": "替考"} | typed
    answer = he.post("/exam-bars/new?q=李建国", data=data)
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    assert data["until"] in answer.text


def test_whoever_is_barred_reads_why_and_may_apply_again_when_it_is_lifted(site: Site, he: httpx.Client):
    person = person_in(he.get("/exam-bars/new?q=李建国"))
    typed = {"person": person, "ground": "exam_breach", "until": NEXT_YEAR, "reason": "2026年第3号处理决定：替考"}
    made(he, "/exam-bars/new?q=李建国", **typed)
    li = site.client("li")
    apply = "/registration/apply/low_voltage/theory"
    told = unescape(li.get(apply).text)
    assert "2026年第3号处理决定：替考" in told
    assert "article 30" not in told
    found = re.search(r'href="(/exam-bars/[0-9a-f-]{36})"', he.get("/exam-bars").text)
    assert found is not None
    assert "A breach of the exam rules" in he.get(found[1]).text
    assert he.post(f"{found[1]}/lift", data={"reason": ""}).status_code == 422
    long = he.post(f"{found[1]}/lift", data={"reason": "撤" * 501})
    assert (long.status_code, f">{'撤' * 501}</textarea>" in long.text) == (422, True)
    made(he, f"{found[1]}/lift", reason="复核后撤销处理决定")
    assert "2026年第3号处理决定" not in unescape(li.get(apply).text)
    assert he.post(f"{found[1]}/lift", data={"reason": "再次"}).status_code == 409
    assert "复核后撤销处理决定" in he.get(found[1]).text
