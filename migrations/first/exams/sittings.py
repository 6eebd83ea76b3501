"""Sittings, who has duty in them, the lots that were drawn, and conflicts of interest that were found."""

from alembic import op

from migrations.guards import closed_when, only_added


def create() -> None:
    _sittings()
    _duties()
    _lots()
    _conflict_findings()


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
            state text NOT NULL CHECK (state IN
                ('planned', 'confirmed', 'drawn', 'open', 'closed', 'released', 'called_off', 'annulled')),
            standard jsonb NOT NULL,
            numbers_given integer NOT NULL,
            planned_at timestamptz NOT NULL,
            confirmed_at timestamptz,
            drawn_at timestamptz,
            opened_at timestamptz,
            closed_at timestamptz,
            released_at timestamptz,
            off_at timestamptz,
            off_because text CHECK (off_because <> ''),
            off_by uuid,
            CONSTRAINT sittings_off_check
                CHECK ((state IN ('called_off', 'annulled')) = (off_at IS NOT NULL)
                       AND (off_at IS NULL) = (off_because IS NULL))
        )
        """
    )
    op.execute("CREATE INDEX ix_sittings_room ON exams.sittings (room_id, starts_at)")
    op.execute("CREATE INDEX ix_sittings_starts_at ON exams.sittings (starts_at)")
    # What was called off stays called off, and says why for ever.
    closed_when("OLD.off_at IS NOT NULL", "exams.sittings")
    op.execute("GRANT SELECT, INSERT, UPDATE ON exams.sittings TO anpei_testing")
    op.execute("GRANT USAGE ON SEQUENCE exams.sitting_numbers TO anpei_testing")


def _duties() -> None:
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
    op.execute("GRANT SELECT, INSERT, UPDATE ON exams.duties TO anpei_testing")


def _lots() -> None:
    op.execute(
        """
        CREATE TABLE exams.lots (
            id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL REFERENCES exams.sittings (id),
            purpose text NOT NULL CHECK (purpose IN ('seats', 'invigilator', 'examiner')),
            method integer NOT NULL CHECK (method > 0),
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
    only_added("exams.lots", "exams.findings")
    op.execute("GRANT SELECT, INSERT ON exams.lots, exams.findings TO anpei_testing")


def _conflict_findings() -> None:
    """What the registry may see of conflicts that were found."""
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
    op.execute("GRANT SELECT ON exams.conflict_findings TO anpei_testing, anpei_registry")
