"""Check-ins, attempts, their steps and what these earned, and when a desk was last heard of."""

from alembic import op

from migrations.first.pruning import may_be_pruned
from migrations.guards import closed_when, only_added


def create() -> None:
    _check_ins()
    _attempts()
    _steps()
    _marks()


def _check_ins() -> None:
    op.execute(
        """
        CREATE TABLE exams.check_ins (
            registration_id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL,
            person_id uuid NOT NULL,
            seat integer NOT NULL,
            by_person_id uuid NOT NULL,
            at timestamptz NOT NULL,
            let_in_late_because text CHECK (let_in_late_because <> ''),
            UNIQUE (sitting_id, seat)
        )
        """
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON exams.check_ins TO anpei_testing")


def _attempts() -> None:
    op.execute(
        """
        CREATE TABLE exams.attempts (
            id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL,
            registration_id uuid NOT NULL UNIQUE,
            person_id uuid NOT NULL,
            paper_id uuid NOT NULL,
            admission_number text NOT NULL,
            state text NOT NULL CHECK (state IN ('ready', 'open', 'submitted', 'run_out', 'ended', 'annulled')),
            started_at timestamptz,
            minutes integer NOT NULL CHECK (minutes > 0),
            extra_minutes integer NOT NULL CHECK (extra_minutes >= 0),
            deadline timestamptz,
            shape jsonb NOT NULL,
            desk_digest bytea,
            closed_at timestamptz,
            receipt text,
            CONSTRAINT clock_runs_from_the_start CHECK (
                (state = 'ready') = (started_at IS NULL) AND (state = 'ready') = (deadline IS NULL)
            ),
            CONSTRAINT closed_when_over CHECK ((state IN ('ready', 'open')) = (closed_at IS NULL)),
            CONSTRAINT receipt_when_over CHECK ((state IN ('ready', 'open')) = (receipt IS NULL))
        )
        """
    )
    # What is over stays over.
    closed_when("OLD.state NOT IN ('ready', 'open')", "exams.attempts")
    op.execute("CREATE INDEX ix_attempts_sitting_id ON exams.attempts (sitting_id)")
    op.execute("CREATE INDEX ix_attempts_person_id ON exams.attempts (person_id)")
    op.execute("CREATE INDEX ix_attempts_deadline ON exams.attempts (deadline) WHERE state = 'open'")
    op.execute("GRANT SELECT, INSERT, UPDATE ON exams.attempts TO anpei_testing")


def _steps() -> None:
    op.execute(
        """
        CREATE TABLE exams.attempt_steps (
            attempt_id uuid NOT NULL,
            sequence integer NOT NULL,
            question integer NOT NULL,
            act text NOT NULL CHECK (act IN ('answer', 'look')),
            answer text NOT NULL CONSTRAINT answer_is_short CHECK (octet_length(answer) <= 2048),
            flagged boolean NOT NULL,
            page_ms integer NOT NULL CHECK (page_ms >= 0),
            at timestamptz NOT NULL,
            PRIMARY KEY (attempt_id, sequence),
            CONSTRAINT look_answers_nothing CHECK (act = 'answer' OR (answer = 'null' AND NOT flagged))
        )
        """
    )
    only_added("exams.attempt_steps")
    op.execute("GRANT SELECT, INSERT ON exams.attempt_steps TO anpei_testing")
    op.execute(
        """
        CREATE TABLE exams.attempt_contacts (
            attempt_id uuid PRIMARY KEY REFERENCES exams.attempts (id),
            at timestamptz NOT NULL
        )
        """
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON exams.attempt_contacts TO anpei_testing")
    may_be_pruned(
        "exams.prune_contacts",
        "exams.attempt_contacts",
        where="r.at < before",
        role="anpei_testing",
        key="attempt_id",
    )


def _marks() -> None:
    # What fraction each answer earned and who or what said so stands in exams.sealed: it would give keys away.
    op.execute(
        """
        CREATE TABLE exams.attempt_marks (
            attempt_id uuid PRIMARY KEY REFERENCES exams.attempts (id),
            marked_at timestamptz NOT NULL
        )
        """
    )
    only_added("exams.attempt_marks")
    op.execute("GRANT SELECT, INSERT ON exams.attempt_marks TO anpei_testing")
