"""What a mail server and an SMS provider answer, and what is believed: never that it was sent where it was not."""

import socket
from email import message_from_bytes, policy

import pytest

from kernel.ids import new_id
from people.messages.gateways import Folder, HttpSms, SmtpMail
from people.messages.rules import Channel, Outcome, Outgoing
from tests.cast.mailbox import HANG_UP, mail_server, sms_provider


@pytest.fixture
def box():
    with mail_server() as made:
        yield made


@pytest.fixture
def provider():
    with sms_provider() as made:
        yield made


def a_message(channel: Channel) -> Outgoing:
    address = "zhang@example.cn" if channel is Channel.MAIL else "10000001234"
    return Outgoing(new_id(), channel, address, "考试成绩已发布", "您的成绩已发布。")


def mail(box, **more) -> SmtpMail:
    return SmtpMail("127.0.0.1", box.port, "anpei@example.cn", **{"encrypted": False, "patience": 5.0} | more)


def nobody_listens() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def test_a_mail_arrives_whole_under_a_number_of_its_own(box):
    message = a_message(Channel.MAIL)
    assert mail(box).send(message).outcome is Outcome.TAKEN
    (arrived,) = (message_from_bytes(each, policy=policy.default) for each in box.mails)
    assert (arrived["Subject"], arrived["To"]) == ("考试成绩已发布", "zhang@example.cn")
    assert arrived.get_content().strip() == "您的成绩已发布。"
    assert str(message.id) in arrived["Message-ID"]


@pytest.mark.parametrize(
    ("to_recipient", "to_text", "outcome"),
    [
        ("450 later", "250 OK", Outcome.NOT_TAKEN),
        ("550 nobody of this name", "250 OK", Outcome.REFUSED),
        ("250 OK", "451 later", Outcome.NOT_TAKEN),
        ("250 OK", "554 no", Outcome.REFUSED),
        ("250 OK", HANG_UP, Outcome.UNKNOWN),
    ],
)
def test_what_a_mail_server_says_is_what_is_believed(box, to_recipient, to_text, outcome):
    box.to_recipient, box.to_text = to_recipient, to_text
    assert mail(box).send(a_message(Channel.MAIL)).outcome is outcome


def test_without_encryption_nothing_is_said_to_a_server_that_has_none(box):
    assert mail(box, encrypted=True).send(a_message(Channel.MAIL)).outcome is Outcome.NOT_TAKEN
    assert box.mails == []


def test_nobody_home_is_surely_not_sent():
    assert SmtpMail("127.0.0.1", nobody_listens(), "a@b.cn").send(a_message(Channel.MAIL)).outcome is Outcome.NOT_TAKEN
    address = f"http://127.0.0.1:{nobody_listens()}/"
    assert HttpSms(address).send(a_message(Channel.SMS)).outcome is Outcome.NOT_TAKEN


def test_a_line_break_in_a_subject_makes_no_header_of_its_own(box):
    sly = Outgoing(new_id(), Channel.MAIL, "zhang@example.cn", "考试\r\nBcc: all@example.cn", "…")
    with pytest.raises(ValueError, match="linefeed"):
        mail(box).send(sly)
    assert box.mails == []


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (200, Outcome.TAKEN),
        (202, Outcome.TAKEN),
        (400, Outcome.REFUSED),
        (401, Outcome.REFUSED),
        (429, Outcome.NOT_TAKEN),
        (500, Outcome.UNKNOWN),
        (503, Outcome.NOT_TAKEN),
        (HANG_UP, Outcome.UNKNOWN),
    ],
)
def test_what_a_provider_says_is_what_is_believed(provider, answers, outcome):
    provider.answers = answers
    message = a_message(Channel.SMS)
    assert HttpSms(provider.address, "secret").send(message).outcome is outcome
    ((body, headers),) = provider.asked
    assert body == {"to": "10000001234", "text": "您的成绩已发布。", "id": str(message.id)}
    assert headers["Idempotency-Key"] == str(message.id)
    assert headers["Authorization"] == "Bearer secret"


def test_a_demonstration_writes_files_and_twice_is_one(tmp_path):
    message = a_message(Channel.SMS)
    for _ in range(2):
        assert Folder(tmp_path / "messages").send(message).outcome is Outcome.TAKEN
    (written,) = (tmp_path / "messages").iterdir()
    assert "10000001234" in written.read_text(encoding="utf-8")
