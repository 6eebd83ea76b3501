"""Results, their release, re-checks, and what the registry may see of them."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    _results()
    _by_two()
    _current()
    _rechecks()
    _results_summary()
    _announced()


def _results() -> None:
    op.execute(
        """
        CREATE TABLE exams.results (
            id uuid PRIMARY KEY,
            registration_id uuid NOT NULL REFERENCES exams.registrations (id),
            revision integer NOT NULL CHECK (revision > 0),
            supersedes uuid UNIQUE,
            because text,
            reference_id uuid,
            method integer NOT NULL CHECK (method > 0),
            corrections jsonb CHECK (corrections ? 'format'),
            person_id uuid NOT NULL,
            qualification text NOT NULL,
            part text NOT NULL CHECK (part IN ('theory', 'practical')),
            sitting_id uuid NOT NULL REFERENCES exams.sittings (id),
            attempt integer NOT NULL,
            score numeric NOT NULL CHECK (score BETWEEN 0 AND 100),
            pass_mark numeric NOT NULL,
            passed boolean NOT NULL,
            cancelled boolean NOT NULL,
            weak_points jsonb NOT NULL,
            taken_on date NOT NULL,
            counts_until date,
            recorded_at timestamptz NOT NULL,
            CHECK (NOT passed OR (score >= pass_mark AND NOT cancelled)),
            CHECK (passed = (counts_until IS NOT NULL)),
            CHECK ((revision = 1) = (supersedes IS NULL)),
            CHECK ((revision = 1) = (because IS NULL)),
            CHECK (revision > 1 OR corrections IS NULL),
            UNIQUE (registration_id, revision),
            UNIQUE (id, registration_id),
            FOREIGN KEY (supersedes, registration_id) REFERENCES exams.results (id, registration_id)
        )
        """
    )
    op.execute("CREATE INDEX ix_results_sitting ON exams.results (sitting_id)")
    op.execute("CREATE INDEX ix_results_person ON exams.results (person_id)")
    op.execute(
        """
        CREATE TABLE exams.releases (
            result_id uuid PRIMARY KEY REFERENCES exams.results (id),
            prepared_id uuid NOT NULL REFERENCES kernel.prepared_deeds (id),
            released_at timestamptz NOT NULL
        )
        """
    )
    only_added("exams.results", "exams.releases")
    op.execute("GRANT SELECT, INSERT ON exams.results, exams.releases TO anpei_testing")


def _by_two() -> None:
    """No release without a deed by two people about this sitting, or about a result of it that was looked at again.

    One who asks may find a question faulty that others had as well: one deed revises them all.
    """
    op.execute(
        """
        CREATE FUNCTION exams.released_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (
                SELECT FROM exams.results r
                  JOIN kernel.prepared_deeds p ON p.id = NEW.prepared_id
                  JOIN kernel.deed_ends e ON e.prepared_id = p.id AND e.how = 'confirmed'
                 WHERE r.id = NEW.result_id
                   AND (
                       (p.deed, p.about) = ('exams.release_results', r.sitting_id)
                       OR p.deed = 'exams.revise_result' AND r.supersedes IS NOT NULL AND EXISTS (
                           SELECT FROM exams.results asked WHERE asked.id = p.about AND asked.sitting_id = r.sitting_id
                       )
                   )
            ) THEN
                RAISE EXCEPTION 'A result is released by two people.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END
        $$
        """
    )
    op.execute(
        "CREATE TRIGGER by_two BEFORE INSERT ON exams.releases FOR EACH ROW EXECUTE FUNCTION exams.released_by_two()"
    )


def _current() -> None:
    op.execute(
        """
        CREATE VIEW exams.current_results AS
        SELECT r.* FROM exams.results r WHERE NOT EXISTS (SELECT FROM exams.results n WHERE n.supersedes = r.id)
        """
    )
    op.execute("GRANT SELECT ON exams.current_results TO anpei_testing")


def _rechecks() -> None:
    op.execute(
        """
        CREATE TABLE exams.rechecks (
            id uuid PRIMARY KEY,
            result_id uuid NOT NULL UNIQUE REFERENCES exams.results (id),
            reason text NOT NULL,
            asked_at timestamptz NOT NULL
        )
        """
    )
    op.execute(
        """
        CREATE TABLE exams.recheck_answers (
            recheck_id uuid PRIMARY KEY REFERENCES exams.rechecks (id),
            note text NOT NULL,
            answered_at timestamptz NOT NULL,
            answered_by uuid
        )
        """
    )
    only_added("exams.rechecks", "exams.recheck_answers")
    op.execute("GRANT SELECT, INSERT ON exams.rechecks, exams.recheck_answers TO anpei_testing")


def _results_summary() -> None:
    """What the registry may see of results: those that are released, in the revision that counts."""
    op.execute(
        """
        CREATE VIEW exams.results_summary AS
        SELECT r.id AS result_id, r.person_id, r.qualification, r.part, r.sitting_id, s.code AS sitting_code,
               r.attempt, r.revision, r.score, r.pass_mark, r.passed, r.taken_on, r.counts_until, e.released_at
          FROM exams.current_results r
          JOIN exams.releases e ON e.result_id = r.id
          JOIN exams.sittings s ON s.id = r.sitting_id
        """
    )
    op.execute("GRANT SELECT ON exams.results_summary TO anpei_testing, anpei_registry")


def _announced() -> None:
    # A re-check compares a receipt with the one that was announced. Testing may not read the audit, only these rows,
    # which it wrote itself. `anpei papers verify` reads the audit proper: whoever owns this view could bend it.
    op.execute(
        """
        CREATE VIEW exams.announced AS
        SELECT a.id, a.subject, a.name, a.facts, c.position
          FROM kernel.audit a
          LEFT JOIN kernel.audit_chain c ON c.audit_id = a.id
         WHERE a.name IN ('exams.attempt_ended', 'exams.practical_sheet_signed', 'exams.practical_finished',
                          'exams.result_released')
        """
    )
    op.execute("GRANT SELECT ON exams.announced TO anpei_testing")
