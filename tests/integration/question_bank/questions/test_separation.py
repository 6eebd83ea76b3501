"""PostgreSQL itself keeps the bank from those who may not see it, and versions from everyone who would change them."""

import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kernel.actor import ANYONE
from kernel.faces import Face
from question_bank.questions.actions import draft_question, review_version
from question_bank.questions.rules import VersionId
from tests.integration.question_bank.conftest import BANK, a_question, person

TABLES = ("outlines", "points", "questions", "versions", "review_steps", "approved_versions", "people_behind")
VIEWS = ("approved_versions", "people_behind")
OUTSIDE = (Face.LEARNING, Face.REGISTRY, Face.PUBLIC)
UNREADABLE = [(face, table) for face in OUTSIDE for table in TABLES]
UNREADABLE += [(Face.EXAMINATION, table) for table in ("questions", "versions", "review_steps")]


def reading(table):
    return text(f"SELECT 1 FROM question_bank.{table}")


def changing(change):
    return text(f"UPDATE question_bank.versions SET {change} WHERE id = :id")


@pytest.mark.parametrize(("face", "table"), UNREADABLE)
def test_who_may_not_read(work_as, face, table):
    with pytest.raises(DBAPIError, match="permission denied"):
        work_as(ANYONE, face).session.execute(reading(table))


@pytest.mark.parametrize("table", ["approved_versions", "people_behind", "outlines", "points"])
def test_testing_reads_what_a_draw_needs(work_as, table):
    work_as(ANYONE, Face.EXAMINATION).session.execute(reading(table))


@pytest.mark.parametrize("face", [face for face in Face if face is not Face.AUTHORING])
def test_only_authoring_writes(work_as, face):
    with pytest.raises(DBAPIError, match="permission denied"):
        work_as(ANYONE, face).session.execute(text("UPDATE question_bank.versions SET state = 'approved'"))


@pytest.mark.parametrize(
    "change",
    [
        "content_digest = 'x'",
        "kind = 'true_false'",
        "author_id = gen_random_uuid()",
        "number = 7",
    ],
)
def test_authoring_may_not_change_what_a_version_says(become, change):
    version_id = draft_question(become(person()), bank=BANK, question=a_question())
    work = become(person())
    with pytest.raises(DBAPIError, match="permission denied"):
        work.session.execute(changing(change), {"id": version_id})


@pytest.mark.parametrize(
    "deed",
    ["UPDATE question_bank.sealed SET sealed = 'x' WHERE of = :id", "DELETE FROM question_bank.sealed WHERE of = :id"],
)
def test_authoring_may_not_change_nor_take_out_what_is_sealed(become, deed):
    version_id = draft_question(become(person()), bank=BANK, question=a_question())
    with pytest.raises(DBAPIError, match="permission denied"):
        become(person()).session.execute(text(deed), {"id": version_id})


@pytest.mark.parametrize(
    "change",
    [
        "state = 'approved', approver_id = gen_random_uuid(), approved_at = now()",
        "state = 'draft', reviewer_id = NULL",
        "reviewer_id = gen_random_uuid()",
    ],
)
def test_no_step_of_a_review_is_taken_twice_or_back(become, change):
    version_id: VersionId = draft_question(become(person()), bank=BANK, question=a_question())
    review_version(become(person()), version_id=version_id)
    work = become(person())
    work.session.flush()
    if "approver_id" in change:
        work.session.execute(changing(change), {"id": version_id})
        change = "state = 'reviewed', approver_id = NULL, approved_at = NULL"
    with pytest.raises(DBAPIError, match="never changed"):
        work.session.execute(changing(change), {"id": version_id})


@pytest.mark.parametrize("table", [name for name in TABLES if name not in VIEWS])
def test_not_even_the_owner_removes_history(machine, table):
    with (
        machine.embedded.superuser(machine.database) as connection,
        pytest.raises(Exception, match="added, never changed"),
    ):
        connection.execute(sql.SQL("DELETE FROM question_bank.{}").format(sql.Identifier(table)))
