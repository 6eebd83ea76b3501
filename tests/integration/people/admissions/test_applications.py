"""An organisation applies for itself; the officer of its region, and no other, admits or refuses it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kernel.actor import ANYONE, Actor, platform
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.keys import KeyNotHeld
from kernel.store import LICENCES, StoreNotHeld
from kernel.work import Workplace
from people.access.rules import Role
from people.accounts.errors import NotAPicture, PictureTooLarge
from people.admissions import queries
from people.admissions.actions import strangers
from people.admissions.actions.deciding import admit_organisation, refuse_organisation
from people.admissions.actions.strangers import Browser, ask_for_code, prove_telephone
from people.admissions.errors import (
    ApplicationDecided,
    DigitsOver,
    DigitsWrong,
    NoCodesHere,
    NoSuchApplication,
    ProveTelephoneFirst,
    TooManyFromHere,
)
from people.admissions.queries.strangers import counties, own_application
from people.admissions.rules.applications import MOST_OF_DEVICE, ApplicationState
from people.codes.errors import AskedAgainTooSoon, AskedTooOften
from people.first_sign_ins import queries as first_sign_ins
from people.first_sign_ins.rules import State
from people.organisations.errors import CreditCodeTaken
from people.organisations.queries import organisation_with_code
from people.regions.errors import RegionNotKnown
from tests.cast.applying import applied, handed_in, particulars, proven
from tests.cast.regions import COUNTY, COUNTY_THERE, HERE, THERE, officer, with_regions
from tests.cast.telephones import code_on, digits_on, ring
from tests.integration.people.organisations.conftest import a_code

OFFICER = officer(Role.ADMINISTRATOR, HERE)


@pytest.fixture(scope="module")
def place(own_workplace: Workplace) -> Workplace:
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        with_regions(work)
    return own_workplace


def stranger(place: Workplace, deed, *args, **kwargs):  # noqa: ANN002
    with place.transaction(ANYONE, Face.PUBLIC) as work:
        return deed(work, *args, **kwargs)


def office(place: Workplace, deed, *args, actor: Actor = OFFICER, **kwargs):  # noqa: ANN002
    with place.transaction(actor, Face.REGISTRY) as work:
        return deed(work, *args, **kwargs)


def asks(place: Workplace, phone: str, *, address: str = "10.2.0.1", device: str = "") -> Browser:
    found: Browser = stranger(place, ask_for_code, phone=phone, address=address, device=device or phone, sends_sms=True)
    return found


def test_who_has_proven_no_telephone_hands_nothing_in(place):
    browser = asks(place, "13700000001")
    with pytest.raises(ProveTelephoneFirst):
        handed_in(place, browser, particulars(1))
    with pytest.raises(ProveTelephoneFirst):
        handed_in(place, Browser(uuid4(), "none"), particulars(1))


def test_wrong_digits_are_counted_and_after_five_the_right_ones_help_no_more(place):
    browser = asks(place, "13700000002")
    ring(place)
    right = digits_on(place, "13700000002")
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        assert isinstance(stranger(place, prove_telephone, browser, wrong), DigitsWrong)
    assert isinstance(stranger(place, prove_telephone, browser, right), DigitsOver)


def test_the_digits_are_good_only_in_the_browser_that_asked(place):
    browser = asks(place, "13700000003")
    ring(place)
    right = digits_on(place, "13700000003")
    assert isinstance(stranger(place, prove_telephone, Browser(browser.code_id, "another"), right), DigitsOver)
    assert stranger(place, prove_telephone, browser, right) is None


def test_after_ten_minutes_the_digits_are_over_and_after_two_hours_the_proof(place):
    browser = asks(place, "13700000004")
    ring(place)
    place.clock.skip(timedelta(minutes=10))
    assert isinstance(stranger(place, prove_telephone, browser, digits_on(place, "13700000004")), DigitsOver)
    browser = proven(place, "13700000004")
    place.clock.skip(timedelta(hours=2))
    with pytest.raises(ProveTelephoneFirst):
        handed_in(place, browser, particulars(1))


def test_where_no_messages_leave_nobody_can_ask(place):
    with pytest.raises(NoCodesHere):
        stranger(place, ask_for_code, phone="13700000005", address="a", device="b", sends_sms=False)


def test_a_telephone_is_rung_once_a_minute_and_five_times_a_day(place):
    for _ in range(5):
        asks(place, "13700000006")
        with pytest.raises(AskedAgainTooSoon):
            asks(place, "13700000006")
        place.clock.skip(timedelta(minutes=1))
    with pytest.raises(AskedTooOften):
        asks(place, "13700000006")


def test_one_device_rings_so_many_telephones_and_no_more(place):
    for serial in range(MOST_OF_DEVICE):
        asks(place, f"137001{serial:05d}", device="one")
    with pytest.raises(TooManyFromHere):
        asks(place, "13700199999", device="one")
    asks(place, "13700199999", device="another")


@pytest.mark.parametrize(("picture", "refusal"), [(b"%PDF-1.7", NotAPicture), (b"\xff" * 9_000_000, PictureTooLarge)])
def test_what_is_no_picture_is_not_taken(place, picture, refusal):
    browser = proven(place, f"1370002000{len(picture) % 10}")
    with pytest.raises(refusal):
        handed_in(place, browser, particulars(1), picture)


def test_a_region_that_is_none_is_not_taken(place):
    browser = proven(place, "13700000007")
    with pytest.raises(RegionNotKnown):
        handed_in(place, browser, particulars(1, region="110101"))
    assert COUNTY in stranger(place, counties)


def test_sent_twice_it_is_one_application(place):
    browser = proven(place, "13700000008")
    first = handed_in(place, browser, particulars(8))
    assert handed_in(place, browser, particulars(8)) == first


def test_only_the_own_telephone_sees_how_it_stands(place):
    browser = proven(place, "13700000009")
    reference = handed_in(place, browser, particulars(9))
    other = proven(place, "13700000010")
    assert stranger(place, own_application, other.code_id, other.mark, reference) is None
    found = stranger(place, own_application, browser.code_id, browser.mark, reference)
    assert (found.reference, found.state) == (reference, ApplicationState.HANDED_IN)


def test_a_registered_credit_code_is_answered_like_any_other(place):
    admitted = applied(place, phone="13700000011", serial=11)
    office(place, admit_organisation, admitted, demonstration=True)
    assert handed_in(place, proven(place, "13700000012"), particulars(11, name="冒名机械厂"))


@pytest.mark.parametrize("role", [Role.ENTERPRISE_MANAGER, Role.EXAM_OFFICER, Role.CERTIFICATE_OFFICER])
def test_only_the_registry_decides(place, role):
    with pytest.raises(Forbidden):
        office(place, admit_organisation, uuid4(), demonstration=True, actor=officer(role, HERE))
    with pytest.raises(Forbidden):
        office(place, refuse_organisation, uuid4(), reason="不符", actor=officer(role, HERE))


def test_the_officer_of_another_region_finds_nothing(place):
    here = applied(place, phone="13700000013", serial=13)
    there = applied(place, phone="13700000014", serial=14, region=COUNTY_THERE)
    elsewhere = officer(Role.ADMINISTRATOR, THERE)
    for deed, given in ((admit_organisation, {"demonstration": True}), (refuse_organisation, {"reason": "不符"})):
        with pytest.raises(NoSuchApplication):
            office(place, deed, here, actor=elsewhere, **given)
    for query in (queries.application, queries.licence):
        with pytest.raises(NoSuchApplication):
            office(place, query, here, actor=elsewhere)
    shown = {row.id for row in office(place, queries.applications, ApplicationState.HANDED_IN, actor=elsewhere).rows}
    assert there in shown
    assert here not in shown


def test_admitted_it_is_registered_once_and_its_first_sign_in_goes_to_the_proven_telephone(place):
    made = applied(place, phone="13700000015", serial=15)
    organisation_id = office(place, admit_organisation, made, demonstration=True)
    assert office(place, admit_organisation, made, demonstration=True) == organisation_id
    found = office(place, organisation_with_code, a_code(15))
    assert (found.id, found.region, found.phone) == (organisation_id, COUNTY, "13700000015")
    ring(place)
    assert office(place, first_sign_ins.first_sign_in, organisation_id).state is State.SENT
    assert office(place, first_sign_ins.meant_by, code_on(place, "13700000015")).id == organisation_id
    with pytest.raises(ApplicationDecided):
        office(place, refuse_organisation, made, reason="不符")


def test_a_code_that_is_registered_cannot_be_admitted_once_more(place):
    office(place, admit_organisation, applied(place, phone="13700000016", serial=16), demonstration=True)
    second = applied(place, phone="13700000017", serial=16, name="冒名机械厂")
    with pytest.raises(CreditCodeTaken):
        office(place, admit_organisation, second, demonstration=True)
    one = office(place, queries.application, second)
    assert [each.name for each in office(place, queries.of_same_code, one)] == ["江城第16机械厂"]


def test_a_refusal_is_read_by_whoever_applied_and_leads_to_no_admission(place):
    browser = proven(place, "13700000018")
    reference = handed_in(place, browser, particulars(18))
    (made,) = [
        row.id
        for row in office(place, queries.applications, ApplicationState.HANDED_IN).rows
        if row.reference == reference
    ]
    office(place, refuse_organisation, made, reason="执照照片不清晰。")
    found = stranger(place, own_application, browser.code_id, browser.mark, reference)
    assert (found.state, found.reason) == (ApplicationState.REFUSED, "执照照片不清晰。")
    with pytest.raises(ApplicationDecided):
        office(place, admit_organisation, made, demonstration=True)


def test_the_licence_is_sealed_drawn_anew_and_opened_by_the_registry_alone(place):
    made = applied(place, phone="13700000019", serial=19)
    file = office(place, queries.licence, made)
    kept = b"".join(file.read())
    assert kept.startswith(b"\xff\xd8\xff")
    assert file.file.sealed_key is not None
    with place.reading(ANYONE, Face.PUBLIC) as reading:
        with pytest.raises(StoreNotHeld):
            reading.stores.of(LICENCES)
        with pytest.raises(KeyNotHeld):
            reading.keys.sealing(LICENCES.keys)
    with place.reading(OFFICER, Face.REGISTRY) as reading:
        waits = reading.session.execute(text("SELECT picture FROM people.applications WHERE id = :id"), {"id": made})
        assert waits.scalar_one() is None


@pytest.mark.parametrize("table", ["applications", "codes", "organisations", "regions", "messages"])
def test_the_face_of_strangers_reads_none_of_it(place, table):
    with pytest.raises(DBAPIError, match="permission denied"):
        stranger(place, lambda work: work.session.execute(text(f"SELECT 1 FROM people.{table}")))


def test_what_strangers_may_do_is_named_here():
    deeds = {name for name, thing in vars(strangers).items() if getattr(thing, "__wrapped__", None)}
    assert deeds == {"ask_for_code", "hand_in", "prove_telephone"}
