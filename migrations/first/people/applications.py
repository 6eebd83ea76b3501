"""Organisations that apply for themselves: what strangers hand in, by functions only, and what an office decides."""

from alembic import op

DEFINER = "SECURITY DEFINER SET search_path = ''"


def create() -> None:
    _applications()
    _asking()
    _proving()
    _handing_in()
    _looking()
    for name in ("ask_application_code", "prove_telephone", "hand_in_application", "application_of", "counties"):
        op.execute(f"REVOKE ALL ON FUNCTION people.{name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION people.{name} TO anpei_public")
    op.execute("GRANT USAGE ON SCHEMA people TO anpei_public")


def _applications() -> None:
    # A proven telephone hands in once: sent twice, it is one application. The picture waits here, until the registry,
    # which alone has its key, puts it away sealed.
    op.execute(
        """
        CREATE TABLE people.applications (
            id uuid PRIMARY KEY,
            code_id uuid NOT NULL UNIQUE REFERENCES people.codes (id),
            reference text NOT NULL UNIQUE,
            phone text NOT NULL,
            kind text NOT NULL
                CHECK (kind IN ('authority', 'enterprise', 'exam_body', 'exam_centre', 'training_provider')),
            name text NOT NULL CHECK (length(name) BETWEEN 2 AND 100),
            credit_code text NOT NULL CHECK (length(credit_code) = 18),
            region_code text NOT NULL REFERENCES people.regions (code),
            trade text CHECK (length(trade) BETWEEN 1 AND 100),
            contact text NOT NULL CHECK (length(contact) BETWEEN 1 AND 100),
            picture bytea CHECK (length(picture) <= 4194304),
            handed_in_at timestamptz NOT NULL,
            state text NOT NULL DEFAULT 'handed_in' CHECK (state IN ('handed_in', 'admitted', 'refused')),
            decided_at timestamptz,
            decided_by uuid,
            reason text,
            organisation_id uuid REFERENCES people.organisations (id),
            CHECK ((state = 'handed_in') = (decided_at IS NULL)),
            CHECK ((state = 'refused') = (reason IS NOT NULL)),
            CHECK ((state = 'admitted') = (organisation_id IS NOT NULL))
        )
        """
    )
    op.execute("CREATE INDEX ix_applications_region_code ON people.applications (region_code text_pattern_ops)")
    op.execute("CREATE INDEX ix_applications_credit_code ON people.applications (credit_code)")
    op.execute("CREATE INDEX ix_applications_picture ON people.applications (handed_in_at) WHERE picture IS NOT NULL")
    op.execute("GRANT SELECT ON people.applications TO anpei_registry")
    op.execute(
        "GRANT UPDATE (picture, state, decided_at, decided_by, reason, organisation_id) ON people.applications "
        "TO anpei_registry"
    )


def _asking() -> None:
    op.execute(
        f"""
        CREATE FUNCTION people.ask_application_code(
            which uuid, telephone text, moment timestamptz, of_client bytea, of_device bytea, of_browser bytea,
            minute_start timestamptz, day_start timestamptz, most_of_phone integer, most_of_client integer,
            most_of_device integer
        ) RETURNS text LANGUAGE plpgsql {DEFINER} AS $$
        BEGIN
            PERFORM kernel.hold_in_passing('people.codes of strangers');
            IF EXISTS (SELECT FROM people.codes c WHERE c.use = 'application' AND c.phone = telephone
                          AND c.asked_at > minute_start) THEN
                RETURN 'too_soon';
            END IF;
            IF (SELECT count(*) FROM people.codes c WHERE c.use = 'application' AND c.phone = telephone
                   AND c.asked_at > day_start) >= most_of_phone THEN
                RETURN 'too_often';
            END IF;
            IF (SELECT count(*) FROM people.codes c WHERE c.client = of_client AND c.asked_at > day_start)
                   >= most_of_client
               OR (SELECT count(*) FROM people.codes c WHERE c.device = of_device AND c.asked_at > day_start)
                   >= most_of_device THEN
                RETURN 'too_many';
            END IF;
            INSERT INTO people.codes (id, use, phone, said, asked_at, client, device, secret)
                 VALUES (which, 'application', telephone, '', moment, of_client, of_device, of_browser);
            RETURN 'asked';
        END
        $$
        """
    )
    op.execute("CREATE INDEX ix_codes_client ON people.codes (client, asked_at) WHERE client IS NOT NULL")
    op.execute("CREATE INDEX ix_codes_device ON people.codes (device, asked_at) WHERE device IS NOT NULL")


def _proving() -> None:
    # A try is counted before it is compared, and only in the browser that asked.
    op.execute(
        f"""
        CREATE FUNCTION people.prove_telephone(
            which uuid, of_browser bytea, typed bytea, moment timestamptz, most_tries integer
        ) RETURNS text LANGUAGE plpgsql {DEFINER} AS $$
        DECLARE is_right boolean;
        BEGIN
            UPDATE people.codes c SET tries = c.tries + 1
             WHERE c.id = which AND c.use = 'application' AND c.secret = of_browser AND c.spent_at IS NULL
               AND c.good_until > moment AND c.tries < most_tries
            RETURNING c.digest = typed INTO is_right;
            IF is_right IS NULL THEN
                RETURN 'over';
            END IF;
            IF is_right THEN
                UPDATE people.codes c SET proven_at = moment, spent_at = moment WHERE c.id = which;
                RETURN 'proven';
            END IF;
            RETURN 'wrong';
        END
        $$
        """
    )


def _handing_in() -> None:
    # Says nothing of whether a credit code is known: what is registered, the officer learns.
    op.execute(
        f"""
        CREATE FUNCTION people.hand_in_application(
            which uuid, of_browser bytea, proven_since timestamptz, new_id uuid, new_reference text, new_kind text,
            new_name text, new_code text, new_region text, new_trade text, new_contact text, new_picture bytea,
            moment timestamptz
        ) RETURNS text LANGUAGE plpgsql {DEFINER} AS $$
        DECLARE telephone text;
        BEGIN
            SELECT c.phone INTO telephone FROM people.codes c
             WHERE c.id = which AND c.secret = of_browser AND c.proven_at > proven_since;
            IF telephone IS NULL THEN
                RETURN NULL;
            END IF;
            INSERT INTO people.applications (id, code_id, reference, phone, kind, name, credit_code, region_code, trade,
                                             contact, picture, handed_in_at)
                 VALUES (new_id, which, new_reference, telephone, new_kind, new_name, new_code, new_region, new_trade,
                         new_contact, new_picture, moment)
            ON CONFLICT (code_id) DO NOTHING;
            RETURN (SELECT a.reference FROM people.applications a WHERE a.code_id = which);
        END
        $$
        """
    )


def _looking() -> None:
    op.execute(
        f"""
        CREATE FUNCTION people.application_of(
            which uuid, of_browser bytea, proven_since timestamptz, wanted text
        ) RETURNS TABLE (reference text, name text, state text, reason text, handed_in_at timestamptz,
                         decided_at timestamptz)
        LANGUAGE sql STABLE {DEFINER} AS $$
            SELECT a.reference, a.name, a.state, a.reason, a.handed_in_at, a.decided_at
              FROM people.codes c JOIN people.applications a ON a.phone = c.phone AND a.reference = wanted
             WHERE c.id = which AND c.secret = of_browser AND c.proven_at > proven_since
        $$
        """
    )
    op.execute(
        f"""
        CREATE FUNCTION people.counties() RETURNS TABLE (code text, names jsonb)
        LANGUAGE sql STABLE {DEFINER} AS $$
            SELECT r.code, r.names FROM people.regions r WHERE r.is_current AND length(r.code) = 6 ORDER BY r.code
        $$
        """
    )
