"""What PostgreSQL lets each face do is what docs/grants.md says, and never more than the wall allows."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from kernel.faces import Face
from kernel.grants import as_markdown, granted

GRANTS = Path(__file__).parent.parent.parent / "docs" / "grants.md"


@pytest.fixture
def owner(machine):
    engine = create_engine(machine.owner_url())
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


def test_the_grants_are_those_that_were_reviewed(owner):
    assert GRANTS.read_text(encoding="utf-8") == as_markdown(owner), "run `anpei grants` and review the difference"


def test_a_grant_too_many_is_noticed(owner):
    owner.execute(text("GRANT SELECT ON kernel.audit TO anpei_teaching"))
    assert GRANTS.read_text(encoding="utf-8") != as_markdown(owner)


@pytest.mark.parametrize(
    ("face", "schemas"),
    [
        (Face.LEARNING, {"question_bank", "exams"}),
        (Face.AUTHORING, {"exams", "training", "certification"}),
        (Face.EXAMINATION, {"training"}),
        (Face.REGISTRY, {"question_bank"}),
        (Face.PUBLIC, {"people", "question_bank", "exams", "training", "simulations"}),
    ],
)
def test_nothing_beyond_the_wall_is_granted(owner, face, schemas):
    beyond = [relation for relation, by_face in granted(owner).items() if relation[0] in schemas and by_face.get(face)]
    assert beyond == []


def test_teaching_reads_no_table_of_questions_or_exams(machine, owner, workplace):
    tables = owner.execute(
        text("SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('question_bank', 'exams')")
    ).all()
    assert tables
    with workplace.engines.of(Face.LEARNING).connect() as teaching:
        for schema, table in tables:
            with pytest.raises(Exception, match="permission denied"):
                teaching.execute(text(f'SELECT 1 FROM "{schema}"."{table}" LIMIT 1'))
            teaching.rollback()
