"""What arrived on telephones: the messages that a demonstration would have sent, as the worker sends them."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from host.wiring.people import gateways, send_messages
from kernel.work import Workplace
from people.messages.gateways import Gateway
from people.messages.rules import Channel

CODE = re.compile(r"first-sign-in/([a-z0-9-]+)")
DIGITS = re.compile(r"验证码(\d{6})")


def ring(place: Workplace, gateway: Gateway | None = None) -> None:
    """What waits is sent, by `gateway` or into the demonstration's folder."""
    ways = {Channel.SMS: gateway} if gateway else gateways(place.settings)
    send_messages(ways, place)


def on(place: Workplace, phone: str) -> list[str]:
    """The texts on a telephone, the oldest first."""
    files = sorted(Path(place.settings.messages_folder).glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    bodies = [mail.get_body() for mail in mails if mail["To"] == phone]
    return [body.get_content().replace("\n", "") for body in bodies if body is not None]


def code_on(place: Workplace, phone: str) -> str:
    """The code of a first sign-in that arrived last on a telephone."""
    return str(CODE.findall(on(place, phone)[-1])[0])


def digits_on(place: Workplace, phone: str) -> str:
    """The six digits that arrived last on a telephone."""
    return str(DIGITS.findall(on(place, phone)[-1])[0])
