"""Outlines of qualifications and the points of knowledge in them."""

from alembic import op

from migrations.guards import only_added


def create() -> None:
    op.execute(
        """
        CREATE TABLE question_bank.outlines (
            code text NOT NULL,
            version integer NOT NULL,
            position text NOT NULL,
            name_zh text NOT NULL,
            name_en text NOT NULL,
            is_sample boolean NOT NULL,
            digest text NOT NULL,
            kept_at timestamptz NOT NULL,
            PRIMARY KEY (code, version)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE question_bank.points (
            outline_code text NOT NULL,
            outline_version integer NOT NULL,
            code text NOT NULL,
            place integer NOT NULL,
            name_zh text NOT NULL,
            name_en text NOT NULL,
            PRIMARY KEY (outline_code, outline_version, code),
            FOREIGN KEY (outline_code, outline_version) REFERENCES question_bank.outlines (code, version)
        )
        """
    )
    only_added("question_bank.outlines", "question_bank.points")
    op.execute("GRANT SELECT, INSERT ON question_bank.outlines, question_bank.points TO anpei_authoring")
    op.execute("GRANT SELECT ON question_bank.outlines, question_bank.points TO anpei_testing")
