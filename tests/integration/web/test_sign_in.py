"""Who may come in, and how the door behaves towards those who may not."""

import httpx
import pytest

from kernel.settings import Settings
from people.accounts.rules import GUESSES_FROM_ONE_PLACE
from people.demonstration.rules import PASSWORD
from tests.cast.site import Site, serving


def sign_in(client: httpx.Client, username: str, password: str, target: str = "/") -> httpx.Response:
    return client.post("/sign-in", data={"username": username, "password": password, "next": target})


def test_a_wrong_password_is_refused_and_the_name_stays_typed(site: Site):
    answer = sign_in(site.client(), "zhang", "not this")
    assert answer.status_code == 409
    assert "do not match" in answer.text
    assert 'value="zhang"' in answer.text


def test_an_unknown_name_is_refused_in_the_same_words(site: Site):
    answer = sign_in(site.client(), "nobody", "not this")
    assert answer.status_code == 409
    assert "do not match" in answer.text


def test_after_too_many_guesses_even_the_right_password_waits(site: Site):
    client = site.client()
    for _ in range(GUESSES_FROM_ONE_PLACE):
        sign_in(client, "li", "guess")
    answer = sign_in(client, "li", PASSWORD)
    assert answer.status_code == 409
    assert "Too many attempts" in answer.text


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "x"])
def test_nobody_is_sent_elsewhere_after_signing_in(site: Site, target: str):
    answer = sign_in(site.client(), "tursun", PASSWORD, target)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


def test_who_signs_in_comes_back_to_where_they_wanted_to_go(site: Site):
    answer = sign_in(site.client(), "tursun", PASSWORD, "/language/en?next=/")
    assert answer.headers["location"] == "/language/en?next=/"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site):
    cookie = sign_in(site.client(), "tursun", PASSWORD).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_signing_out_ends_the_session_on_the_server_too(site: Site):
    client = site.client("tursun")
    assert "买买提江" in client.get("/").text
    token = client.cookies["anpei_session"]
    client.post("/sign-out")
    client.cookies.set("anpei_session", token)
    assert "买买提江" not in client.get("/").text


def test_a_form_from_another_site_is_refused(site: Site):
    client = site.client("tursun")
    answer = client.post("/sign-out", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    answer = client.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "买买提江" in client.get("/").text


def test_demonstration_people_cannot_sign_in_outside_a_demonstration(site: Site, settings: Settings):
    place = site.workplace
    strict = type(place)(
        settings=settings.model_copy(update={"demonstration": False}),
        engines=place.engines,
        wiring=place.wiring,
    )
    with serving(strict) as serious:
        answer = sign_in(serious.client(), "zhang", PASSWORD)
        assert answer.status_code == 409
        assert "Demonstration people" in answer.text
        assert "zhang" not in serious.client().get("/sign-in").text


def test_who_was_signed_in_to_the_demonstration_is_signed_out_when_it_is_none_any_more(site: Site, settings: Settings):
    client = site.client("sun")
    token = client.cookies["anpei_session"]
    assert "孙丽华" in client.get("/").text
    place = site.workplace
    strict = type(place)(
        settings=settings.model_copy(update={"demonstration": False}), engines=place.engines, wiring=place.wiring
    )
    with serving(strict) as serious:
        visitor = serious.client()
        visitor.cookies.set("anpei_session", token)
        assert "孙丽华" not in visitor.get("/").text
        assert visitor.get("/staff").headers["location"].startswith("/sign-in")
        assert "孙丽华" not in client.get("/").text, "the sign-in itself is over, for the hot paths too"


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/sign-in", 200),
        ("GET", "/staff", 303),
        ("GET", "/no-such-page", 404),
        ("DELETE", "/sign-in", 405),
        ("PUT", "/exam-room/answers", 422),
        ("GET", "/static/scripts/layouts/anpei.css", 200),
        ("GET", "/static/no-such.css", 404),
        ("GET", "/static/../../etc/passwd", 404),
    ],
)
def test_whatever_is_answered_carries_the_policy(site: Site, method: str, address: str, status: int):
    answer = site.client().request(method, address)
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "strict-transport-security" not in answer.headers


def test_behind_a_certificate_the_cookie_and_the_browser_stay_there(site: Site):
    client = site.client()
    answer = client.post(
        "/sign-in",
        data={"username": "tursun", "password": PASSWORD},
        headers={"X-Forwarded-Proto": "https", "Sec-Fetch-Site": "same-origin"},
    )
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"]


def test_every_answer_carries_the_policy(site: Site):
    headers = site.client().get("/sign-in").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_an_address_that_does_not_exist_says_so_in_the_persons_language(site: Site):
    answer = site.client().get("/no-such-page")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text
    chinese = site.client(language="zh_CN").get("/no-such-page")
    assert 'lang="zh-CN"' in chinese.text
    assert "There is nothing" not in chinese.text


def test_too_large_a_body_is_refused(site: Site):
    answer = site.client().post("/sign-in", content=b"x" * (13 * 1024 * 1024))
    assert answer.status_code == 413
