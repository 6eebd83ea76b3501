"""Which messages wait, and how each attempt went. Parts of the platform's own deeds."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, and_, exists, select, true

from kernel.db import among
from kernel.work import Reading, Work
from people.messages.rules import GOOD_FOR, Attempt, Channel, Outcome, Standing, standing
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
        .order_by(MessageRecord.is_urgent.desc(), MessageRecord.written_at, MessageRecord.id)
        .limit(LOOKED_AT_ONCE)
        .with_for_update(skip_locked=True, of=MessageRecord)
    )
    return list(work.session.scalars(wanted))


def codes_written() -> Select[UUID | None]:
    """The codes for which a message stands here already: a subquery for those that look for the others."""
    return select(MessageRecord.code_id).where(MessageRecord.code_id.is_not(None))


def standings_of_codes(reading: Reading, ids: Collection[UUID]) -> dict[UUID, Standing]:
    """How far the message with each code has come; a code whose message is not written yet is missing."""
    last = (
        select(MessageAttemptRecord.number, MessageOutcomeRecord.outcome)
        .outerjoin(
            MessageOutcomeRecord,
            and_(
                MessageOutcomeRecord.message_id == MessageAttemptRecord.message_id,
                MessageOutcomeRecord.number == MessageAttemptRecord.number,
            ),
        )
        .where(MessageAttemptRecord.message_id == MessageRecord.id)
        .order_by(MessageAttemptRecord.number.desc())
        .limit(1)
        .lateral("last")
    )
    rows = reading.session.execute(
        select(MessageRecord.code_id, MessageRecord.written_at, last.c.number, last.c.outcome)
        .outerjoin(last, true())
        .where(among(MessageRecord.code_id, ids))
    )
    return {
        code: standing(number or 0, outcome, written_at=written_at, now=reading.now)
        for code, written_at, number, outcome in rows
        if code is not None
    }


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
