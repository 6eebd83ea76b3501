"""From a promised secret to sealed papers, and back again when somebody doubts them.

These tests commit, because a promise must be in the audit before its draw; each has a sitting and a bank of its own.
"""

import json
from uuid import uuid4

import pytest
import yaml
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from exams.papers import queries
from exams.papers.actions import Admission, commit_secret, draw_papers, reveal_secret, verify_papers
from exams.papers.errors import (
    AdmissionRepeated,
    NoSuchBlueprint,
    NothingDrawn,
    PoolTooSmall,
    SecretAlreadyCommitted,
    SecretAlreadyRevealed,
    SecretNotCommitted,
    SecretNotRevealed,
)
from exams.papers.rules import Blueprint, commitment
from exams.scoring.rules import mark
from kernel.actor import ANYONE, Actor
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.keys import KeyNotHeld
from people.access.rules import Role, permissions_of
from question_bank.exchange.actions import DATA
from question_bank.exchange.rules import read_bank
from tests.integration.exams.papers.conftest import (
    APPROVER,
    AUTHOR,
    OFFICER,
    REVIEWER,
)

# drawing


def test_every_candidate_gets_a_sealed_paper(drawn, reading):
    rows = queries.papers(reading, drawn.id)
    assert [row.admission_number for row in rows] == list(drawn.numbers)
    paper = queries.paper_for_marking(reading, rows[0].id)
    assert len(paper.items) == drawn.blueprint.questions == 12
    assert len(rows[0].shape) == 12
    sealed = reading.session.execute(
        text("SELECT p::text FROM exams.papers p WHERE id = :id"), {"id": rows[0].id}
    ).scalar_one()
    assert "题干" not in sealed
    assert str(paper.items[0].version_id) not in sealed


def test_the_candidates_document_is_ready_and_holds_no_key(drawn, reading):
    row = queries.papers(reading, drawn.id)[0]
    shown = json.loads(queries.candidate_document(reading, row.id))
    assert [question["number"] for question in shown["questions"]] == list(range(1, 13))
    names = {name for question in shown["questions"] for name in question} | set(shown)
    frame = {"number", "kind", "marks", "stem", "shown", "translations"}
    assert names == {"format", "admission", "marks", "languages", "questions"} | frame
    assert "解析" not in json.dumps(shown, ensure_ascii=False)


def test_right_answers_given_in_the_letters_of_the_document_earn_full_marks(drawn, reading):
    for row in queries.papers(reading, drawn.id):
        shown = json.loads(queries.candidate_document(reading, row.id))
        right = {"single_choice": {"丙"}, "multiple_choice": {"甲", "丙", "戊"}}
        answers: dict[int, object] = {}
        for question in shown["questions"]:
            options = question["shown"].get("options", [])
            letters = [it["letter"] for it in options if it["text"] in right[question["kind"]]]
            answers[question["number"]] = {"true_false": True, "single_choice": "".join(letters)}.get(
                question["kind"], letters
            )
        paper = queries.paper_for_marking(reading, row.id)
        marks = mark(paper, queries.asked(reading, paper), answers)
        assert marks.given == marks.available == 12


def test_those_who_wrote_a_question_that_papers_are_drawn_from_are_known(drawn, reading):
    assert queries.people_behind_pools(reading, drawn.id) == {AUTHOR, REVIEWER, APPROVER}


def test_late_candidates_get_a_draw_of_their_own(drawn):
    drawn.draw(["10004"])
    drawn.do(reveal_secret)
    drawn.seal()
    assert drawn.verify() == []


def test_nothing_is_drawn_before_the_promise(sitting):
    with pytest.raises(SecretNotCommitted):
        sitting.draw()


def test_the_promise_must_be_committed_before_the_draw_begins(sitting):
    admissions = [Admission("1", uuid4())]
    with sitting.workplace.transaction(OFFICER, Face.EXAMINATION) as work:
        commit_secret(work, sitting.id)
        with pytest.raises(SecretNotCommitted):
            draw_papers(work, sitting.id, blueprint=sitting.blueprint, admissions=admissions)


def test_a_sitting_has_one_secret(drawn):
    with pytest.raises(SecretAlreadyCommitted):
        drawn.do(commit_secret)


def test_nothing_is_drawn_once_the_secret_is_known(over):
    with pytest.raises(SecretAlreadyRevealed):
        over.draw(["10009"])


def test_nobody_gets_two_papers(drawn):
    with pytest.raises(AdmissionRepeated, match="10002"):
        drawn.draw(["10009", "10002"])
    with pytest.raises(AdmissionRepeated, match="10010"):
        drawn.draw(["10010", "10010"])


def test_a_pool_that_cannot_fill_the_blueprint_draws_nothing(sitting, reading):
    fields = sitting.blueprint.as_json()
    fields["sections"][0]["counts"] = {"P1": 7}
    sitting.blueprint = Blueprint.from_json(fields)
    sitting.do(commit_secret)
    with pytest.raises(PoolTooSmall):
        sitting.draw()
    assert queries.papers(reading, sitting.id) == []


def test_who_may_not(sitting):
    invigilator = Actor(name="x", person_id=uuid4(), permissions=permissions_of([Role.INVIGILATOR.value]))
    for deed, given in [
        (commit_secret, {}),
        (draw_papers, {"blueprint": sitting.blueprint, "admissions": []}),
        (reveal_secret, {}),
        (verify_papers, {}),
    ]:
        with pytest.raises(Forbidden):
            sitting.do(deed, actor=invigilator, **given)


def test_an_unknown_blueprint():
    with pytest.raises(NoSuchBlueprint):
        queries.blueprint("nothing")


# the promise


def test_the_secret_stays_sealed_until_it_is_revealed(drawn, reading):
    before = queries.sitting_secret(reading, drawn.id)
    assert before is not None
    assert before.revealed is None
    secret = drawn.do(reveal_secret)
    assert commitment(bytes.fromhex(secret), drawn.id) == before.commitment
    assert drawn.do(reveal_secret) == secret


def test_papers_are_verified_after_the_sitting_only(drawn):
    with pytest.raises(SecretNotRevealed):
        drawn.do(verify_papers)


def test_a_sitting_without_papers_is_not_verified(sitting):
    with pytest.raises(NothingDrawn):
        sitting.do(verify_papers)


# who may see papers


@pytest.mark.parametrize("table", ["sitting_secrets", "paper_draws", "papers"])
@pytest.mark.parametrize("face", [face for face in Face if face is not Face.EXAMINATION])
def test_only_testing_reads_papers(work_as, face, table):
    with pytest.raises(DBAPIError, match="permission denied"):
        work_as(ANYONE, face).session.execute(text(f"SELECT 1 FROM exams.{table}"))


@pytest.mark.parametrize("face", [Face.LEARNING, Face.AUTHORING, Face.REGISTRY, Face.PUBLIC])
def test_only_testing_holds_the_key_of_papers(workplace, face):
    with pytest.raises(KeyNotHeld):
        _ = workplace.keys(face).papers


@pytest.mark.parametrize("table", ["sitting_secrets", "paper_draws", "papers"])
def test_not_even_the_owner_removes_papers(machine, table):
    with (
        machine.embedded.superuser(machine.database) as connection,
        pytest.raises(Exception, match="added, never changed"),
    ):
        connection.execute(sql.SQL("DELETE FROM exams.{}").format(sql.Identifier(table)))


def test_a_promise_is_not_changed(drawn, machine):
    with (
        machine.embedded.superuser(machine.database) as connection,
        pytest.raises(Exception, match="never changed"),
    ):
        connection.execute("UPDATE exams.sitting_secrets SET commitment = 'x' WHERE sitting_id = %s", [drawn.id])


# the platform's own papers


@pytest.mark.parametrize("code", sorted(queries.blueprints()))
def test_the_platforms_banks_fill_the_platforms_papers(workplace, code):
    """Counted from the files, so that no other test's loading matters."""
    shape = queries.blueprint(code)
    files = {path.name: yaml.safe_load(path.read_text()) for path in (DATA / shape.bank).glob("*.yaml")}
    questions = read_bank(files).questions.values()
    for section in shape.sections:
        for point, count in section.counts:
            there = sum(question.kind == section.kind and question.point == point for question in questions)
            assert there > count, (code, section.kind, point)
