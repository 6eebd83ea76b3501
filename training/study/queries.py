"""What has been studied: by lesson, by day, and the session that is live."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, func, select, type_coerce
from sqlalchemy.dialects.postgresql import Range, aggregate_order_by

from kernel.db import among
from kernel.work import Reading
from training.study.errors import NoSuchSession
from training.study.rules import Coverage, StudySession, length
from training.study.tables import CheckAttemptRecord, CountedStudy, StudySessionRecord


@dataclass(frozen=True, slots=True)
class LessonStudy:
    """What one enrolment's sessions at one lesson come to, and where the last one stopped.

    `place` is how far the page was scrolled in thousandths; `video_at` is the video's position in milliseconds.
    """

    credited_ms: int = 0
    video_played: Coverage = ()
    place: int = 0
    video_at: int = 0

    @property
    def video_played_ms(self) -> int:
        return length(self.video_played)


NOTHING_STUDIED = LessonStudy()


def studied(reading: Reading, enrolment_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], LessonStudy]:
    """What was studied, by enrolment and lesson; lessons never opened are missing."""
    newest_first = aggregate_order_by(StudySessionRecord.id, StudySessionRecord.id.desc())
    totals = reading.session.execute(
        select(func.sum(StudySessionRecord.credited_ms), type_coerce(func.array_agg(newest_first), ARRAY(Uuid))[1])
        .where(among(StudySessionRecord.enrolment_id, enrolment_ids))
        .group_by(StudySessionRecord.enrolment_id, StudySessionRecord.lesson_id)
    )
    credited = {newest: int(total) for total, newest in totals}
    # A session begins with what earlier ones had played, so that the newest one knows all of it.
    rows = reading.session.scalars(
        select(StudySessionRecord)
        .where(among(StudySessionRecord.id, credited))
        .execution_options(populate_existing=True)
    )
    return {
        (row.enrolment_id, row.lesson_id): LessonStudy(
            credited[row.id], coverage(row.video_played), row.place, row.video_at
        )
        for row in rows
    }


def credited_on(reading: Reading, person_id: UUID, day: date) -> int:
    """What a person was credited on one day, over all courses, in milliseconds."""
    total = reading.session.scalar(
        select(func.coalesce(func.sum(StudySessionRecord.credited_ms), 0)).where(
            StudySessionRecord.person_id == person_id, StudySessionRecord.day == day
        )
    )
    return int(total or 0)


def counted(reading: Reading, person_ids: Collection[UUID]) -> dict[UUID, int]:
    """What of persons' study counts towards the hours, by enrolment, in milliseconds.

    A class that is recorded afterwards takes its room of the day; the study before it then counts for less.
    """
    rows = reading.session.execute(
        select(CountedStudy.enrolment_id, func.sum(CountedStudy.counted_ms))
        .where(among(CountedStudy.person_id, person_ids))
        .group_by(CountedStudy.enrolment_id)
    )
    return {enrolment: int(total) for enrolment, total in rows}


def first_days(reading: Reading, enrolment_ids: Sequence[UUID]) -> dict[UUID, date]:
    """The day on which study began, by enrolment."""
    rows = reading.session.execute(
        select(StudySessionRecord.enrolment_id, func.min(StudySessionRecord.day))
        .where(among(StudySessionRecord.enrolment_id, enrolment_ids))
        .group_by(StudySessionRecord.enrolment_id)
    )
    return {enrolment: day for enrolment, day in rows}  # noqa: C416 - a Row is not a pair to the type checker


def right_answers(reading: Reading, enrolment_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], set[str]]:
    """The self-checks answered right at least once, by enrolment and lesson."""
    rows = reading.session.execute(
        select(CheckAttemptRecord.enrolment_id, CheckAttemptRecord.lesson_id, CheckAttemptRecord.check_id)
        .where(among(CheckAttemptRecord.enrolment_id, enrolment_ids), CheckAttemptRecord.is_right)
        .distinct()
    )
    found: dict[tuple[UUID, UUID], set[str]] = {}
    for enrolment, lesson, check in rows:
        found.setdefault((enrolment, lesson), set()).add(check)
    return found


def live_session(reading: Reading, person_id: UUID) -> StudySessionRecord | None:
    """The person's live session, held until the transaction ends."""
    return reading.session.scalars(
        select(StudySessionRecord)
        .where(StudySessionRecord.person_id == person_id, StudySessionRecord.ended_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def newest_session(reading: Reading, person_id: UUID) -> StudySessionRecord | None:
    """The session that the person opened last, over or not."""
    return reading.session.scalars(
        select(StudySessionRecord)
        .where(StudySessionRecord.person_id == person_id)
        .order_by(StudySessionRecord.day.desc(), StudySessionRecord.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    ).first()


def own_session(reading: Reading, session_id: UUID) -> StudySessionRecord:
    """A session of the actor's own, held until the transaction ends. Raises NoSuchSession."""
    record = reading.session.scalars(
        select(StudySessionRecord)
        .where(StudySessionRecord.id == session_id, StudySessionRecord.person_id == reading.actor.person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if record is None:
        raise NoSuchSession
    return record


def session(record: StudySessionRecord) -> StudySession:
    """The value of a session's row."""
    return StudySession(
        id=record.id,
        day=record.day,
        last_at=record.last_at,
        sequence=record.sequence,
        before_ms=record.before_ms,
        credited_ms=record.credited_ms,
        allowed_ms=record.allowed_ms,
        carried_ms=record.carried_ms,
        unconfirmed_ms=record.unconfirmed_ms,
        check_after_ms=record.check_after_ms,
        answer_within=record.answer_within,
        asked_at=record.asked_at,
        ended_at=record.ended_at,
        ended=record.ended,
        video_ms=record.video_ms,
        video_played=coverage(record.video_played),
    )


def coverage(ranges: Sequence[Range[int]]) -> Coverage:
    """A multirange of the database as stretches."""
    return tuple((each.lower or 0, each.upper or 0) for each in ranges)
