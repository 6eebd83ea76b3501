"""Somebody applies for an organisation, as a stranger does on the public face, and the worker takes it in."""

import io
from functools import cache
from uuid import UUID

from PIL import Image, ImageDraw
from sqlalchemy import text

from host.wiring.people import gateways
from kernel.actor import ANYONE, platform
from kernel.faces import Face
from kernel.work import Workplace
from people.accounts.formats import document_picture
from people.admissions.actions.deciding import take_in_applications
from people.admissions.actions.strangers import Browser, ask_for_code, hand_in, prove_telephone
from people.admissions.rules.applications import Particulars
from people.messages.rules import Channel
from people.organisations.rules.employments import OrganisationKind
from tests.cast.regions import COUNTY
from tests.cast.telephones import digits_on, ring
from tests.integration.people.organisations.conftest import a_code


@cache
def a_licence() -> bytes:
    """A photo of a licence, larger than is kept."""
    picture = Image.new("RGB", (2600, 1800), "ivory")
    ImageDraw.Draw(picture).rectangle((100, 100, 2500, 1700), outline="firebrick", width=20)
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def particulars(serial: int, name: str = "", region: str = COUNTY) -> Particulars:
    return Particulars(
        kind=OrganisationKind.ENTERPRISE,
        name=name or f"江城第{serial}机械厂",
        credit_code=a_code(serial),
        region=region,
        trade="机械制造",
        contact="赵敏",
    )


def proven(place: Workplace, phone: str, *, address: str = "10.1.1.1", device: str = "") -> Browser:
    """A browser in which the digits were typed that arrived on this telephone."""
    with place.transaction(ANYONE, Face.PUBLIC) as work:
        browser = ask_for_code(work, phone=phone, address=address, device=device or phone, sends_sms=True)
    assert Channel.SMS in gateways(place.settings)
    ring(place)
    with place.transaction(ANYONE, Face.PUBLIC) as work:
        assert prove_telephone(work, browser, digits_on(place, phone)) is None
    return browser


def handed_in(place: Workplace, browser: Browser, said: Particulars, picture: bytes = b"") -> str:
    drawn = document_picture(picture or a_licence())
    with place.transaction(ANYONE, Face.PUBLIC) as work:
        return hand_in(work, browser, said, drawn)


def applied(place: Workplace, *, phone: str, serial: int, name: str = "", region: str = COUNTY) -> UUID:
    """The id of an application that is with the office of its region."""
    reference = handed_in(place, proven(place, phone), particulars(serial, name, region))
    with place.transaction(platform("test"), Face.REGISTRY) as work:
        take_in_applications(work)
        found: UUID = work.session.execute(
            text("SELECT id FROM people.applications WHERE reference = :reference"), {"reference": reference}
        ).scalar_one()
    return found
