"""Candidates' registrations, from the application to how they ended."""

from alembic import op


def create() -> None:
    _registrations()
    _annulled_sittings()


def _registrations() -> None:
    # A registration whose sitting came to nothing ends and is followed by one that keeps its place in the queue; once.
    op.execute(
        """
        CREATE TABLE exams.registrations (
            id uuid PRIMARY KEY,
            person_id uuid NOT NULL,
            name text NOT NULL,
            qualification text NOT NULL,
            part text NOT NULL CHECK (part IN ('theory', 'practical')),
            state text NOT NULL CHECK (state IN ('applied', 'refused', 'seated', 'withdrawn', 'concluded')),
            earliest_on date NOT NULL,
            decision jsonb NOT NULL,
            attempt integer NOT NULL CHECK (attempt > 0),
            applied_at timestamptz NOT NULL,
            sitting_id uuid REFERENCES exams.sittings (id),
            exam_on date,
            seat integer,
            admission_number text UNIQUE,
            seated_at timestamptz,
            attended_at timestamptz,
            outcome text CHECK (outcome IN ('passed', 'failed', 'absent', 'cancelled', 'voided')),
            counts_until date,
            ended_at timestamptz,
            region_code text,
            exam_region_code text,
            follows_id uuid UNIQUE REFERENCES exams.registrations (id),
            CHECK (state <> 'seated' OR (sitting_id IS NOT NULL AND seat IS NOT NULL AND exam_on IS NOT NULL
                                         AND admission_number IS NOT NULL)),
            CHECK ((state = 'concluded') = (outcome IS NOT NULL))
        )
        """
    )
    # Two taps on "apply" are one application; two people never get one seat.
    op.execute(
        "CREATE UNIQUE INDEX uq_registrations_open ON exams.registrations (person_id, qualification, part) "
        "WHERE state IN ('applied', 'seated')"
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_registrations_seat ON exams.registrations (sitting_id, seat) "
        "WHERE state IN ('seated', 'concluded')"
    )
    op.execute("CREATE INDEX ix_registrations_person ON exams.registrations (person_id, qualification)")
    op.execute("CREATE INDEX ix_registrations_list ON exams.registrations ((state <> 'applied'), applied_at, id)")
    op.execute("CREATE INDEX ix_registrations_waiting ON exams.registrations (state, applied_at)")
    op.execute("GRANT SELECT, INSERT, UPDATE ON exams.registrations TO anpei_testing")


def _annulled_sittings() -> None:
    """What the registry may see of sittings that came to nothing after they were held."""
    op.execute(
        """
        CREATE VIEW exams.annulled_sittings AS
        SELECT s.id AS sitting_id, s.code AS sitting_code, s.starts_at, s.off_at, s.off_because, s.off_by,
               (SELECT count(*) FROM exams.registrations r WHERE r.sitting_id = s.id AND r.outcome = 'voided')
                   AS candidates
          FROM exams.sittings s
         WHERE s.state = 'annulled'
        """
    )
    op.execute("GRANT SELECT ON exams.annulled_sittings TO anpei_testing, anpei_registry")
