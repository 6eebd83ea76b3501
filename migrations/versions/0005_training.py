"""Training: courses, enrolments, study, self-checks, classes, completions, and two summaries for the registry."""

from alembic import op

revision = "0005_training"
down_revision = "0006a_papers"
branch_labels = None
depends_on = None

ADDED_ONLY = ("courses", "lessons", "check_attempts", "presence_answers", "lesson_completions", "attendances")


def upgrade() -> None:
    op.execute("CREATE SCHEMA training")
    _courses()
    _enrolments()
    _study()
    _classes()
    _completions()
    _summaries()
    for table in ADDED_ONLY:
        op.execute(
            f"CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON training.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
        )
    _grants()


def _courses() -> None:
    op.execute(
        """
        CREATE TABLE training.courses (
            id uuid PRIMARY KEY,
            code text NOT NULL,
            version integer NOT NULL,
            qualification text NOT NULL,
            names jsonb NOT NULL,
            summary jsonb NOT NULL,
            units jsonb NOT NULL,
            digest bytea NOT NULL,
            published_at timestamptz NOT NULL,
            UNIQUE (code, version)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE training.lessons (
            id uuid PRIMARY KEY,
            course_id uuid NOT NULL REFERENCES training.courses (id),
            position integer NOT NULL,
            code text NOT NULL,
            titles jsonb NOT NULL,
            unit text NOT NULL,
            minutes integer NOT NULL CHECK (minutes > 0),
            body text NOT NULL,
            checks jsonb NOT NULL,
            video jsonb,
            folder text NOT NULL,
            UNIQUE (course_id, code),
            UNIQUE (course_id, position)
        )
        """
    )


def _enrolments() -> None:
    op.execute(
        """
        CREATE TABLE training.enrolments (
            id uuid PRIMARY KEY,
            person_id uuid NOT NULL,
            course_id uuid NOT NULL REFERENCES training.courses (id),
            qualification text NOT NULL,
            training_kind text NOT NULL,
            outline text NOT NULL,
            outline_version integer NOT NULL,
            hours_required numeric NOT NULL,
            hour_ms bigint NOT NULL,
            is_demonstration boolean NOT NULL,
            provider_id uuid NOT NULL,
            provider_name text NOT NULL,
            enrolled_by uuid,
            enrolled_at timestamptz NOT NULL,
            withdrawn_at timestamptz,
            completed_at timestamptz,
            completed_on date,
            hours_credited numeric,
            CHECK ((completed_at IS NULL) = (completed_on IS NULL)),
            CHECK ((completed_at IS NULL) = (hours_credited IS NULL))
        )
        """
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_enrolments_open ON training.enrolments (person_id, qualification, training_kind) "
        "WHERE completed_at IS NULL AND withdrawn_at IS NULL"
    )
    op.execute("CREATE INDEX ix_enrolments_provider_id ON training.enrolments (provider_id, id)")
    op.execute("CREATE INDEX ix_enrolments_person_id ON training.enrolments (person_id)")
    op.execute(
        """
        CREATE TABLE training.enrolment_teachers (
            enrolment_id uuid NOT NULL REFERENCES training.enrolments (id),
            teacher_id uuid NOT NULL,
            PRIMARY KEY (enrolment_id, teacher_id)
        )
        """
    )


def _study() -> None:
    # A beat changes one row and no index, so PostgreSQL can keep the new version on the same page.
    op.execute(
        """
        CREATE TABLE training.study_sessions (
            id uuid PRIMARY KEY,
            person_id uuid NOT NULL,
            enrolment_id uuid NOT NULL REFERENCES training.enrolments (id),
            lesson_id uuid NOT NULL REFERENCES training.lessons (id),
            day date NOT NULL,
            opened_at timestamptz NOT NULL,
            last_at timestamptz NOT NULL,
            sequence bigint NOT NULL,
            before_ms bigint NOT NULL,
            credited_ms bigint NOT NULL,
            allowed_ms bigint NOT NULL,
            unconfirmed_ms bigint NOT NULL,
            check_number integer NOT NULL,
            check_after_ms bigint NOT NULL,
            answer_within interval NOT NULL,
            asked_at timestamptz,
            ended_at timestamptz,
            ended text,
            video_ms bigint NOT NULL,
            video_played int8multirange NOT NULL,
            video_at bigint NOT NULL,
            place integer NOT NULL,
            CHECK (unconfirmed_ms >= 0 AND unconfirmed_ms <= credited_ms),
            CHECK (credited_ms <= allowed_ms),
            CHECK ((ended_at IS NULL) = (ended IS NULL))
        ) WITH (fillfactor = 70)
        """
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_study_sessions_live ON training.study_sessions (person_id) WHERE ended_at IS NULL"
    )
    op.execute("CREATE INDEX ix_study_sessions_person_day ON training.study_sessions (person_id, day)")
    op.execute("CREATE INDEX ix_study_sessions_lesson ON training.study_sessions (enrolment_id, lesson_id)")
    op.execute(
        """
        CREATE TABLE training.presence_answers (
            id uuid PRIMARY KEY,
            session_id uuid NOT NULL REFERENCES training.study_sessions (id),
            check_number integer NOT NULL,
            asked_at timestamptz NOT NULL,
            answered_at timestamptz NOT NULL,
            UNIQUE (session_id, check_number)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE training.check_attempts (
            id uuid PRIMARY KEY,
            enrolment_id uuid NOT NULL REFERENCES training.enrolments (id),
            lesson_id uuid NOT NULL REFERENCES training.lessons (id),
            check_id text NOT NULL,
            answer text NOT NULL,
            is_right boolean NOT NULL,
            at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_check_attempts_lesson ON training.check_attempts (enrolment_id, lesson_id)")


def _classes() -> None:
    op.execute(
        """
        CREATE TABLE training.classes (
            id uuid PRIMARY KEY,
            provider_id uuid NOT NULL,
            qualification text NOT NULL,
            part text NOT NULL,
            subject text NOT NULL,
            place text NOT NULL,
            held_on date NOT NULL,
            hours numeric NOT NULL CHECK (hours > 0),
            teacher_id uuid NOT NULL,
            recorded_by uuid,
            recorded_at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE training.attendances (
            class_id uuid NOT NULL REFERENCES training.classes (id),
            enrolment_id uuid NOT NULL REFERENCES training.enrolments (id),
            PRIMARY KEY (class_id, enrolment_id)
        )
        """
    )
    op.execute("CREATE INDEX ix_attendances_enrolment_id ON training.attendances (enrolment_id)")


def _completions() -> None:
    op.execute(
        """
        CREATE TABLE training.lesson_completions (
            enrolment_id uuid NOT NULL REFERENCES training.enrolments (id),
            lesson_id uuid NOT NULL REFERENCES training.lessons (id),
            completed_at timestamptz NOT NULL,
            PRIMARY KEY (enrolment_id, lesson_id)
        )
        """
    )


def _summaries() -> None:
    op.execute(
        """
        CREATE VIEW training.progress_summary AS
        SELECT e.id AS enrolment_id, e.person_id, e.qualification, e.training_kind, e.is_demonstration,
               e.provider_id, e.provider_name, e.enrolled_at, e.completed_on, e.hours_required,
               coalesce(e.hours_credited,
                        trunc((SELECT coalesce(sum(s.credited_ms), 0) FROM training.study_sessions s
                               WHERE s.enrolment_id = e.id) / e.hour_ms, 2)
                        + (SELECT coalesce(sum(c.hours), 0) FROM training.classes c
                           JOIN training.attendances a ON a.class_id = c.id
                           WHERE a.enrolment_id = e.id)) AS hours_credited
        FROM training.enrolments e
        WHERE e.withdrawn_at IS NULL
        """
    )
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


def _grants() -> None:
    op.execute("GRANT USAGE ON SCHEMA training TO anpei_teaching, anpei_registry")
    tables = ", ".join(f"training.{table}" for table in (*ADDED_ONLY, "enrolments", "enrolment_teachers", "classes"))
    op.execute(f"GRANT SELECT, INSERT ON {tables}, training.study_sessions TO anpei_teaching")
    op.execute("GRANT UPDATE ON training.enrolments, training.study_sessions TO anpei_teaching")
    op.execute("GRANT SELECT ON training.teaching_summary, training.progress_summary TO anpei_registry")
