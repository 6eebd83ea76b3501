"""What people do from time to time: messages leave the house."""

from collections.abc import Mapping
from functools import partial

from kernel.actor import platform
from kernel.events import Wiring
from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Workplace
from people.admissions.actions.deciding import take_in_applications
from people.messages.actions import begin_sending, end_sending, write_codes
from people.messages.gateways import Folder, Gateway, HttpSms, SmtpMail
from people.messages.rules import Channel

SEND_EVERY_SECONDS = 5.0
TAKE_IN_EVERY_SECONDS = 3.0
SENT_AT_ONCE = 50
MAIL_PORT = 587


def wire(wires: Wiring, settings: Settings) -> None:
    """The errands of people. Where no gateway is set up nothing is sent."""
    wires.every(TAKE_IN_EVERY_SECONDS, take_in_applications, face=Face.REGISTRY, name="people.admissions/take_in")
    ways = gateways(settings)
    if ways:
        wires.outside(SEND_EVERY_SECONDS, partial(send_messages, ways), face=Face.REGISTRY, name="people.messages/send")


def gateways(settings: Settings) -> dict[Channel, Gateway]:
    """The ways out that are set up. A demonstration sends nobody anything: it writes files."""
    if settings.demonstration:
        folder = Folder(settings.messages_folder)
        return {Channel.MAIL: folder, Channel.SMS: folder}
    ways: dict[Channel, Gateway] = {}
    if settings.mail_server:
        ways[Channel.MAIL] = _mail(settings, settings.mail_server)
    if settings.sms_address:
        ways[Channel.SMS] = HttpSms(settings.sms_address, settings.sms_token.get_secret_value())
    return ways


def _mail(settings: Settings, server: str) -> SmtpMail:
    host, _, port = server.partition(":")
    return SmtpMail(
        host=host,
        port=int(port or MAIL_PORT),
        sender=settings.mail_sender,
        user=settings.mail_user,
        password=settings.mail_password.get_secret_value(),
        encrypted=settings.mail_encrypted,
    )


def send_messages(ways: Mapping[Channel, Gateway], workplace: Workplace) -> None:
    """Send what is due, one after the other: said before in one transaction, and afterwards in another."""
    me = platform("people.messages/send")
    with workplace.transaction(me, Face.REGISTRY) as work:
        write_codes(work, workplace.settings.base_url)
    for _ in range(SENT_AT_ONCE):
        with workplace.transaction(me, Face.REGISTRY) as work:
            begun = begin_sending(work, tuple(ways))
        if begun is None:
            return
        answer = ways[begun.message.channel].send(begun.message)
        with workplace.transaction(me, Face.REGISTRY) as work:
            end_sending(work, message_id=begun.message.id, number=begun.number, answer=answer)
