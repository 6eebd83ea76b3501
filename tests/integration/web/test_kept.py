"""What a browser keeps and sends: cookies by HTTPS only where there is any, and nothing about people on a disk."""

import re

import pytest

from kernel.work import Workplace
from people.demonstration.rules import PASSWORD
from tests.cast.site import Site, running
from web.app import create_app


@pytest.mark.parametrize(("base_url", "is_secure"), [("https://anpei.example", True), ("http://anpei.example", False)])
def test_behind_https_no_cookie_ever_travels_in_the_open(site: Site, base_url: str, is_secure):
    """A proxy has ended the encryption; nobody had to think of a setting."""
    settings = site.workplace.settings.model_copy(update={"base_url": base_url})
    place = Workplace(
        settings=settings, engines=site.workplace.engines, wiring=site.workplace.wiring, clock=site.workplace.clock
    )
    with running(create_app(place), place) as served:
        client = served.client()
        signed_in = client.post("/sign-in", data={"username": "zhang", "password": PASSWORD})
        chosen = client.get("/language/en")
    for answer in (signed_in, chosen):
        assert answer.status_code == 303
        assert ("; secure" in answer.headers["set-cookie"].lower()) is is_secure
        assert ("strict-transport-security" in answer.headers) is is_secure


def test_no_picture_of_a_person_stays_in_a_browser(site: Site):
    office = site.client("song")
    register = office.get("/issuing/certificates").text
    certificate = re.findall(r"/issuing/certificates/[0-9a-f-]{36}", register)[0]
    page = office.get(certificate).text
    code = re.findall(r"/verify/c/[A-Z0-9]{26}", page)[0]
    for picture in (f"{certificate}/card.png", f"{certificate}/certificate.pdf", code):
        answer = office.get(picture)
        assert answer.status_code == 200, picture
        assert answer.headers["cache-control"] == "no-store", picture
