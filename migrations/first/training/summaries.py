"""What counts towards the hours, and the two summaries that the registry reads.

Two views say what counts: attendances that were not struck out, and online study as far as the day has room for it
beside all classes and all study of the same person.
"""

from alembic import op


def create() -> None:
    _counted()
    _progress()
    _teaching()
    op.execute("GRANT SELECT ON training.teaching_summary, training.progress_summary TO anpei_registry")


def _counted() -> None:
    op.execute(
        """
        CREATE VIEW training.counted_attendances AS
        SELECT a.class_id, a.enrolment_id, e.person_id, c.held_on, c.begins, c.part, c.hours
        FROM training.attendances a
        JOIN training.classes c ON c.id = a.class_id
        JOIN training.enrolments e ON e.id = a.enrolment_id
        WHERE NOT EXISTS (SELECT FROM training.attendance_strikes s
                          WHERE s.class_id = a.class_id AND s.enrolment_id = a.enrolment_id)
        """
    )
    # Of several courses of one day, the one that was begun first has the room first.
    op.execute(
        """
        CREATE VIEW training.counted_study AS
        SELECT d.enrolment_id, d.person_id, d.day, d.studied_ms,
               greatest(0, least(d.studied_ms, d.room_ms - d.earlier_ms)) AS counted_ms
        FROM (SELECT s.enrolment_id, s.person_id, s.day, sum(s.credited_ms) AS studied_ms,
                     (e.daily_cap_hours - coalesce((SELECT sum(a.hours) FROM training.counted_attendances a
                                                    WHERE a.person_id = s.person_id AND a.held_on = s.day), 0)
                     ) * e.hour_ms AS room_ms,
                     coalesce(sum(sum(s.credited_ms)) OVER (
                         PARTITION BY s.person_id, s.day ORDER BY min(s.opened_at), s.enrolment_id
                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS earlier_ms
              FROM training.study_sessions s JOIN training.enrolments e ON e.id = s.enrolment_id
              GROUP BY s.enrolment_id, s.person_id, s.day, e.daily_cap_hours, e.hour_ms) d
        """
    )
    op.execute("GRANT SELECT ON training.counted_attendances, training.counted_study TO anpei_teaching")


def _progress() -> None:
    op.execute(
        """
        CREATE VIEW training.progress_summary AS
        SELECT e.id AS enrolment_id, e.person_id, e.qualification, e.training_kind, e.is_demonstration,
               e.provider_id, e.provider_name, e.enrolled_at, e.completed_on, e.hours_required,
               coalesce(e.hours_credited,
                        trunc((SELECT coalesce(sum(s.counted_ms), 0) FROM training.counted_study s
                               WHERE s.person_id = e.person_id AND s.enrolment_id = e.id) / e.hour_ms, 2)
                        + (SELECT coalesce(sum(a.hours), 0) FROM training.counted_attendances a
                           WHERE a.enrolment_id = e.id)) AS hours_credited
        FROM training.enrolments e
        WHERE e.withdrawn_at IS NULL
        """
    )


def _teaching() -> None:
    op.execute(
        """
        CREATE VIEW training.teaching_summary AS
        SELECT e.id AS enrolment_id, e.person_id, e.qualification, e.training_kind, e.is_demonstration,
               e.provider_id, e.provider_name, e.enrolled_at, e.completed_on, e.hours_credited,
               ARRAY(SELECT t.teacher_id FROM training.enrolment_teachers t
                     WHERE t.enrolment_id = e.id ORDER BY t.teacher_id) AS teacher_ids
        FROM training.enrolments e
        """
    )
