"""What PostgreSQL lets each face do is what docs/grants says, and never more than the wall allows."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from host.grants import as_pages, granted
from kernel.db import SCHEMAS
from kernel.faces import Face

GRANTS = Path(__file__).parent.parent.parent / "docs" / "grants"


def kept() -> dict[str, str]:
    return {page.name: page.read_text(encoding="utf-8") for page in GRANTS.iterdir()}


@pytest.fixture
def owner(machine):
    engine = create_engine(machine.owner_url())
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


def test_the_grants_are_those_that_were_reviewed(owner):
    assert kept() == as_pages(owner), "run `anpei grants` and review the difference"


def test_a_grant_too_many_is_noticed(owner):
    owner.execute(text("GRANT SELECT ON kernel.audit TO anpei_teaching"))
    assert kept() != as_pages(owner)


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
    assert set(beyond) == (STRANGERS_KNOCK_AT if face is Face.PUBLIC else set())


# An organisation that applies has no account yet: it hands in by these functions, and sees no table (0035).
STRANGERS_KNOCK_AT = {
    ("people", ""),
    ("people", "application_of()"),
    ("people", "ask_application_code()"),
    ("people", "counties()"),
    ("people", "hand_in_application()"),
    ("people", "prove_telephone()"),
}


# What is granted to all is granted to each face, and would stand in no line of the table.
OPEN_TO_ALL = """
    SELECT n.nspname || '.' || c.relname || ' ' || a.privilege_type
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
    WHERE n.nspname = ANY(:schemas) AND a.grantee = 0
    UNION ALL
    SELECT n.nspname || '.' || c.relname || '.' || t.attname || ' ' || a.privilege_type
    FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
         aclexplode(t.attacl) a
    WHERE n.nspname = ANY(:schemas) AND a.grantee = 0
    UNION ALL
    SELECT n.nspname || '.' || p.proname || '() ' || a.privilege_type
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
         aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    WHERE n.nspname = ANY(:schemas) AND a.grantee = 0
    UNION ALL
    SELECT n.nspname || ' ' || a.privilege_type
    FROM pg_namespace n, aclexplode(n.nspacl) a
    WHERE (n.nspname = ANY(:schemas) OR n.nspname = 'public') AND a.grantee = 0
"""


def test_nothing_is_open_to_all(owner):
    assert owner.scalars(text(OPEN_TO_ALL), {"schemas": list(SCHEMAS)}).all() == []


def test_no_face_is_more_than_a_login(owner):
    faces = {"roles": [face.role for face in Face]}
    special = text(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(:roles)"
        " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)"
    )
    assert owner.scalars(special, faces).all() == []
    members = text("SELECT member::regrole::text FROM pg_auth_members WHERE member::regrole::text = ANY(:roles)")
    assert owner.scalars(members, faces).all() == []
    owned = text("SELECT relname FROM pg_class WHERE relowner::regrole::text = ANY(:roles)")
    assert owner.scalars(owned, faces).all() == []


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
