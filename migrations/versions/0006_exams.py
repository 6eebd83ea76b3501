"""The exam office: centres, eligibilities, registrations, sittings, conflicts found, results."""

from alembic import op

revision = "0006_exams"
down_revision = "0007_certification"
branch_labels = None
depends_on = None

TESTINGS_OWN = ("bars", "bar_lifts", "lots", "findings", "results", "releases", "rechecks", "recheck_answers")
HISTORY = ("eligibilities", *TESTINGS_OWN)


def upgrade() -> None:
    op.execute("CREATE SCHEMA IF NOT EXISTS exams")
    op.execute("GRANT USAGE ON SCHEMA exams TO anpei_testing, anpei_registry")
    _centres()
    _eligibilities()
    _registrations()
    _sittings()
    _results()
    op.execute("ALTER TABLE exams.registrations ADD FOREIGN KEY (sitting_id) REFERENCES exams.sittings (id)")
    _views()
    for table in HISTORY:
        op.execute(
            f"CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON exams.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
        )
    _grants()


def _centres() -> None:
    op.execute(
        """
        CREATE TABLE exams.centres (
            id uuid PRIMARY KEY,
            code text NOT NULL UNIQUE,
            names jsonb NOT NULL,
            address text NOT NULL,
            organisation_id uuid,
            added_at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE exams.rooms (
            id uuid PRIMARY KEY,
            centre_id uuid NOT NULL REFERENCES exams.centres (id),
            code text NOT NULL,
            names jsonb NOT NULL,
            kind text NOT NULL CHECK (kind IN ('theory', 'practical')),
            rows integer NOT NULL CHECK (rows > 0),
            columns integer NOT NULL CHECK (columns > 0),
            UNIQUE (centre_id, code)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE exams.seats (
            room_id uuid NOT NULL REFERENCES exams.rooms (id),
            number integer NOT NULL,
            "row" integer NOT NULL,
            "column" integer NOT NULL,
            out_of_use text CHECK (out_of_use <> ''),
            PRIMARY KEY (room_id, number),
            UNIQUE (room_id, "row", "column")
        )
        """
    )
    op.execute(
        """
        CREATE TABLE exams.staff (
            id uuid PRIMARY KEY,
            centre_id uuid NOT NULL REFERENCES exams.centres (id),
            person_id uuid NOT NULL,
            name text NOT NULL,
            duty text NOT NULL CHECK (duty IN ('invigilator', 'examiner')),
            qualifications jsonb NOT NULL,
            certificate_number text NOT NULL,
            certificate_until date,
            joined_at timestamptz NOT NULL,
            left_at timestamptz
        )
        """
    )
    op.execute("CREATE UNIQUE INDEX uq_staff_active ON exams.staff (centre_id, person_id, duty) WHERE left_at IS NULL")


def _eligibilities() -> None:
    op.execute(
        """
        CREATE TABLE exams.eligibilities (
            id uuid PRIMARY KEY,
            person_id uuid NOT NULL,
            qualification text NOT NULL,
            granted_on date NOT NULL,
            valid_until date CHECK (valid_until >= granted_on),
            provider_id uuid NOT NULL,
            provider_name text NOT NULL,
            teacher_ids jsonb NOT NULL,
            proof_number text NOT NULL UNIQUE,
            demonstration boolean NOT NULL,
            accepted_at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_exam_eligibilities_person ON exams.eligibilities (person_id, qualification)")
    op.execute(
        """
        CREATE TABLE exams.bars (
            id uuid PRIMARY KEY,
            person_id uuid NOT NULL,
            reason text NOT NULL CHECK (reason <> ''),
            begins date NOT NULL,
            until date NOT NULL CHECK (until > begins),
            recorded_at timestamptz NOT NULL,
            recorded_by uuid
        )
        """
    )
    op.execute("CREATE INDEX ix_bars_person ON exams.bars (person_id)")
    op.execute(
        "CREATE TABLE exams.bar_lifts (bar_id uuid PRIMARY KEY REFERENCES exams.bars (id), "
        "reason text NOT NULL CHECK (reason <> ''), lifted_at timestamptz NOT NULL, lifted_by uuid)"
    )


def _registrations() -> None:
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
            sitting_id uuid,
            exam_on date,
            seat integer,
            admission_number text UNIQUE,
            seated_at timestamptz,
            attended_at timestamptz,
            outcome text CHECK (outcome IN ('passed', 'failed', 'absent', 'cancelled')),
            counts_until date,
            ended_at timestamptz,
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


def _sittings() -> None:
    op.execute("CREATE SEQUENCE exams.sitting_numbers")
    op.execute(
        """
        CREATE TABLE exams.sittings (
            id uuid PRIMARY KEY,
            code text NOT NULL UNIQUE,
            centre_id uuid NOT NULL REFERENCES exams.centres (id),
            room_id uuid NOT NULL REFERENCES exams.rooms (id),
            qualification text NOT NULL,
            part text NOT NULL CHECK (part IN ('theory', 'practical')),
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
            capacity integer NOT NULL CHECK (capacity > 0),
            state text NOT NULL CHECK (state IN ('planned', 'confirmed', 'drawn', 'open', 'closed', 'released')),
            standard jsonb NOT NULL,
            numbers_given integer NOT NULL,
            planned_at timestamptz NOT NULL,
            confirmed_at timestamptz,
            drawn_at timestamptz,
            opened_at timestamptz,
            closed_at timestamptz,
            released_at timestamptz
        )
        """
    )
    op.execute("CREATE INDEX ix_sittings_room ON exams.sittings (room_id, starts_at)")
    op.execute("CREATE INDEX ix_sittings_starts_at ON exams.sittings (starts_at)")
    op.execute(
        """
        CREATE TABLE exams.duties (
            id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL REFERENCES exams.sittings (id),
            staff_id uuid NOT NULL REFERENCES exams.staff (id),
            person_id uuid NOT NULL,
            name text NOT NULL,
            duty text NOT NULL CHECK (duty IN ('invigilator', 'examiner')),
            lot_id uuid,
            assigned_at timestamptz NOT NULL,
            taken_up_at timestamptz,
            relieved_at timestamptz,
            relieved_because text,
            CHECK ((relieved_at IS NULL) = (relieved_because IS NULL))
        )
        """
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_duties_standing ON exams.duties (sitting_id, person_id) WHERE relieved_at IS NULL"
    )
    op.execute("CREATE INDEX ix_duties_person ON exams.duties (person_id)")
    op.execute(
        """
        CREATE TABLE exams.lots (
            id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL REFERENCES exams.sittings (id),
            purpose text NOT NULL CHECK (purpose IN ('seats', 'invigilator', 'examiner')),
            seed text NOT NULL,
            given jsonb NOT NULL,
            drawn jsonb NOT NULL,
            at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_lots_sitting ON exams.lots (sitting_id)")
    op.execute(
        """
        CREATE TABLE exams.findings (
            id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL REFERENCES exams.sittings (id),
            sitting_code text NOT NULL,
            person_id uuid NOT NULL,
            name text NOT NULL,
            duty text NOT NULL,
            ground text NOT NULL,
            candidate_id uuid,
            candidate text NOT NULL,
            provider text NOT NULL,
            found_at timestamptz NOT NULL,
            UNIQUE NULLS NOT DISTINCT (sitting_id, person_id, ground, candidate_id)
        )
        """
    )


def _results() -> None:
    op.execute(
        """
        CREATE TABLE exams.results (
            id uuid PRIMARY KEY,
            registration_id uuid NOT NULL UNIQUE REFERENCES exams.registrations (id),
            reference_id uuid,
            person_id uuid NOT NULL,
            qualification text NOT NULL,
            part text NOT NULL CHECK (part IN ('theory', 'practical')),
            sitting_id uuid NOT NULL REFERENCES exams.sittings (id),
            attempt integer NOT NULL,
            score numeric NOT NULL CHECK (score BETWEEN 0 AND 100),
            pass_mark numeric NOT NULL,
            passed boolean NOT NULL,
            cancelled boolean NOT NULL,
            weak_points jsonb NOT NULL,
            taken_on date NOT NULL,
            counts_until date,
            recorded_at timestamptz NOT NULL,
            CHECK (NOT passed OR (score >= pass_mark AND NOT cancelled)),
            CHECK (passed = (counts_until IS NOT NULL))
        )
        """
    )
    op.execute("CREATE INDEX ix_results_sitting ON exams.results (sitting_id)")
    op.execute("CREATE INDEX ix_results_person ON exams.results (person_id)")
    op.execute(
        """
        CREATE TABLE exams.releases (
            result_id uuid PRIMARY KEY REFERENCES exams.results (id),
            released_at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE exams.rechecks (
            id uuid PRIMARY KEY,
            result_id uuid NOT NULL UNIQUE REFERENCES exams.results (id),
            reason text NOT NULL,
            asked_at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE exams.recheck_answers (
            recheck_id uuid PRIMARY KEY REFERENCES exams.rechecks (id),
            note text NOT NULL,
            answered_at timestamptz NOT NULL,
            answered_by uuid
        )
        """
    )


def _views() -> None:
    """What the registry may see of exams: results once they are released, and conflicts that were found."""
    op.execute(
        """
        CREATE VIEW exams.results_summary AS
        SELECT r.id AS result_id, r.person_id, r.qualification, r.part, r.sitting_id, s.code AS sitting_code,
               r.attempt, r.score, r.pass_mark, r.passed, r.taken_on, r.counts_until, e.released_at
          FROM exams.results r
          JOIN exams.releases e ON e.result_id = r.id
          JOIN exams.sittings s ON s.id = r.sitting_id
        """
    )
    op.execute(
        """
        CREATE VIEW exams.conflict_findings AS
        SELECT f.id, f.sitting_id, f.sitting_code, s.starts_at, f.person_id, f.name, f.duty, f.ground, f.candidate_id,
               f.candidate, f.provider, f.found_at,
               (SELECT CASE WHEN bool_and(d.relieved_at IS NOT NULL) THEN max(d.relieved_at) END
                  FROM exams.duties d
                 WHERE d.sitting_id = f.sitting_id AND d.person_id = f.person_id) AS relieved_at
          FROM exams.findings f
          JOIN exams.sittings s ON s.id = f.sitting_id
        """
    )


def _grants() -> None:
    op.execute("GRANT INSERT, SELECT ON exams.eligibilities TO anpei_registry")
    op.execute("GRANT SELECT ON exams.results_summary, exams.conflict_findings TO anpei_registry")
    # Training is established by the registry: testing reads eligibilities and cannot make one.
    op.execute("GRANT SELECT ON exams.eligibilities, exams.results_summary, exams.conflict_findings TO anpei_testing")
    for table in ("centres", "rooms", "seats", "staff", "registrations", "sittings", "duties"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON exams.{table} TO anpei_testing")
    for table in TESTINGS_OWN:
        op.execute(f"GRANT SELECT, INSERT ON exams.{table} TO anpei_testing")
    op.execute("GRANT USAGE ON SEQUENCE exams.sitting_numbers TO anpei_testing")
