"""Who was found trained and may be examined, and who is barred from it."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    _eligibilities()
    _bars()


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
    only_added("exams.eligibilities")
    op.execute("GRANT SELECT, INSERT ON exams.eligibilities TO anpei_registry")
    # Training is established by the registry: testing reads eligibilities and cannot make one.
    op.execute("GRANT SELECT ON exams.eligibilities TO anpei_testing")


def _bars() -> None:
    # Which rule a bar quotes depends on what it was set for.
    op.execute(
        """
        CREATE TABLE exams.bars (
            id uuid PRIMARY KEY,
            person_id uuid NOT NULL,
            ground text NOT NULL DEFAULT 'other' CHECK (ground IN ('certificate_fraud', 'exam_breach', 'other')),
            reason text NOT NULL CHECK (reason <> ''),
            begins date NOT NULL,
            until date NOT NULL CHECK (until > begins),
            recorded_at timestamptz NOT NULL,
            recorded_by uuid,
            region_code text
        )
        """
    )
    op.execute("CREATE INDEX ix_bars_person ON exams.bars (person_id)")
    op.execute(
        "CREATE TABLE exams.bar_lifts (bar_id uuid PRIMARY KEY REFERENCES exams.bars (id), "
        "reason text NOT NULL CHECK (reason <> ''), lifted_at timestamptz NOT NULL, lifted_by uuid)"
    )
    only_added("exams.bars", "exams.bar_lifts")
    op.execute("GRANT SELECT, INSERT ON exams.bars, exams.bar_lifts TO anpei_testing")
