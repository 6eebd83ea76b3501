"""What the installation is, the audit, its numbers, its chain and its checkpoints."""

from alembic import op

from migrations.first.roles import EVERY_FACE
from migrations.guards import never_removed, only_added

FACES = {
    "anpei_teaching": "learning",
    "anpei_authoring": "authoring",
    "anpei_testing": "examination",
    "anpei_registry": "registry",
    "anpei_public": "public",
}


def create() -> None:
    _installation()
    _rows()
    _numbers()
    _chain()
    _numbered()
    _policies()
    op.execute(f"GRANT INSERT ON kernel.audit TO {EVERY_FACE}, anpei_public")
    op.execute(f"GRANT SELECT, UPDATE (last) ON kernel.audit_numbers TO {EVERY_FACE}, anpei_public")
    op.execute("GRANT SELECT ON kernel.audit TO anpei_registry")
    op.execute("GRANT SELECT, INSERT ON kernel.audit_chain, kernel.audit_checkpoints TO anpei_registry")


def _installation() -> None:
    op.execute(
        """
        CREATE TABLE kernel.installation (
            site text PRIMARY KEY CHECK (site <> ''),
            kind text NOT NULL CHECK (kind IN ('real', 'rehearsal', 'demonstration')),
            founded_at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE UNIQUE INDEX uq_installation_one ON kernel.installation ((true))")
    only_added("kernel.installation")
    op.execute(f"GRANT SELECT ON kernel.installation TO {EVERY_FACE}, anpei_public")
    op.execute("GRANT INSERT ON kernel.installation TO anpei_registry")


def _rows() -> None:
    # What a face writes is read by the registry, so it has a measure: neither a time without end nor facts without.
    op.execute(
        """
        CREATE TABLE kernel.audit (
            id uuid PRIMARY KEY,
            format integer NOT NULL CHECK (format > 0),
            site text NOT NULL CHECK (site <> '' AND octet_length(site) <= 32),
            number bigint NOT NULL,
            at timestamptz NOT NULL CHECK (at >= '2000-01-01Z' AND at < '3000-01-01Z'),
            written_at timestamptz NOT NULL CHECK (written_at >= '2000-01-01Z' AND written_at < '3000-01-01Z'),
            face text NOT NULL,
            actor_account uuid,
            actor_person uuid,
            actor_name text NOT NULL CHECK (octet_length(actor_name) <= 1000),
            name text NOT NULL CHECK (octet_length(name) <= 200),
            subject uuid,
            fact_format integer NOT NULL CHECK (fact_format > 0),
            facts jsonb NOT NULL CHECK (octet_length(facts::text) <= 1000000),
            key_id text NOT NULL CHECK (octet_length(key_id) <= 64),
            mac bytea NOT NULL CHECK (octet_length(mac) <= 64),
            UNIQUE (face, number)
        )
        """
    )
    op.execute("CREATE INDEX ix_audit_subject ON kernel.audit (subject, id)")
    op.execute("CREATE INDEX ix_audit_name ON kernel.audit (name, id)")
    only_added("kernel.audit")


def _numbers() -> None:
    # A counter is locked until the commit, so a number is seen together with its row, or not at all. It only rises, and
    # each number that was taken has its row when the transaction ends: no face leaves a gap, or fills one later.
    op.execute(
        """
        CREATE TABLE kernel.audit_numbers (
            face text PRIMARY KEY,
            last bigint NOT NULL,
            taken bigint NOT NULL,
            at timestamptz NOT NULL,
            work bigint NOT NULL
        )
        """
    )
    for face in FACES.values():
        op.execute(f"INSERT INTO kernel.audit_numbers VALUES ('{face}', 0, 0, clock_timestamp(), 0)")
    op.execute(
        """
        CREATE FUNCTION kernel.take_numbers() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
        BEGIN
            IF NEW.last <= OLD.last OR NEW.face <> OLD.face THEN
                RAISE EXCEPTION 'The numbers of the audit only rise.' USING ERRCODE = 'restrict_violation';
            END IF;
            NEW.taken := NEW.last - OLD.last;
            NEW.at := clock_timestamp();
            NEW.work := pg_current_xact_id()::text::bigint;
            RETURN NEW;
        END
        $$
        """
    )
    op.execute(
        "CREATE TRIGGER only_rising BEFORE UPDATE ON kernel.audit_numbers "
        "FOR EACH ROW EXECUTE FUNCTION kernel.take_numbers()"
    )
    op.execute(
        """
        CREATE FUNCTION kernel.require_rows_of_numbers() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
        BEGIN
            IF (SELECT count(*) FROM kernel.audit a WHERE a.face = NEW.face
                   AND a.number > NEW.last - NEW.taken AND a.number <= NEW.last) <> NEW.taken THEN
                RAISE EXCEPTION 'Numbers of the audit were taken without writing their rows.'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        END
        $$
        """
    )
    op.execute(
        "CREATE CONSTRAINT TRIGGER without_gaps AFTER UPDATE ON kernel.audit_numbers DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION kernel.require_rows_of_numbers()"
    )
    never_removed("kernel.audit_numbers")


def _numbered() -> None:
    # Where the clock may be moved, both times stand in the row. An installation that counts refuses what is apart.
    op.execute(
        """
        CREATE FUNCTION kernel.require_number() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
        DECLARE
            given kernel.audit_numbers;
            kind_here text := (SELECT i.kind FROM kernel.installation i);
        BEGIN
            SELECT * INTO given FROM kernel.audit_numbers n WHERE n.face = NEW.face;
            IF given.work <> pg_current_xact_id()::text::bigint OR NEW.number > given.last
                    OR NEW.number <= given.last - given.taken OR NEW.written_at <> given.at THEN
                RAISE EXCEPTION 'Rows of the audit have the numbers and the time that the database gives them.'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            IF kind_here IS NULL THEN
                RAISE EXCEPTION 'Nothing is written before it is said what this installation is: anpei migrate'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            IF kind_here = 'real' AND abs(extract(epoch FROM NEW.at - given.at)) > 300 THEN
                RAISE EXCEPTION 'The clock of the program and that of the database are apart.' USING ERRCODE = 'AP001';
            END IF;
            RETURN NEW;
        END
        $$
        """
    )
    op.execute(
        "CREATE TRIGGER numbered BEFORE INSERT ON kernel.audit FOR EACH ROW EXECUTE FUNCTION kernel.require_number()"
    )


def _chain() -> None:
    op.execute(
        """
        CREATE TABLE kernel.audit_chain (
            position bigint PRIMARY KEY,
            face text NOT NULL,
            number bigint NOT NULL,
            audit_id uuid UNIQUE,
            state text NOT NULL CHECK (state IN ('whole', 'refused', 'missing')),
            digest bytea NOT NULL,
            UNIQUE (face, number),
            CHECK ((audit_id IS NULL) = (state = 'missing'))
        )
        """
    )
    op.execute(
        """
        CREATE TABLE kernel.audit_checkpoints (
            position bigint PRIMARY KEY,
            format integer NOT NULL CHECK (format > 0),
            site text NOT NULL CHECK (site <> ''),
            digest bytea NOT NULL,
            at timestamptz NOT NULL,
            algorithm text NOT NULL,
            key_id text NOT NULL,
            signature bytea NOT NULL
        )
        """
    )
    only_added("kernel.audit_chain", "kernel.audit_checkpoints")


def _policies() -> None:
    # No face writes in another's name. The MAC would show it, but only to a walk on a host that holds all keys.
    named = " ".join(f"WHEN '{role}' THEN '{face}'" for role, face in FACES.items())
    op.execute("ALTER TABLE kernel.audit ENABLE ROW LEVEL SECURITY")
    own = f"face = CASE current_user {named} END"
    op.execute(f"CREATE POLICY own_hand ON kernel.audit FOR INSERT WITH CHECK ({own})")
    op.execute("CREATE POLICY read ON kernel.audit FOR SELECT TO anpei_registry USING (true)")
    op.execute("ALTER TABLE kernel.audit_numbers ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_hand ON kernel.audit_numbers FOR UPDATE USING ({own})")
    op.execute(f"CREATE POLICY own ON kernel.audit_numbers FOR SELECT USING ({own})")
    op.execute("CREATE POLICY read ON kernel.audit_numbers FOR SELECT TO anpei_registry USING (true)")
