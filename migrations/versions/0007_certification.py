"""Certification: eligibilities, passed parts, applications and decisions, certificates, their status log, look-ups."""

from alembic import op

revision = "0007_certification"
down_revision = "0005_training"
branch_labels = None
depends_on = None

HISTORY = (
    "eligibilities",
    "passed_parts",
    "applications",
    "decisions",
    "certificates",
    "certificate_photos",
    "status_log",
    "lookups",
)


def upgrade() -> None:
    op.execute("CREATE SCHEMA certification")
    op.execute("GRANT USAGE ON SCHEMA certification TO anpei_registry, anpei_public")
    _achieved()
    _applications()
    _certificates()
    _public()
    for table in HISTORY:
        op.execute(
            f"CREATE TRIGGER history BEFORE UPDATE OR DELETE OR TRUNCATE ON certification.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change()"
        )
    op.execute(
        "GRANT SELECT, INSERT ON certification.eligibilities, certification.passed_parts, certification.applications, "
        "certification.decisions, certification.certificates, certification.certificate_photos, "
        "certification.status_log TO anpei_registry"
    )
    op.execute("GRANT SELECT ON certification.lookups TO anpei_registry")
    op.execute("GRANT USAGE ON SEQUENCE certification.proof_numbers TO anpei_registry")


def _achieved() -> None:
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
            UNIQUE NULLS NOT DISTINCT (theory_result_id, practical_result_id)
        )
        """
    )
    op.execute("CREATE INDEX ix_applications_person ON certification.applications (person_id)")
    op.execute("CREATE INDEX ix_applications_practical ON certification.applications (practical_result_id)")
    op.execute(
        """
        CREATE TABLE certification.decisions (
            application_id uuid PRIMARY KEY REFERENCES certification.applications,
            approved boolean NOT NULL,
            reason text,
            decided_at timestamptz NOT NULL,
            decided_by uuid NOT NULL,
            CHECK (approved OR reason <> '')
        )
        """
    )
    op.execute("CREATE INDEX ix_decisions_decided_at ON certification.decisions (decided_at)")


def _certificates() -> None:
    op.execute(
        """
        CREATE TABLE certification.certificates (
            id uuid PRIMARY KEY,
            public_code text NOT NULL UNIQUE,
            application_id uuid UNIQUE REFERENCES certification.applications,
            predecessor_id uuid UNIQUE REFERENCES certification.certificates,
            person_id uuid NOT NULL,
            number text NOT NULL,
            lookup_digest bytea NOT NULL,
            qualification text NOT NULL,
            position text NOT NULL,
            name text NOT NULL,
            sex text NOT NULL,
            category text NOT NULL,
            item text NOT NULL,
            category_en text NOT NULL,
            item_en text NOT NULL,
            first_issued_on date NOT NULL,
            valid_from date NOT NULL CHECK (valid_from >= first_issued_on),
            valid_until date NOT NULL CHECK (valid_until > valid_from),
            regime text NOT NULL,
            review_on date,
            authority_id uuid NOT NULL,
            authority text NOT NULL,
            demonstration boolean NOT NULL,
            issued_at timestamptz NOT NULL,
            issued_by uuid NOT NULL,
            facts jsonb NOT NULL,
            signature bytea NOT NULL,
            signing_key bytea NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_certificates_person ON certification.certificates (person_id, qualification)")
    op.execute("CREATE INDEX ix_certificates_lookup ON certification.certificates (lookup_digest)")
    op.execute("CREATE INDEX ix_certificates_number ON certification.certificates (number)")
    op.execute("CREATE INDEX ix_certificates_name ON certification.certificates (name text_pattern_ops)")
    op.execute(
        """
        CREATE TABLE certification.certificate_photos (
            certificate_id uuid PRIMARY KEY REFERENCES certification.certificates,
            jpeg bytea NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE certification.status_log (
            id uuid PRIMARY KEY,
            certificate_id uuid NOT NULL REFERENCES certification.certificates,
            entry text NOT NULL CHECK (entry IN
                ('issued', 'reviewed', 'suspended', 'reinstated', 'revoked', 'cancelled', 'replaced')),
            effective_on date NOT NULL,
            recorded_at timestamptz NOT NULL,
            recorded_by uuid NOT NULL,
            reason text,
            ground text,
            barred_until date,
            successor_id uuid REFERENCES certification.certificates
        )
        """
    )
    op.execute("CREATE INDEX ix_status_log_certificate ON certification.status_log (certificate_id, id)")


def _public() -> None:
    """What strangers may see: a certificate whose code, or whose number and name, they have; and their look-ups."""
    op.execute(
        """
        CREATE VIEW certification.public_certificates AS
        SELECT c.public_code, c.name, c.position, c.category, c.item, c.category_en, c.item_en,
               left(c.number, length(c.number) - 14) || '**********' || right(c.number, 4) AS masked_number,
               c.first_issued_on, c.valid_from, c.valid_until, c.regime, c.authority, c.demonstration,
               p.jpeg AS photo,
               (SELECT jsonb_agg(jsonb_build_array(l.entry, l.effective_on) ORDER BY l.id)
                  FROM certification.status_log l WHERE l.certificate_id = c.id) AS log
          FROM certification.certificates c
          LEFT JOIN certification.certificate_photos p ON p.certificate_id = c.id
        """
    )
    # The public role cannot leaf through the view: it would be a list of people with their photos. Nor may it read a
    # digest of number and name: all but ten digits stand on the page, and a laptop tries those out in seconds.
    for name, given, condition in (
        ("certificate_of_code", "code text", "c.public_code = code"),
        ("certificates_of_digests", "one bytea, other bytea", "c.lookup_digest IN (one, other)"),
    ):
        op.execute(
            f"""
            CREATE FUNCTION certification.{name}({given}) RETURNS SETOF certification.public_certificates
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
                SELECT v.* FROM certification.certificates c
                  JOIN certification.public_certificates v ON v.public_code = c.public_code
                 WHERE {condition}
            $$
            """
        )
        op.execute(f"GRANT EXECUTE ON FUNCTION certification.{name} TO anpei_public")
    op.execute(
        """
        CREATE TABLE certification.lookups (
            id uuid PRIMARY KEY,
            at timestamptz NOT NULL,
            client bytea NOT NULL,
            kind text NOT NULL CHECK (kind IN ('code', 'number'))
        )
        """
    )
    op.execute("CREATE INDEX ix_lookups_client ON certification.lookups (client, at)")
    # The public role may not write a table. It may knock here: the look-up is counted and audited, or refused.
    op.execute(
        """
        CREATE FUNCTION certification.note_lookup(
            lookup_id uuid, looked_at timestamptz, client_digest bytea, lookup_kind text, window_start timestamptz,
            at_most integer, actor text, lookup_facts jsonb, author_mac bytea
        ) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
        BEGIN
            PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext(pg_catalog.encode(client_digest, 'hex')));
            IF (SELECT count(*) FROM certification.lookups l
                 WHERE l.client = client_digest AND l.at > window_start) >= at_most THEN
                RETURN false;
            END IF;
            INSERT INTO certification.lookups (id, at, client, kind)
                 VALUES (lookup_id, looked_at, client_digest, lookup_kind);
            INSERT INTO kernel.audit (id, at, face, actor_name, name, facts, mac)
                 VALUES (lookup_id, looked_at, 'public', actor, 'certification.certificate_looked_up',
                         lookup_facts, author_mac);
            RETURN true;
        END
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION certification.note_lookup FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION certification.note_lookup TO anpei_public")
