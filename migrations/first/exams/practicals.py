"""Candidates' practicals, examiners, drawn items, runs, sheet steps, signatures, outcomes, endings. Only added."""

from alembic import op

from migrations.guards import only_added

TABLES = {
    "practicals": """
        id uuid PRIMARY KEY,
        registration_id uuid NOT NULL UNIQUE,
        sitting_id uuid NOT NULL,
        person_id uuid NOT NULL,
        name text NOT NULL,
        admission_number text NOT NULL UNIQUE,
        qualification text NOT NULL,
        attempt integer NOT NULL,
        standard_version integer NOT NULL,
        held_on date NOT NULL,
        commitment text NOT NULL,
        opened_at timestamptz NOT NULL
    """,
    "practical_examiners": """
        practical_id uuid NOT NULL REFERENCES exams.practicals (id),
        place integer NOT NULL CHECK (place IN (1, 2)),
        turn integer NOT NULL CHECK (turn > 0),
        person_id uuid NOT NULL,
        name text NOT NULL,
        because text NOT NULL CHECK ((because = '') = (turn = 1)),
        PRIMARY KEY (practical_id, place, turn),
        UNIQUE (practical_id, person_id)
    """,
    "practical_draws": """
        practical_id uuid PRIMARY KEY REFERENCES exams.practicals (id),
        method integer NOT NULL CHECK (method > 0),
        pool jsonb NOT NULL,
        pool_digest text NOT NULL,
        items_digest text NOT NULL,
        drawn_at timestamptz NOT NULL
    """,
    "practical_items": """
        practical_id uuid NOT NULL REFERENCES exams.practicals (id),
        subject text NOT NULL,
        item text NOT NULL,
        scene_seed numeric,
        PRIMARY KEY (practical_id, subject)
    """,
    "practical_runs": """
        practical_id uuid NOT NULL REFERENCES exams.practicals (id),
        subject text NOT NULL,
        run_id uuid NOT NULL UNIQUE,
        begun_at timestamptz NOT NULL,
        PRIMARY KEY (practical_id, subject)
    """,
    "practical_steps": """
        id uuid PRIMARY KEY,
        practical_id uuid NOT NULL REFERENCES exams.practicals (id),
        subject text NOT NULL,
        place integer NOT NULL,
        number integer NOT NULL CHECK (number > 0),
        content jsonb NOT NULL,
        examiner_id uuid NOT NULL,
        at timestamptz NOT NULL,
        UNIQUE (practical_id, subject, place, examiner_id, number)
    """,
    "practical_signatures": """
        practical_id uuid NOT NULL REFERENCES exams.practicals (id),
        subject text NOT NULL,
        signer text NOT NULL CHECK (signer IN ('candidate', 'examiner_1', 'examiner_2')),
        person_id uuid NOT NULL,
        noted_by uuid NOT NULL,
        is_refusal boolean NOT NULL,
        reason text NOT NULL,
        digest text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (practical_id, subject, signer),
        CHECK (NOT is_refusal OR signer = 'candidate')
    """,
    "practical_outcomes": """
        practical_id uuid PRIMARY KEY REFERENCES exams.practicals (id),
        total numeric NOT NULL CHECK (total BETWEEN 0 AND 100),
        pass_mark numeric NOT NULL,
        is_vetoed boolean NOT NULL,
        is_passed boolean NOT NULL,
        content jsonb NOT NULL,
        secret text NOT NULL,
        finished_at timestamptz NOT NULL,
        CHECK (NOT (is_passed AND is_vetoed)),
        CHECK (NOT is_passed OR total >= pass_mark)
    """,
    "practical_endings": """
        practical_id uuid PRIMARY KEY REFERENCES exams.practicals (id),
        ending text NOT NULL CHECK (ending IN ('given_up', 'voided')),
        reason text NOT NULL CHECK (length(reason) >= 10),
        ended_by uuid NOT NULL,
        ended_by_name text NOT NULL,
        secret text NOT NULL,
        ended_at timestamptz NOT NULL
    """,
}


def create() -> None:
    for table, columns in TABLES.items():
        op.execute(f"CREATE TABLE exams.{table} ({columns})")
        only_added(f"exams.{table}")
        op.execute(f"GRANT SELECT, INSERT ON exams.{table} TO anpei_testing")
    op.execute("CREATE INDEX ix_practicals_sitting ON exams.practicals (sitting_id)")
    op.execute("CREATE INDEX ix_practicals_person ON exams.practicals (person_id)")
    op.execute("CREATE INDEX ix_practicals_held ON exams.practicals (held_on)")
    op.execute("CREATE INDEX ix_practical_examiners_person ON exams.practical_examiners (person_id)")
