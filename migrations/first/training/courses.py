"""Published courses and their lessons."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    op.execute(
        """
        CREATE TABLE training.courses (
            id uuid PRIMARY KEY,
            code text NOT NULL,
            version integer NOT NULL,
            qualification text NOT NULL,
            names jsonb NOT NULL,
            summary jsonb NOT NULL,
            units jsonb NOT NULL,
            digest bytea NOT NULL,
            published_at timestamptz NOT NULL,
            UNIQUE (code, version)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE training.lessons (
            id uuid PRIMARY KEY,
            course_id uuid NOT NULL REFERENCES training.courses (id),
            position integer NOT NULL,
            code text NOT NULL,
            titles jsonb NOT NULL,
            unit text NOT NULL,
            minutes integer NOT NULL CHECK (minutes > 0),
            body text NOT NULL,
            checks jsonb NOT NULL,
            video jsonb,
            folder text NOT NULL,
            UNIQUE (course_id, code),
            UNIQUE (course_id, position)
        )
        """
    )
    only_added("training.courses", "training.lessons")
    op.execute("GRANT SELECT, INSERT ON training.courses, training.lessons TO anpei_teaching")
