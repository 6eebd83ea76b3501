"""The extinguisher over HTTP: who may not, what is sent again, what is stale, and what is never said."""

import httpx
import pytest

from tests.cast.site import Site


@pytest.fixture
def zhang(site: Site) -> httpx.Client:
    return site.client("zhang")


@pytest.fixture
def run(zhang: httpx.Client) -> str:
    answer = zhang.post("/extinguisher-practice/runs", data={"scenario": "oil_pan"})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def send(client: httpx.Client, run: str, number: object, name: str, **given: object) -> httpx.Response:
    body = {"number": number, "name": name, "given": given}
    return client.post(f"{run}/operations", json=body, headers={"Accept": "application/json"})


def test_visitors_sign_in_first_and_examiners_do_not_practise(site: Site):
    assert site.client().get("/extinguisher-practice").headers["location"].startswith("/sign-in")
    assert site.client().get("/my-practical").headers["location"].startswith("/sign-in")
    assert site.client().get("/practical").headers["location"].startswith("/sign-in")
    assert site.client("zhang").get("/practical").status_code == 403


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_scene_is_shown_and_survives_a_reload(site: Site, run: str, language: str):
    shown = site.client("zhang", language=language).get(run)
    assert shown.status_code == 200
    assert "data-bottle" in shown.text


def test_an_operation_sent_twice_is_recorded_once_and_a_stale_page_is_told(zhang: httpx.Client, run: str):
    assert send(zhang, run, 1, "look").json()["number"] == 1
    assert send(zhang, run, 1, "look").json()["number"] == 1
    stale = send(zhang, run, 1, "raise_alarm")
    assert stale.status_code == 409
    assert "continued elsewhere" in stale.json()["problem"]
    assert zhang.get(f"{run}/state").json()["number"] == 1


@pytest.mark.parametrize(
    ("number", "name", "given"),
    [
        (1, "fly", {}),
        (1, "aim", {"at": "nowhere"}),
        (1, "walk", {"bearing": "upwind", "distance_m": True}),
        (1, "walk", {"bearing": "upwind", "distance_m": 1.5}),
        (1, "pick", {"extinguisher": ["powder_1"]}),
        ("1", "look", {}),
        (10**30, "look", {}),
        (1, "x" * 100, {}),
    ],
)
def test_whatever_else_is_sent_is_refused_in_words(zhang: httpx.Client, run: str, number, name, given):
    answer = send(zhang, run, number, name, **given)
    assert answer.status_code in {409, 422}
    assert answer.json()["problem"]
    assert zhang.get(f"{run}/state").json()["number"] == 0


def test_the_state_tells_no_score_no_class_and_no_fit(zhang: httpx.Client, run: str):
    standing = send(zhang, run, 1, "pick", extinguisher="water_1").json()
    send(zhang, run, 2, "pull_pin")
    standing = send(zhang, run, 3, "squeeze").json()
    for secret in ('"kind"', '"fit"', '"score"', '"total"', "dangerous", "veto"):
        assert secret not in str(standing).replace("'", '"')


def test_another_person_and_another_face_do_not_find_the_run(site: Site, zhang: httpx.Client, run: str):
    examined = run.replace("/extinguisher-practice/", "/extinguisher-examination/")
    assert zhang.get(examined).status_code == 404
    assert zhang.get(f"{examined}/state", headers={"Accept": "application/json"}).status_code == 404


def test_the_explanation_comes_only_after_the_end(zhang: httpx.Client, run: str):
    assert zhang.get(f"{run}/explanation").headers["location"] == run
    send(zhang, run, 1, "report")
    explained = zhang.get(f"{run}/explanation")
    assert explained.status_code == 200
    assert "No alarm was raised" in explained.text
    assert send(zhang, run, 2, "look").status_code == 409


@pytest.mark.parametrize("address", ["/extinguisher-practice/runs/1", "/my-practical/1/items/K1"])
def test_a_broken_address_is_no_crash(zhang: httpx.Client, address: str):
    assert zhang.get(address).status_code in {404, 422}
