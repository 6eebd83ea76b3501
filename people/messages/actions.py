"""Writing a message, and the two ends of sending one: a row before, a row after. Nothing is sent in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from kernel.ids import new_id
from kernel.work import PLATFORM_ONLY, Work, action
from people.accounts import queries as accounts
from people.codes import queries as codes
from people.codes.actions import draw
from people.codes.rules import PLACE, SUBJECTS, Use, notice
from people.messages import queries
from people.messages.rules import Answer, Channel, Outcome, Outgoing, is_due, is_lost
from people.messages.tables import MessageAttemptRecord, MessageOutcomeRecord, MessageRecord

LOST = "whoever was sending it has died"
GONE = "no telephone is known any more, or no code is wanted"


@dataclass(frozen=True, slots=True)
class Begun:
    """A message that is about to be sent, for the `number`th time."""

    message: Outgoing
    number: int


@action(needs=PLATFORM_ONLY)
def text_person(work: Work, *, key: str, person_id: UUID, subject: str, body: str) -> None:
    """Write a person a text message; the same key twice is one message, and who has no telephone gets none.

    Args:
        work: of the platform, in a reaction.
        key: what occasioned it, for ever: ``room/deed/id``.
        person_id: to whom.
        subject: of what it speaks, where the way of sending shows it.
        body: the text. It may be read by others who hold the telephone, so it names no result.
    """
    if accounts.telephone(work, person_id) is None:
        return
    row = insert(MessageRecord).values(
        id=new_id(),
        key=key,
        person_id=person_id,
        channel=Channel.SMS,
        subject=subject,
        body=body,
        is_urgent=False,
        written_at=work.now,
    )
    work.session.execute(row.on_conflict_do_nothing(index_elements=[MessageRecord.key]))


@action(needs=PLATFORM_ONLY)
def write_codes(work: Work, address: str) -> None:
    """Write the messages that bring codes which were asked for; `address` is the platform's.

    The face of strangers writes no message, so codes are looked for here. Each has one message, whoever looks.
    """
    for asked in codes.worth_sending(work, besides=queries.codes_written()):
        row = insert(MessageRecord).values(
            id=new_id(),
            key=f"people.codes/{asked.id}",
            code_id=asked.id,
            channel=Channel.SMS,
            subject=SUBJECTS[asked.use],
            body=notice(asked.use, asked.said, address),
            is_urgent=asked.use is Use.APPLICATION,
            written_at=work.now,
        )
        work.session.execute(row.on_conflict_do_nothing(index_elements=[MessageRecord.key]))


@action(needs=PLATFORM_ONLY)
def begin_sending(work: Work, channels: Sequence[Channel]) -> Begun | None:
    """Write down that the next message is about to be sent, and say which; None where nothing is due.

    An attempt whose sender has died is written down as unknown on the way, and not made again.
    """
    for row in queries.open_messages(work, channels):
        made = queries.attempts(work, row.id)
        if made and is_lost(made[-1], work.now):
            end_sending(work, message_id=row.id, number=len(made), answer=Answer(Outcome.UNKNOWN, LOST))
        elif is_due(made, written_at=row.written_at, now=work.now):
            number = len(made) + 1
            work.session.add(MessageAttemptRecord(message_id=row.id, number=number, began_at=work.now))
            work.session.flush()
            outgoing = _addressed(work, row)
            if outgoing is not None:
                return Begun(outgoing, number)
            end_sending(work, message_id=row.id, number=number, answer=Answer(Outcome.REFUSED, GONE))
    return None


def _addressed(work: Work, row: MessageRecord) -> Outgoing | None:
    """The message as it leaves; None where its telephone or its code is none any more. A code is made here and now."""
    if row.code_id is not None:
        drawn = draw(work, row.code_id)
        address, body = (drawn.phone, row.body.replace(PLACE, drawn.code)) if drawn else (None, "")
    else:
        address, body = accounts.telephone(work, row.person_id) if row.person_id else None, row.body
    return Outgoing(row.id, row.channel, address, row.subject, body) if address else None


@action(needs=PLATFORM_ONLY)
def end_sending(work: Work, *, message_id: UUID, number: int, answer: Answer) -> None:
    """Write down how an attempt ended."""
    work.session.add(
        MessageOutcomeRecord(
            message_id=message_id, number=number, outcome=answer.outcome, detail=answer.detail, noted_at=work.now
        )
    )
    work.session.flush()
    work.note("people.message_sent", subject=message_id, number=number, outcome=answer.outcome.value)
