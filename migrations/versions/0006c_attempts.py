"""The exam room: check-ins, attempts, steps, contacts, the room record, breaches."""

from alembic import op

revision = "0006c_attempts"
down_revision = "0004_simulations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS exams")
    op.execute("GRANT USAGE ON SCHEMA exams TO anpei_testing")
    _attempts()
    _steps()
    _room()


def _attempts() -> None:
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
    op.execute(
        """
        CREATE TABLE exams.attempts (
            id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL,
            registration_id uuid NOT NULL UNIQUE,
            person_id uuid NOT NULL,
            paper_id uuid NOT NULL,
            admission_number text NOT NULL,
            state text NOT NULL CHECK (state IN ('open', 'submitted', 'run_out', 'ended')),
            started_at timestamptz NOT NULL,
            minutes integer NOT NULL CHECK (minutes > 0),
            extra_minutes integer NOT NULL CHECK (extra_minutes >= 0),
            deadline timestamptz NOT NULL,
            shape jsonb NOT NULL,
            desk_digest bytea,
            closed_at timestamptz,
            receipt text,
            CHECK ((state = 'open') = (closed_at IS NULL)),
            CHECK ((state = 'open') = (receipt IS NULL))
        )
        """
    )
    # What is over stays over.
    op.execute(
        "CREATE TRIGGER history BEFORE UPDATE ON exams.attempts FOR EACH ROW WHEN (OLD.state <> 'open') "
        "EXECUTE FUNCTION kernel.refuse_change()"
    )
    op.execute("CREATE INDEX ix_attempts_sitting_id ON exams.attempts (sitting_id)")
    op.execute("CREATE INDEX ix_attempts_person_id ON exams.attempts (person_id)")
    op.execute("CREATE INDEX ix_attempts_deadline ON exams.attempts (deadline) WHERE state = 'open'")
    op.execute("GRANT SELECT, INSERT, UPDATE ON exams.check_ins, exams.attempts TO anpei_testing")


def _steps() -> None:
    op.execute(
        """
        CREATE TABLE exams.attempt_steps (
            attempt_id uuid NOT NULL,
            sequence integer NOT NULL,
            question integer NOT NULL,
            answer text NOT NULL,
            flagged boolean NOT NULL,
            at timestamptz NOT NULL,
            PRIMARY KEY (attempt_id, sequence)
        )
        """
    )
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


def _room() -> None:
    op.execute(
        """
        CREATE TABLE exams.room_notes (
            id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL,
            registration_id uuid,
            kind text NOT NULL,
            text text NOT NULL,
            facts jsonb NOT NULL,
            by_person_id uuid NOT NULL,
            at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_room_notes_sitting_id ON exams.room_notes (sitting_id, id)")
    op.execute("GRANT SELECT, INSERT ON exams.room_notes TO anpei_testing")
    op.execute(
        """
        CREATE TABLE exams.breaches (
            attempt_id uuid PRIMARY KEY REFERENCES exams.attempts (id),
            reason text NOT NULL CHECK (reason <> ''),
            proposed_by uuid NOT NULL,
            proposed_at timestamptz NOT NULL,
            confirmed_by uuid CHECK (confirmed_by <> proposed_by),
            confirmed_at timestamptz
        )
        """
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON exams.breaches TO anpei_testing")
    for table in ("attempt_steps", "room_notes"):
        op.execute(
            f"CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON exams.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
        )
