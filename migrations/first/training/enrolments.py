"""Who is enrolled in what, under which provider, and who teaches them."""

from alembic import op


def create() -> None:
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
            daily_cap_hours integer NOT NULL DEFAULT 8,
            is_demonstration boolean NOT NULL,
            provider_id uuid NOT NULL,
            provider_name text NOT NULL,
            enrolled_by uuid,
            enrolled_at timestamptz NOT NULL,
            withdrawn_at timestamptz,
            withdrawn_by uuid,
            withdrawn_reason text,
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
    op.execute("GRANT SELECT, INSERT, UPDATE ON training.enrolments TO anpei_teaching")
    op.execute("GRANT SELECT, INSERT ON training.enrolment_teachers TO anpei_teaching")
