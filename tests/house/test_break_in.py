"""What somebody could do who has broken into one face and speaks SQL as its role: each test tries it."""

from uuid import uuid4

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from host.postgres import OWNER
from kernel.db import SCHEMAS
from kernel.faces import Face

TAKE_NUMBER = "UPDATE kernel.audit_numbers SET last = last + 1 WHERE face = '{face}'"
AUDIT = """
    INSERT INTO kernel.audit (id, format, site, number, at, written_at, face, actor_name, name, fact_format, facts,
                              key_id, mac)
    SELECT gen_random_uuid(), 1, 'main', last, at, at, '{face}', 'forger', 'exams.result_released', 1, '{{}}', '', ''
      FROM kernel.audit_numbers WHERE face = '{own}'
"""
SEND = """
    INSERT INTO kernel.deliveries (id, role, reaction, event, format, facts, created_at, run_after, tries)
    VALUES (gen_random_uuid(), '{role}', 'any', '{event}', 1, '{{}}', now(), now(), 0)
"""
SIGNED_IN = (
    "INSERT INTO people.persons (id, name, created_at) VALUES (:person, '某人', now())",
    """
    INSERT INTO people.accounts (id, person_id, username, password_hash, roles, is_demonstration, opened_at)
    VALUES (:account, :person, :name, '', '[]', false, now())
    """,
    """
    INSERT INTO people.sessions (token_digest, account_id, opened_at, seen_at, address, opened_by)
    VALUES (sha256(convert_to(:token, 'UTF8')), :account, now(), now(), '', 'anpei_registry')
    """,
)
INSIDERS = [face for face in Face if face is not Face.PUBLIC]


@pytest.fixture
def as_face(workplace):
    """A connection as the role of a face; nothing that was tried stays."""
    opened: list[Connection] = []

    def connect(face):
        opened.append(workplace.engines.of(face).connect())
        return opened[-1]

    yield connect
    for connection in opened:
        connection.rollback()
        connection.close()


@pytest.fixture
def own_sign_in(machine):
    """The token of a sign-in that the registry opened."""
    owner = create_engine(machine.owner_url())
    given = {"person": uuid4(), "account": uuid4(), "token": "the token", "name": f"inside-{uuid4()}"}
    with owner.begin() as connection:
        for statement in SIGNED_IN:
            connection.execute(text(statement), given)
    yield given["token"]
    with owner.begin() as connection:
        for table, column, value in (
            ("sessions", "account_id", "account"),
            ("accounts", "id", "account"),
            ("persons", "id", "person"),
        ):
            connection.execute(text(f"DELETE FROM people.{table} WHERE {column} = :{value}"), given)
    owner.dispose()


def is_refused(connection, statement, other_state=None):
    """Whether PostgreSQL says no. A statement that is wrong in itself would prove nothing, and is raised."""
    try:
        with connection.begin_nested():
            connection.execute(text(statement))
    except DBAPIError as problem:
        # insufficient privilege, row-level security included
        if getattr(problem.orig, "sqlstate", None) not in ("42501", other_state):
            raise
        return True
    return False


@pytest.mark.parametrize("face", list(Face))
def test_no_face_becomes_another_or_the_owner(as_face, face):
    connection = as_face(face)
    for role in (*(other.role for other in Face if other is not face), OWNER, "postgres"):
        assert is_refused(connection, f"SET LOCAL ROLE {role}")
        assert is_refused(connection, f"SET LOCAL SESSION AUTHORIZATION {role}")


@pytest.mark.parametrize("face", list(Face))
def test_no_face_builds_anything(as_face, face):
    connection = as_face(face)
    for schema in (*SCHEMAS, "public"):
        assert is_refused(connection, f"CREATE TABLE {schema}.mine (id integer)")
        assert is_refused(connection, f"CREATE FUNCTION {schema}.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'")
    assert is_refused(connection, "CREATE SCHEMA mine")
    assert is_refused(connection, "ALTER TABLE kernel.audit DISABLE TRIGGER ALL")


RESTRICTED = "23001"  # the number is not of that face


@pytest.mark.parametrize("face", list(Face))
def test_a_face_signs_the_audit_with_its_own_name_only(as_face, face):
    connection = as_face(face)
    for other in Face:
        connection.execute(text(TAKE_NUMBER.format(face=face)))
        assert is_refused(connection, AUDIT.format(face=other, own=face), RESTRICTED) is (other is not face)


@pytest.mark.parametrize("face", INSIDERS)
def test_nobody_changes_the_audit_and_only_the_registry_reads_it(as_face, face):
    connection = as_face(face)
    assert is_refused(connection, "SELECT 1 FROM kernel.audit") is (face is not Face.REGISTRY)
    for change in ("UPDATE kernel.audit SET name = ''", "DELETE FROM kernel.audit", "TRUNCATE kernel.audit"):
        assert is_refused(connection, change)


@pytest.mark.parametrize("face", INSIDERS)
def test_no_face_ends_the_sign_ins_of_others(as_face, face):
    """On one machine the registry opens all of them, and every face sees them: digests, but no token."""
    connection = as_face(face)
    for change in ("ended_at = now()", "seen_at = '2000-01-01'"):
        assert is_refused(connection, f"UPDATE people.sessions SET {change}")
    assert is_refused(connection, "DELETE FROM people.sessions")


def test_who_can_read_the_digest_of_a_sign_in_can_neither_end_it_nor_let_it_grow_old(own_sign_in, as_face):
    connection = as_face(Face.LEARNING)
    digest, seen = connection.execute(text("SELECT token_digest, seen_at FROM people.sessions")).one()
    assert connection.scalar(text("SELECT people.end_session(:digest, now())"), {"digest": digest.hex()}) is None
    connection.execute(text("SELECT people.note_seen(:digest, '2000-01-01')"), {"digest": digest})
    assert connection.execute(text("SELECT seen_at, ended_at FROM people.sessions")).one() == (seen, None)
    assert connection.scalar(text("SELECT people.end_session(:token, now())"), {"token": own_sign_in})


# What decides about people's exams and certificates, and the one face that may say it, beside the registry.
SAID_BY = {
    "exams.result_released": Face.EXAMINATION,
    "exams.attempt_ended": Face.EXAMINATION,
    "training.hours_completed": Face.LEARNING,
    "question_bank.version_approved": Face.AUTHORING,
}


@pytest.mark.parametrize("event", SAID_BY)
@pytest.mark.parametrize("face", [Face.LEARNING, Face.AUTHORING])
def test_a_face_announces_only_facts_of_its_own_side(as_face, face, event):
    connection = as_face(face)
    for addressed in Face:
        assert is_refused(connection, SEND.format(role=addressed.role, event=event)) is (SAID_BY[event] is not face)


def test_testing_does_not_announce_that_hours_are_complete(as_face):
    connection = as_face(Face.EXAMINATION)
    assert is_refused(connection, SEND.format(role="anpei_registry", event="training.hours_completed"))
    assert not is_refused(connection, SEND.format(role="anpei_registry", event="exams.result_released"))


@pytest.mark.parametrize("face", INSIDERS)
def test_a_fact_on_its_way_is_seen_by_nobody_else_and_stays_what_it_is(as_face, face):
    connection = as_face(face)
    own = {Face.LEARNING: "training", Face.AUTHORING: "question_bank", Face.EXAMINATION: "exams"}.get(face, "people")
    for addressed in Face:
        connection.execute(text(SEND.format(role=addressed.role, event=f"{own}.said")))
    seen = connection.scalars(text("SELECT DISTINCT role FROM kernel.deliveries")).all()
    assert seen == [face.role]
    for column in ("event", "facts", "role", "reaction", "id"):
        assert is_refused(connection, f"UPDATE kernel.deliveries SET {column} = {column}")
    assert is_refused(connection, "DELETE FROM kernel.deliveries")


PRIVILEGES = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]


# It adds to the audit in its own name, like every face, and sees its own counter there.
PUBLIC_HOLDS = {
    ("kernel.audit", "INSERT"),
    ("kernel.audit_numbers", "SELECT"),
    ("kernel.audit_numbers", "UPDATE"),
    ("kernel.installation", "SELECT"),
}


def test_the_public_face_writes_and_reads_no_table_but_its_own_lines_of_the_audit(as_face, workplace):
    connection = as_face(Face.PUBLIC)
    held = connection.execute(
        text(
            """
            SELECT n.nspname || '.' || c.relname, privilege
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, unnest(CAST(:privileges AS text[])) privilege
            WHERE n.nspname = ANY(:schemas) AND c.relkind IN ('r', 'v', 'm', 'p')
              AND (has_table_privilege(c.oid, privilege) OR privilege = ANY(ARRAY['SELECT', 'INSERT', 'UPDATE'])
                   AND has_any_column_privilege(c.oid, privilege))
            """
        ),
        {"schemas": list(SCHEMAS), "privileges": PRIVILEGES},
    ).all()
    assert {tuple(row) for row in held} == PUBLIC_HOLDS
    assert connection.execute(text("SELECT face FROM kernel.audit_numbers")).scalars().all() == ["public"]


LENDERS = {
    "certification.certificate_of_code",
    "certification.certificates_of_digests",
    "certification.note_lookup",
    "certification.prune_lookups",
    "exams.prune_contacts",
    "kernel.announced_keys",
    "kernel.prune_deliveries",
    "kernel.prune_files",
    "kernel.prune_task_files",
    "kernel.prune_locks",
    "kernel.prune_tasks",
    "kernel.require_number",
    "kernel.require_rows_of_numbers",
    "kernel.touch_file",
    "kernel.try_again",
    "people.application_of",
    "people.ask_application_code",
    "people.counties",
    "people.end_demonstration",
    "people.end_session",
    "people.end_sessions_of",
    "people.hand_in_application",
    "people.note_seen",
    "people.password_hash_of",
    "people.prove_telephone",
    "people.prune_guesses",
    "people.prune_sessions",
}


def test_a_function_that_lends_the_owners_rights_looks_nowhere_but_where_it_says(as_face):
    functions = as_face(Face.REGISTRY).execute(
        text(
            """
            SELECT p.oid::regprocedure::text AS signature, p.proconfig
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE p.prosecdef AND n.nspname <> 'pg_catalog'
            """
        )
    )
    found = {row.signature: row.proconfig for row in functions}
    assert {name.partition("(")[0] for name in found} == LENDERS
    assert all(settings == ['search_path=""'] for settings in found.values())
