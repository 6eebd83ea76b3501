"""Study online: its sessions, signs of presence, self-checks, lessons that were completed."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    _sessions()
    _answers()


def _sessions() -> None:
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
            carried_ms bigint NOT NULL DEFAULT 0 CHECK (carried_ms >= 0),
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
    op.execute("GRANT SELECT, INSERT, UPDATE ON training.study_sessions TO anpei_teaching")


def _answers() -> None:
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
    only_added("training.presence_answers", "training.check_attempts", "training.lesson_completions")
    op.execute(
        "GRANT SELECT, INSERT ON training.presence_answers, training.check_attempts, training.lesson_completions "
        "TO anpei_teaching"
    )
