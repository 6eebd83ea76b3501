"""Who takes messages from here: a mail server, an SMS provider over HTTP, or a folder where a demonstration looks.

A gateway never raises for what the other side does: it answers, and it answers *unknown* where the other side may have
taken the message. Times are bounded. None keeps anything.
"""

import re
import smtplib
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from typing import Protocol

import httpx

from people.messages.rules import Answer, Outcome, Outgoing

PATIENCE_SECONDS = 20.0
SERVER_ERROR, TOO_MANY, AWAY = 500, 429, 503
NOT_EVEN_ASKED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.LocalProtocolError, httpx.UnsupportedProtocol)
LINK = re.compile(r"(?P<origin>https?://[^/\s]+)(?P<path>/[^\s]*)")
PERMANENT = 500  # SMTP: codes from here on are refusals for good


class Gateway(Protocol):
    """One way out of the house."""

    def send(self, message: Outgoing) -> Answer:
        """Hand the message on, once."""
        ...


@dataclass(frozen=True, slots=True)
class SmtpMail:
    """A mail server (RFC 5321). The Message-ID is the message's own, so that a server which sees it twice can tell.

    Attributes:
        encrypted: STARTTLS is required; without it nothing is sent.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    encrypted: bool = True
    patience: float = PATIENCE_SECONDS

    def send(self, message: Outgoing) -> Answer:
        """Hand the mail to the server; what it answers before the text was sent means that it has nothing."""
        server = smtplib.SMTP(timeout=self.patience)
        try:
            server.connect(self.host, self.port)
            self._introduced(server, message)
            return _handed_over(server, as_mail(message, self.sender).as_bytes(policy=SMTP))
        except smtplib.SMTPResponseException as said:
            return Answer(_by_code(said.smtp_code), f"SMTP {said.smtp_code}")
        except (OSError, smtplib.SMTPException) as away:
            return Answer(Outcome.NOT_TAKEN, type(away).__name__)
        finally:
            server.close()  # without QUIT: what it answers to that would change nothing

    def _introduced(self, server: smtplib.SMTP, message: Outgoing) -> None:
        if self.encrypted:
            server.starttls()
        if self.user:
            server.login(self.user, self.password)
        server.ehlo_or_helo_if_needed()  # after STARTTLS everything is said anew
        for code, said in (server.mail(self.sender), server.rcpt(message.address)):
            if code >= 400:  # noqa: PLR2004 - RFC 5321, 4.2.1: 4yz and 5yz are refusals
                raise smtplib.SMTPResponseException(code, said)


def _handed_over(server: smtplib.SMTP, text: bytes) -> Answer:
    """Send the text. From here on, who does not answer may have it all the same."""
    try:
        code, _ = server.data(text)
    except smtplib.SMTPDataError as said:  # to DATA itself, before any text
        return Answer(_by_code(said.smtp_code), f"SMTP {said.smtp_code}")
    except (OSError, smtplib.SMTPException) as silent:
        return Answer(Outcome.UNKNOWN, type(silent).__name__)
    return Answer(Outcome.TAKEN if code < 400 else _by_code(code), f"SMTP {code}")  # noqa: PLR2004 - as above


def _by_code(code: int) -> Outcome:
    return Outcome.REFUSED if code >= PERMANENT else Outcome.NOT_TAKEN


def as_mail(message: Outgoing, sender: str) -> EmailMessage:
    """The message as mail."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, message.address, message.subject
    mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    mail.set_content(message.body)
    return mail


@dataclass(frozen=True, slots=True)
class HttpSms:
    """An SMS provider that takes JSON over HTTP: `to`, `text` and `id`, with the id as Idempotency-Key as well."""

    address: str
    token: str = ""
    patience: float = PATIENCE_SECONDS

    def send(self, message: Outgoing) -> Answer:
        """Post it; a server that broke, or fell silent after it was asked, may have sent it."""
        headers = {"Idempotency-Key": str(message.id)}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        asked = {"to": message.address, "text": message.body, "id": str(message.id)}
        try:
            said = httpx.post(self.address, json=asked, headers=headers, timeout=self.patience).status_code
        except NOT_EVEN_ASKED as away:
            return Answer(Outcome.NOT_TAKEN, type(away).__name__)
        except httpx.HTTPError as silent:
            return Answer(Outcome.UNKNOWN, type(silent).__name__)
        return Answer(_by_status(said), f"HTTP {said}")


def _by_status(status: int) -> Outcome:
    if httpx.codes.is_success(status):
        return Outcome.TAKEN
    if status in {TOO_MANY, AWAY}:
        return Outcome.NOT_TAKEN
    return Outcome.UNKNOWN if status >= SERVER_ERROR else Outcome.REFUSED


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a demonstration shows it; of `parts` one that begins with a slash is a link at `origin`."""

    address: str
    at: datetime
    parts: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that takes everything: what a demonstration would have sent can be read there."""

    folder: Path
    sender: str = "anpei@localhost"

    def send(self, message: Outgoing) -> Answer:
        """Write it as a file named by its id, so that twice is once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{message.channel}-{message.id}.eml").write_bytes(as_mail(message, self.sender).as_bytes())
        return Answer(Outcome.TAKEN)

    def latest(self, most: int = 30) -> list[Shown]:
        """What was written last, the newest first."""
        files = sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        return [_shown(file) for file in files[:most]]


def _shown(file: Path) -> Shown:
    mail = message_from_bytes(file.read_bytes(), policy=default)
    body = mail.get_body(("plain",))
    said = body.get_content().strip() if body else ""
    at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    found = LINK.search(said)
    if found is None:
        return Shown(mail["To"], at, (said,), "")
    before, after = said[: found.start()], said[found.end() :]
    return Shown(mail["To"], at, (before, found["path"], after), found["origin"])
