"""Organisations, posts, employments, and what became of imported staff lists."""

from alembic import op

from migrations.first.roles import EVERY_FACE


def create() -> None:
    _organisations()
    _employments()
    _imports()
    _grants()


def _organisations() -> None:
    op.execute(
        """
        CREATE TABLE people.organisations (
            id uuid PRIMARY KEY,
            kind text NOT NULL,
            name text NOT NULL,
            credit_code text NOT NULL UNIQUE,
            region_code text REFERENCES people.regions (code),
            trade text CHECK (trade <> ''),
            phone text CHECK (phone <> ''),
            is_demonstration boolean NOT NULL,
            created_at timestamptz NOT NULL
        )
        """
    )
    # A place is asked for by the beginning of its code; only this class of operators finds that in an index.
    op.execute("CREATE INDEX ix_organisations_region_code ON people.organisations (region_code text_pattern_ops)")
    op.execute(
        """
        CREATE TABLE people.posts (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL REFERENCES people.organisations (id),
            name text NOT NULL,
            kind text NOT NULL,
            UNIQUE (organisation_id, name)
        )
        """
    )


def _employments() -> None:
    op.execute(
        """
        CREATE TABLE people.employments (
            id uuid PRIMARY KEY,
            person_id uuid NOT NULL REFERENCES people.persons (id),
            organisation_id uuid NOT NULL REFERENCES people.organisations (id),
            post_id uuid NOT NULL REFERENCES people.posts (id),
            post_since date NOT NULL,
            hired_on date NOT NULL,
            migrant_worker boolean NOT NULL,
            injury_insurance boolean NOT NULL,
            left_on date CHECK (left_on >= hired_on),
            created_at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_employments_open ON people.employments (organisation_id, person_id) "
        "WHERE left_on IS NULL"
    )
    op.execute("CREATE INDEX ix_employments_person_id ON people.employments (person_id)")


def _imports() -> None:
    op.execute(
        """
        CREATE TABLE people.staff_imports (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL REFERENCES people.organisations (id),
            imported_by uuid,
            imported_at timestamptz NOT NULL,
            file_name text NOT NULL,
            file_digest bytea NOT NULL,
            taken integer NOT NULL,
            unchanged integer NOT NULL,
            refused integer NOT NULL,
            not_reached integer NOT NULL,
            bad_rows jsonb NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_staff_imports_organisation_id ON people.staff_imports (organisation_id, imported_at)")
    # The lines of a long list wait sealed, a part a step, and are gone when the list is in.
    op.execute(
        """
        CREATE TABLE people.staff_list_parts (
            task_id uuid NOT NULL,
            first integer NOT NULL,
            lines bytea,
            taken integer NOT NULL,
            unchanged integer NOT NULL,
            bad_rows bytea,
            PRIMARY KEY (task_id, first)
        )
        """
    )


def _grants() -> None:
    # Teaching enrols an enterprise's staff, testing prints where a candidate works; authors need neither.
    op.execute(f"GRANT SELECT ON people.organisations TO {EVERY_FACE}")
    op.execute("GRANT SELECT ON people.posts, people.employments TO anpei_teaching, anpei_testing, anpei_registry")
    op.execute("GRANT INSERT, UPDATE ON people.organisations, people.posts, people.employments TO anpei_registry")
    # Rows that were not taken are for the enterprise's own office only; ID numbers in them are sealed besides.
    op.execute("GRANT SELECT, INSERT ON people.staff_imports TO anpei_registry")
    op.execute("GRANT SELECT, INSERT, DELETE ON people.staff_list_parts TO anpei_registry")
    op.execute("GRANT UPDATE (taken, unchanged, bad_rows) ON people.staff_list_parts TO anpei_registry")
