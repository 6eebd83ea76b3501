"""On a host that has one face only, every link leads somewhere."""

import re

import httpx
import pytest

from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Workplace
from tests.cast.site import Site, running, serving
from web.app import create_app

CAST = ("zhang", "liu", "zhao", "wu", "he", "xu", "tang", "zheng", "feng", "shen", "song", "xie", "tian")
SIGNED_IN = {
    Face.LEARNING: {"zhang", "zhao"},
    Face.AUTHORING: {"zheng", "feng", "shen"},
    Face.EXAMINATION: {"zhang", "he", "xu", "tang"},
    Face.REGISTRY: {"zhang", "liu", "song", "xie"},
}


def links(page: str) -> set[str]:
    found = {address.replace("&amp;", "&") for address in re.findall(r'<a[^>]+href="([^"#]+)', page)}
    return {address for address in found if not address.startswith("/language/")}


def dead_links(client: httpx.Client) -> set[str]:
    """Links of the start page, and of every page to which it leads, that lead nowhere."""
    dead, seen, coming = set(), {"/"}, ["/"]
    for address in coming:
        answer = client.get(address)
        if answer.status_code == 404:
            dead.add(address)
        elif address == "/" or address in links(client.get("/").text):
            fresh = links(answer.text) - seen
            seen |= fresh
            coming += sorted(fresh)
    return dead


@pytest.mark.parametrize("face", list(SIGNED_IN))
def test_whoever_signs_in_at_one_face_alone_finds_no_dead_link(site: Site, face: Face):
    with serving(site.workplace, (face,)) as alone:
        came = set()
        assert dead_links(alone.client()) == set()
        for username in CAST:
            client = alone.client()
            form = {"username": username, "password": "anpei-demo"}
            if client.post("/sign-in", data=form).status_code == 303:
                came.add(username)
                assert dead_links(client) == set(), username
    assert came >= SIGNED_IN[face]


def test_visitors_of_the_public_face_alone_find_no_dead_link(site: Site):
    with serving(site.workplace, (Face.PUBLIC,)) as alone:
        assert dead_links(alone.client()) == set()
        assert dead_links_of_refusal(alone.client()) == set()


def dead_links_of_refusal(client: httpx.Client) -> set[str]:
    page = client.get("/nothing-is-here")
    assert page.status_code == 404
    return {address for address in links(page.text) if client.get(address).status_code == 404}


def test_a_face_whose_address_is_known_is_linked_there(site: Site):
    told = site.workplace.settings.model_copy(update={"face_addresses": {Face.EXAMINATION: "https://exams.example/"}})
    with running(create_app(elsewhere(site, told), (Face.LEARNING,)), site.workplace) as alone:
        start = alone.client("zhang").get("/").text
    assert 'href="https://exams.example/exam-room"' in start
    assert "/my-certificates" not in start


def elsewhere(site: Site, settings: Settings) -> Workplace:
    place = site.workplace
    return Workplace(settings=settings, engines=place.engines, wiring=place.wiring, clock=place.clock)
