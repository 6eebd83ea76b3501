"""Certificates, the log of their status, and the signatures of the registry over them; their photos are files."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    _certificates()
    _status_log()
    _signatures()


def _certificates() -> None:
    # A lost card, a misspelt name: the same certificate with a code of its own, once from each.
    op.execute(
        """
        CREATE TABLE certification.certificates (
            id uuid PRIMARY KEY,
            public_code text NOT NULL UNIQUE,
            application_id uuid UNIQUE REFERENCES certification.applications,
            predecessor_id uuid UNIQUE REFERENCES certification.certificates,
            reissue_of uuid UNIQUE REFERENCES certification.certificates,
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
            region_code text,
            facts jsonb NOT NULL,
            CHECK (reissue_of IS NULL OR (application_id IS NULL AND predecessor_id IS NULL))
        )
        """
    )
    op.execute("CREATE INDEX ix_certificates_person ON certification.certificates (person_id, qualification)")
    op.execute("CREATE INDEX ix_certificates_lookup ON certification.certificates (lookup_digest)")
    op.execute("CREATE INDEX ix_certificates_number ON certification.certificates (number)")
    op.execute("CREATE INDEX ix_certificates_region_code ON certification.certificates (region_code text_pattern_ops)")
    op.execute("CREATE INDEX ix_certificates_name ON certification.certificates (name text_pattern_ops)")
    only_added("certification.certificates")
    op.execute("GRANT SELECT, INSERT ON certification.certificates TO anpei_registry")


def _status_log() -> None:
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
    only_added("certification.status_log")
    op.execute("GRANT SELECT, INSERT ON certification.status_log TO anpei_registry")


def _signatures() -> None:
    """The registry's signatures over a certificate's facts and over what strangers are shown of it."""
    op.execute(
        """
        CREATE TABLE certification.signatures (
            certificate_id uuid NOT NULL REFERENCES certification.certificates,
            over text NOT NULL CHECK (over IN ('facts', 'statement')),
            format integer NOT NULL CHECK (format > 0),
            algorithm text NOT NULL,
            key_id text NOT NULL,
            signature bytea NOT NULL,
            signed_at timestamptz NOT NULL,
            PRIMARY KEY (certificate_id, over, key_id)
        )
        """
    )
    only_added("certification.signatures")
    op.execute("GRANT SELECT, INSERT ON certification.signatures TO anpei_registry")
