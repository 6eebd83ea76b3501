"""Applications for certificates, what was decided of them, and refusals that were opened again."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    _applications()
    _decisions()


def _applications() -> None:
    op.execute(
        """
        CREATE TABLE certification.applications (
            id uuid PRIMARY KEY,
            person_id uuid NOT NULL,
            qualification text NOT NULL,
            theory_result_id uuid NOT NULL REFERENCES certification.passed_parts,
            practical_result_id uuid REFERENCES certification.passed_parts,
            eligibility_id uuid REFERENCES certification.eligibilities,
            opened_at timestamptz NOT NULL,
            region_code text,
            UNIQUE NULLS NOT DISTINCT (theory_result_id, practical_result_id)
        )
        """
    )
    op.execute("CREATE INDEX ix_applications_person ON certification.applications (person_id)")
    op.execute("CREATE INDEX ix_applications_region_code ON certification.applications (region_code text_pattern_ops)")
    op.execute("CREATE INDEX ix_applications_practical ON certification.applications (practical_result_id)")
    only_added("certification.applications")
    op.execute("GRANT SELECT, INSERT ON certification.applications TO anpei_registry")


def _decisions() -> None:
    """A refused application is opened again: every round has a decision of its own, and none is taken out."""
    op.execute(
        """
        CREATE TABLE certification.decisions (
            application_id uuid NOT NULL REFERENCES certification.applications,
            round integer NOT NULL CHECK (round > 0),
            approved boolean NOT NULL,
            reason text,
            decided_at timestamptz NOT NULL,
            decided_by uuid NOT NULL,
            authority_id uuid,
            PRIMARY KEY (application_id, round),
            CHECK (approved OR reason <> '')
        )
        """
    )
    op.execute("CREATE INDEX ix_decisions_decided_at ON certification.decisions (decided_at)")
    op.execute(
        """
        CREATE TABLE certification.reopenings (
            application_id uuid NOT NULL,
            round integer NOT NULL,
            reason text NOT NULL CHECK (reason <> ''),
            reopened_at timestamptz NOT NULL,
            reopened_by uuid NOT NULL,
            PRIMARY KEY (application_id, round),
            FOREIGN KEY (application_id, round) REFERENCES certification.decisions (application_id, round)
        )
        """
    )
    only_added("certification.decisions", "certification.reopenings")
    op.execute("GRANT SELECT, INSERT ON certification.decisions, certification.reopenings TO anpei_registry")
