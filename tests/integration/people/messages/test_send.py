"""A candidate is told once that the result is there, whatever is killed or falls silent on the way."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import text

from certification.notices.reactions import result_released
from exams.results.events import ResultReleased
from host.wiring import people
from kernel.actor import platform
from kernel.faces import Face
from kernel.ids import new_id
from people.accounts.tables import PersonRecord
from people.messages.actions import Begun, begin_sending, end_sending, text_person
from people.messages.gateways import HttpSms
from people.messages.queries import attempts
from people.messages.rules import Answer, Channel, Outcome
from tests.cast.mailbox import HANG_UP, sms_provider

SMS = (Channel.SMS,)


@pytest.fixture
def provider():
    with sms_provider() as made:
        yield made


@pytest.fixture
def office(work_as):
    return work_as(platform("test"), Face.REGISTRY)


def a_person(work, phone: str | None = "10000001234"):
    row = PersonRecord(id=new_id(), name="张伟", phone=phone, created_at=work.now)
    work.session.add(row)
    work.session.flush()
    return row.id


def released(person_id) -> ResultReleased:
    return ResultReleased(
        result_id=new_id(),
        person_id=person_id,
        qualification="low_voltage",
        part="theory",
        sitting_id=new_id(),
        attempt_number=1,
        revision=1,
        supersedes=None,
        method=1,
        score=Decimal(92),
        pass_mark=Decimal(80),
        passed=True,
        taken_on=date(2026, 11, 30),
        released_at=datetime(2026, 11, 30, 10, tzinfo=UTC),
        valid_until=None,
    )


def told(work, person_id) -> ResultReleased:
    event = released(person_id)
    result_released("https://anpei.example", work, event)
    work.session.flush()
    return event


def begun_with(work) -> Begun:
    begun = begin_sending(work, SMS)
    assert begun is not None
    return begun


def test_a_message_says_that_a_result_is_there_and_not_which(office):
    told(office, a_person(office))
    begun = begun_with(office)
    assert begun.message.address == "10000001234"
    assert begun.message.body == "【安培】您的低压电工作业理论考试成绩已发布，请登录查看：https://anpei.example/results"
    assert "92" not in begun.message.body


def test_a_fact_that_comes_twice_is_told_once(office):
    event = told(office, a_person(office))
    result_released("https://anpei.example", office, event)
    assert begin_sending(office, SMS) is not None
    assert begin_sending(office, SMS) is None


def test_who_has_no_telephone_gets_none(office):
    told(office, a_person(office, phone=None))
    assert begin_sending(office, SMS) is None


def test_a_message_under_way_is_not_begun_again_and_one_taken_never(office):
    told(office, a_person(office))
    begun = begun_with(office)
    office.now += timedelta(minutes=5)
    assert begin_sending(office, SMS) is None
    end_sending(office, message_id=begun.message.id, number=1, answer=Answer(Outcome.TAKEN))
    office.now += timedelta(hours=12)
    assert begin_sending(office, SMS) is None


def test_whose_sender_died_is_said_to_be_unknown_and_not_sent_again(office):
    told(office, a_person(office))
    begun = begun_with(office)
    office.now += timedelta(minutes=11)
    assert begin_sending(office, SMS) is None
    assert [each.outcome for each in attempts(office, begun.message.id)] == [Outcome.UNKNOWN]


def test_what_was_surely_not_taken_is_tried_again_later_and_under_the_same_number(office):
    told(office, a_person(office))
    first = begun_with(office)
    end_sending(office, message_id=first.message.id, number=1, answer=Answer(Outcome.NOT_TAKEN, "HTTP 503"))
    assert begin_sending(office, SMS) is None
    office.now += timedelta(minutes=1)
    again = begun_with(office)
    assert (again.message.id, again.number) == (first.message.id, 2)


def test_old_news_is_not_sent(office):
    told(office, a_person(office))
    office.now += timedelta(days=3)
    assert begin_sending(office, SMS) is None


def test_the_ledger_is_only_added_to(office):
    text_person(office, key="a/b/1", person_id=a_person(office), subject="s", body="b")
    for table in ("messages", "message_attempts", "message_outcomes"):
        with pytest.raises(Exception, match="permission denied"), office.session.begin_nested():
            office.session.execute(text(f"DELETE FROM people.{table}"))


def test_the_row_stands_before_the_provider_is_asked_and_a_silence_is_not_asked_twice(own_workplace, provider):
    """The provider has the message when the line breaks: sending it again would ring twice."""
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        told(work, a_person(work))
    provider.answers = HANG_UP
    ways = {Channel.SMS: HttpSms(provider.address, patience=5.0)}
    send = partial(people.send_messages, ways, own_workplace)
    send()
    send()
    assert len(provider.asked) == 1
    with own_workplace.reading(platform("test"), Face.REGISTRY) as reading:
        rows = reading.session.execute(text("SELECT outcome FROM people.message_outcomes")).scalars().all()
    assert rows == ["unknown"]


def test_nothing_leaves_where_no_way_out_is_set_up_and_a_demonstration_writes_files(settings):
    bare = settings.model_copy(update={"demonstration": False})
    assert people.gateways(bare) == {}
    set_up = bare.model_copy(update={"mail_server": "mail.example.cn", "sms_address": "https://sms.example.cn/"})
    assert set(people.gateways(set_up)) == {Channel.MAIL, Channel.SMS}
    shown = people.gateways(
        settings.model_copy(update={"demonstration": True, "sms_address": "https://sms.example.cn/"})
    )
    assert not any(isinstance(way, HttpSms) for way in shown.values())
