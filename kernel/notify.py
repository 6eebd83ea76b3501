"""Hints: *look again*, said by a deed and heard by every process once it is committed (LISTEN and NOTIFY).

A hint is an id on a channel and nothing else. PostgreSQL has no rights on channels: every role may speak on any, and
listen to any. So nothing that somebody may not know is ever said, and nothing that is heard is believed: whoever hears
one looks for themselves, no more often than they would bear anyway, and looks now and then without one.
`kernel/listening` hears them.

What is frequent never speaks, such as a saved answer or a beat: transactions that do are committed one after another.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

NAME = re.compile(r"[a-z_]+\.[a-z_]{1,40}")


@dataclass(frozen=True, slots=True)
class Channel:
    """What hints are about. `name` is ``package.noun``, for ever: processes of two releases may stand side by side."""

    name: str

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name} is no name of a channel.")


def tell(session: Session, channel: Channel, subject: UUID) -> None:
    """Say that `subject` has changed. It is heard if and when the transaction is committed, and once however often."""
    session.execute(select(func.pg_notify(channel.name, str(subject))))
