"""The record of a room, and breaches: what two invigilators say of a candidate."""

from alembic import op

from migrations.guards import closed_when, only_added


def create() -> None:
    _room_notes()
    _breaches()


def _room_notes() -> None:
    op.execute(
        """
        CREATE TABLE exams.room_notes (
            id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL,
            registration_id uuid,
            kind text NOT NULL,
            text text NOT NULL,
            facts jsonb NOT NULL,
            by_person_id uuid NOT NULL,
            at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_room_notes_sitting_id ON exams.room_notes (sitting_id, id)")
    only_added("exams.room_notes")
    op.execute("GRANT SELECT, INSERT ON exams.room_notes TO anpei_testing")


def _breaches() -> None:
    # Found once, decided once, one way or the other; the candidate may have begun or not.
    op.execute(
        """
        CREATE TABLE exams.breaches (
            id uuid PRIMARY KEY,
            sitting_id uuid NOT NULL,
            registration_id uuid NOT NULL,
            reason text NOT NULL CHECK (reason <> ''),
            proposed_by uuid NOT NULL,
            proposed_at timestamptz NOT NULL,
            decision text CHECK (decision IN ('confirmed', 'dismissed')),
            decided_by uuid,
            decided_at timestamptz,
            decided_because text,
            CHECK ((decision IS NULL) = (decided_by IS NULL)),
            CHECK ((decision IS NULL) = (decided_at IS NULL)),
            CHECK (decision <> 'confirmed' OR decided_by <> proposed_by),
            CHECK ((decision IS NOT DISTINCT FROM 'dismissed') = (coalesce(decided_because, '') <> ''))
        )
        """
    )
    op.execute(
        "CREATE UNIQUE INDEX ix_breaches_standing ON exams.breaches (registration_id) "
        "WHERE decision IS DISTINCT FROM 'dismissed'"
    )
    op.execute("CREATE INDEX ix_breaches_sitting_id ON exams.breaches (sitting_id)")
    closed_when("OLD.decision IS NOT NULL", "exams.breaches")
    op.execute("GRANT SELECT, INSERT, UPDATE ON exams.breaches TO anpei_testing")
