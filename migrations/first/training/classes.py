"""Classes held in a room, who attended them, and attendances struck out."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    _classes()
    _attendances()
    only_added("training.classes", "training.attendances", "training.attendance_strikes")
    op.execute(
        "GRANT SELECT, INSERT ON training.classes, training.attendances, training.attendance_strikes TO anpei_teaching"
    )


def _classes() -> None:
    op.execute(
        """
        CREATE TABLE training.classes (
            id uuid PRIMARY KEY,
            provider_id uuid NOT NULL,
            qualification text NOT NULL,
            part text NOT NULL,
            subject text NOT NULL,
            place text NOT NULL,
            held_on date NOT NULL,
            begins time,
            hours numeric NOT NULL CHECK (hours > 0),
            teacher_id uuid NOT NULL,
            recorded_by uuid,
            recorded_at timestamptz NOT NULL
        )
        """
    )
    op.execute("CREATE INDEX ix_classes_provider_id ON training.classes (provider_id, id)")


def _attendances() -> None:
    op.execute(
        """
        CREATE TABLE training.attendances (
            class_id uuid NOT NULL REFERENCES training.classes (id),
            enrolment_id uuid NOT NULL REFERENCES training.enrolments (id),
            PRIMARY KEY (class_id, enrolment_id)
        )
        """
    )
    op.execute("CREATE INDEX ix_attendances_enrolment_id ON training.attendances (enrolment_id)")
    op.execute(
        """
        CREATE TABLE training.attendance_strikes (
            class_id uuid NOT NULL,
            enrolment_id uuid NOT NULL,
            reason text NOT NULL CHECK (reason <> ''),
            struck_by uuid,
            struck_at timestamptz NOT NULL,
            PRIMARY KEY (class_id, enrolment_id),
            FOREIGN KEY (class_id, enrolment_id) REFERENCES training.attendances (class_id, enrolment_id)
        )
        """
    )
