"""What people have achieved: eligibilities, which are training that was proved, and passed parts of exams."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    op.execute("CREATE SEQUENCE certification.proof_numbers")
    op.execute(
        """
        CREATE TABLE certification.eligibilities (
            id uuid PRIMARY KEY,
            enrolment_id uuid NOT NULL UNIQUE,
            person_id uuid NOT NULL,
            qualification text NOT NULL,
            outline text NOT NULL,
            outline_version integer NOT NULL,
            outline_name text CHECK (outline_name <> ''),
            training_kind text NOT NULL CHECK (training_kind IN ('initial', 'renewal')),
            hours_required numeric NOT NULL,
            hours_credited numeric NOT NULL CHECK (hours_credited >= hours_required),
            started_on date NOT NULL,
            completed_on date NOT NULL CHECK (completed_on >= started_on),
            provider_id uuid NOT NULL,
            provider_name text NOT NULL,
            teacher_ids jsonb NOT NULL,
            proof_number text NOT NULL UNIQUE,
            demonstration boolean NOT NULL,
            granted_at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_eligibilities_person ON certification.eligibilities (person_id, qualification)")
    op.execute(
        """
        CREATE TABLE certification.passed_parts (
            result_id uuid PRIMARY KEY,
            person_id uuid NOT NULL,
            qualification text NOT NULL,
            part text NOT NULL CHECK (part IN ('theory', 'practical')),
            score numeric NOT NULL,
            pass_mark numeric NOT NULL CHECK (score >= pass_mark),
            taken_on date NOT NULL,
            counts_until date NOT NULL,
            released_at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_passed_parts_person ON certification.passed_parts (person_id, qualification)")
    only_added("certification.eligibilities", "certification.passed_parts")
    op.execute("GRANT SELECT, INSERT ON certification.eligibilities, certification.passed_parts TO anpei_registry")
    op.execute("GRANT USAGE ON SEQUENCE certification.proof_numbers TO anpei_registry")
