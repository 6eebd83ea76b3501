"""The first person of an organisation comes in with a code from its telephone, and no office ever types it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from kernel.actor import ANYONE, Actor, platform
from kernel.errors import Forbidden, Invalid
from kernel.faces import Face
from kernel.tasks.running import run_due
from kernel.work import Workplace
from people.access.rules import Role
from people.accounts.actions import Chosen, Identity
from people.accounts.errors import TooManyGuesses
from people.accounts.queries import sign_in_of
from people.accounts.rules import DocumentKind
from people.codes.errors import AskedAgainTooSoon, AskedTooOften, CodeNotGood
from people.first_sign_ins import queries
from people.first_sign_ins.actions import come_in, send_first_sign_in, send_first_sign_ins, write_telephone
from people.first_sign_ins.actions.sending import KIND
from people.first_sign_ins.errors import (
    HasSomebodyAlready,
    NobodyToSendTo,
    NoRoleHere,
    NoSmsGateway,
    NoTelephone,
    TelephoneMissing,
)
from people.first_sign_ins.rules import State
from people.messages.rules import Answer, Outcome, Standing
from people.organisations.actions import register_organisation
from people.organisations.errors import OrganisationUnknown
from people.organisations.rules.employments import OrganisationKind
from tests.cast.regions import COUNTY, HERE, THERE, officer, with_regions
from tests.cast.telephones import code_on, on, ring
from tests.integration.people.organisations.conftest import a_code

PHONE = "13900000001"
CHOSEN = Chosen("zhao.min", "a sentence of one's own", "a sentence of one's own")


class Refusing:
    """A provider that refuses every number."""

    def send(self, _message: object) -> Answer:
        return Answer(Outcome.REFUSED, "HTTP 400")


class Office:
    """A registry of the city, and the telephones of those whom it admits."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.actor = officer(Role.ADMINISTRATOR, HERE)
        self.serial = 0
        with place.transaction(platform("test"), Face.REGISTRY) as work:
            with_regions(work)

    def do(self, deed, *args: UUID, actor: Actor | None = None, **kwargs):
        with self.place.transaction(actor or self.actor, Face.REGISTRY) as work:
            return deed(work, *args, **kwargs)

    def organisation(self, phone: str | None = PHONE, kind: OrganisationKind = OrganisationKind.ENTERPRISE) -> UUID:
        self.serial += 1
        found: UUID = self.do(
            register_organisation,
            kind=kind,
            name=f"江城第{self.serial}机械厂",
            credit_code=a_code(self.serial),
            region=COUNTY,
            phone=phone,
            is_demonstration=True,
        )
        return found

    def send(self, organisation_id: UUID, **kwargs) -> None:
        self.do(send_first_sign_in, organisation_id, sends_sms=True, **kwargs)

    def sent(self, phone: str = PHONE, kind: OrganisationKind = OrganisationKind.ENTERPRISE) -> tuple[UUID, str]:
        """An organisation whose first sign-in has arrived on its telephone, and the code."""
        made = self.organisation(phone, kind)
        self.send(made)
        ring(self.place)
        return made, code_on(self.place, phone)

    def state(self, organisation_id: UUID) -> State:
        found: queries.FirstSignIn = self.do(queries.first_sign_in, organisation_id)
        return found.state

    def comes_in(
        self, code: str, *, number: str = "E1", name: str = "赵敏", chosen: Chosen = CHOSEN, at: str = "10.0.0.1"
    ):
        who = Identity(name, DocumentKind.PASSPORT, number, None, None, None)
        return self.do(come_in, code=code, who=who, chosen=chosen, address=at, actor=ANYONE)


@pytest.fixture(scope="module")
def office(own_workplace: Workplace) -> Office:
    return Office(own_workplace)


def chosen(name: str) -> Chosen:
    return Chosen(name, "a sentence of one's own", "a sentence of one's own")


@pytest.mark.parametrize("role", [Role.ENTERPRISE_MANAGER, Role.EXAM_OFFICER, Role.CERTIFICATE_OFFICER])
def test_only_the_registry_sends_one(office, role):
    made = office.organisation()
    for deed in (send_first_sign_in, write_telephone):
        given = {"phone": PHONE} if deed is write_telephone else {}
        with pytest.raises(Forbidden):
            office.do(deed, made, sends_sms=True, actor=officer(role, HERE), **given)
    with pytest.raises(Forbidden):
        office.do(send_first_sign_ins, sends_sms=True, actor=officer(role, HERE))


def test_an_officer_of_another_region_finds_no_organisation_of_this_one(office):
    made = office.organisation()
    there = officer(Role.ADMINISTRATOR, THERE)
    with pytest.raises(OrganisationUnknown):
        office.send(made, actor=there)
    with pytest.raises(OrganisationUnknown):
        office.do(write_telephone, made, phone="13900000009", sends_sms=True, actor=there)
    assert made not in {each.organisation.id for each in office.do(queries.first_sign_ins, actor=there)}
    with pytest.raises(NobodyToSendTo):
        office.do(send_first_sign_ins, sends_sms=True, actor=there)


def test_where_no_text_messages_leave_nothing_is_asked_for(office):
    made = office.organisation()
    with pytest.raises(NoSmsGateway):
        office.do(send_first_sign_in, made, sends_sms=False)
    with pytest.raises(NoSmsGateway):
        office.do(send_first_sign_ins, sends_sms=False)
    assert office.state(made) is State.TO_SEND


def test_who_has_no_telephone_or_is_an_authority_gets_none(office):
    with pytest.raises(NoTelephone):
        office.send(office.organisation(None))
    with pytest.raises(NoRoleHere):
        office.send(office.organisation(PHONE, OrganisationKind.AUTHORITY))
    with pytest.raises(TelephoneMissing):
        office.do(write_telephone, office.organisation(None), phone=None, sends_sms=True)


def test_a_code_that_never_was_lets_nobody_in_and_is_remembered(office):
    for _ in range(5):
        outcome = office.comes_in("abcd-efgh-jkmn", at="10.9.9.9")
        assert outcome.token is None
        assert isinstance(outcome.problem.fields["code"], CodeNotGood)
    assert isinstance(office.comes_in("abcd-efgh-jkmn", at="10.9.9.9").problem, TooManyGuesses)
    _, code = office.sent("13900000002")
    assert office.comes_in(code, number="E2", chosen=chosen("from-elsewhere"), at="10.9.9.8").token


def test_whoever_holds_the_telephone_opens_the_account_and_the_code_is_good_once(office):
    made, code = office.sent()
    token = office.comes_in(code).token
    with office.place.reading(ANYONE, Face.REGISTRY) as reading:
        sign_in = sign_in_of(reading, token)
    assert sign_in is not None
    actor = sign_in.actor
    assert (actor.name, actor.organisation_id, actor.roles) == ("赵敏", made, frozenset({"enterprise_manager"}))
    assert office.state(made) is State.DONE
    assert isinstance(office.comes_in(code, number="E3", chosen=chosen("second")).problem.fields["code"], CodeNotGood)
    with pytest.raises(HasSomebodyAlready):
        office.send(made)


def test_a_training_providers_first_person_is_its_manager(office):
    made, code = office.sent("13900000003", OrganisationKind.TRAINING_PROVIDER)
    token = office.comes_in(code, number="E4", chosen=chosen("provider")).token
    with office.place.reading(ANYONE, Face.REGISTRY) as reading:
        sign_in = sign_in_of(reading, token)
    assert sign_in is not None
    assert sign_in.actor.roles == {"training_manager"}
    assert office.state(made) is State.DONE


def test_nobody_teaches_and_examines_by_coming_in_twice(office):
    _, provider = office.sent("13900000004", OrganisationKind.TRAINING_PROVIDER)
    _, centre = office.sent("13900000005", OrganisationKind.EXAM_CENTRE)
    assert office.comes_in(provider, number="E5", chosen=chosen("teaches")).token
    with pytest.raises(Invalid) as refused:
        office.comes_in(centre, number="E5", chosen=chosen("examines"))
    assert "roles" in refused.value.fields


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("new", {"chosen": Chosen("short", "1234567", "1234567")}),
        ("again", {"chosen": Chosen("differ", "a long sentence", "another sentence")}),
        ("username", {"chosen": chosen("taken")}),
        ("document_number", {"number": "E6", "name": "钱敏", "chosen": chosen("other")}),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field_and_spends_nothing(office, field, given):
    _, code = office.sent("13900000006")
    if field == "username":
        _, other = office.sent("13900000007")
        assert office.comes_in(other, number="E60", name="赵一", chosen=chosen("taken")).token
    if field == "document_number":
        _, other = office.sent("13900000008")
        assert office.comes_in(other, number="E6", name="赵六", chosen=chosen("known")).token
    with pytest.raises(Invalid) as refused:
        office.comes_in(code, **{"number": f"E7{field}"} | given)
    assert set(refused.value.fields) == {field}
    assert office.comes_in(
        code, number=f"E8{field}", name="孙敏", chosen=chosen(f"then-{field.replace('_', '-')}")
    ).token


def test_one_more_is_sent_after_a_minute_and_five_on_one_day(office):
    made = office.organisation("13900000010")
    office.send(made)
    with pytest.raises(AskedAgainTooSoon):
        office.send(made)
    for _ in range(4):
        office.place.clock.skip(timedelta(minutes=1))
        office.send(made)
    office.place.clock.skip(timedelta(minutes=1))
    with pytest.raises(AskedTooOften):
        office.send(made)
    office.place.clock.skip(timedelta(days=1))
    office.send(made)


def test_a_message_goes_out_once_however_often_the_worker_comes(office):
    phone = "13900000011"
    office.sent(phone)
    ring(office.place)
    ring(office.place)
    assert len(on(office.place, phone)) == 1


def test_neither_the_ledger_nor_the_codes_hold_what_was_sent(office):
    _, code = office.sent("13900000012")
    with office.place.reading(platform("test"), Face.REGISTRY) as reading:
        kept = reading.session.execute(
            text(
                "SELECT string_agg(m::text, ' ') || (SELECT string_agg(c::text, ' ') FROM people.codes c) "
                "|| (SELECT string_agg(a.facts::text, ' ') FROM kernel.audit a) FROM people.messages m"
            )
        ).scalar_one()
    assert "13900000012" in kept
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_a_code_grows_old(office):
    made, code = office.sent("13900000013")
    office.place.clock.skip(timedelta(days=7))
    assert office.state(made) is State.EXPIRED
    assert office.comes_in(code, number="E9", chosen=chosen("late"), at="10.0.0.9").token is None
    office.send(made)
    ring(office.place)
    assert office.comes_in(code_on(office.place, "13900000013"), number="E9", chosen=chosen("late")).token


def test_what_went_to_a_wrong_telephone_is_good_no_longer(office):
    made, code = office.sent("13900000014")
    office.place.clock.skip(timedelta(minutes=2))
    office.do(write_telephone, made, phone="13900000015", sends_sms=True)
    assert office.comes_in(code, number="E10", chosen=chosen("wrong"), at="10.0.0.10").token is None
    ring(office.place)
    assert office.comes_in(code_on(office.place, "13900000015"), number="E10", chosen=chosen("right")).token


def test_a_number_that_the_provider_refuses_is_listed_and_mended_singly(office):
    made = office.organisation("13900000016")
    office.send(made)
    ring(office.place, Refusing())
    found = office.do(queries.first_sign_in, made)
    assert (found.state, found.standing) == (State.FAILED, Standing.REFUSED)
    office.place.clock.skip(timedelta(minutes=1))
    office.do(write_telephone, made, phone="13900000017", sends_sms=True)
    ring(office.place)
    assert office.state(made) is State.SENT


def test_those_of_all_organisations_are_sent_by_a_task_each_once(office):
    made = [office.organisation(f"138{serial:08d}") for serial in range(KIND.stride + 10)]
    without = office.organisation(None)
    office.do(send_first_sign_ins, sends_sms=True)
    run_due(office.place, {KIND.name: KIND}, Face.REGISTRY, keep_going=lambda: True)
    assert {office.state(each) for each in (made[0], made[-1])} == {State.WAITING}
    assert office.state(without) is State.NO_TELEPHONE
    with pytest.raises(NobodyToSendTo):
        office.do(send_first_sign_ins, sends_sms=True)
    for _ in range(6):
        ring(office.place)
    counts = queries.counts(office.do(queries.first_sign_ins))
    assert counts[State.WAITING] == 0
    assert [len(on(office.place, f"138{serial:08d}")) for serial in (0, KIND.stride - 1, KIND.stride + 9)] == [1, 1, 1]
