"""Centres, their rooms and seats, and who works there."""

from alembic import op


def create() -> None:
    op.execute(
        """
        CREATE TABLE exams.centres (
            id uuid PRIMARY KEY,
            code text NOT NULL UNIQUE,
            names jsonb NOT NULL,
            address text NOT NULL,
            organisation_id uuid,
            region_code text,
            added_at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_centres_region_code ON exams.centres (region_code text_pattern_ops)")
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
    op.execute("GRANT SELECT, INSERT, UPDATE ON exams.centres, exams.rooms, exams.seats, exams.staff TO anpei_testing")
