"""Which messages wait, and how each attempt went. Parts of the platform's own deeds."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, exists, select

from kernel.work import Reading, Work
from people.messages.rules import GOOD_FOR, Attempt, Channel, Outcome
from people.messages.tables import MessageAttemptRecord, MessageOutcomeRecord, MessageRecord

LOOKED_AT_ONCE = 100
FINAL = (Outcome.TAKEN, Outcome.REFUSED, Outcome.UNKNOWN)


def open_messages(work: Work, channels: Sequence[Channel]) -> list[MessageRecord]:
    """Messages that are neither sent nor given up, oldest first, each held until the work ends."""
    ended = exists().where(
        MessageOutcomeRecord.message_id == MessageRecord.id, MessageOutcomeRecord.outcome.in_([*FINAL])
    )
    wanted = (
        select(MessageRecord)
        .where(~ended, MessageRecord.channel.in_(channels), MessageRecord.written_at > work.now - GOOD_FOR)
        .order_by(MessageRecord.written_at, MessageRecord.id)
        .limit(LOOKED_AT_ONCE)
        .with_for_update(skip_locked=True, of=MessageRecord)
    )
    return list(work.session.scalars(wanted))


def attempts(reading: Reading, message_id: UUID) -> list[Attempt]:
    """The attempts to send a message, in their order."""
    rows = reading.session.execute(
        select(MessageAttemptRecord.began_at, MessageOutcomeRecord.outcome)
        .outerjoin(
            MessageOutcomeRecord,
            and_(
                MessageOutcomeRecord.message_id == MessageAttemptRecord.message_id,
                MessageOutcomeRecord.number == MessageAttemptRecord.number,
            ),
        )
        .where(MessageAttemptRecord.message_id == message_id)
        .order_by(MessageAttemptRecord.number)
    )
    return [Attempt(began_at, outcome) for began_at, outcome in rows]
