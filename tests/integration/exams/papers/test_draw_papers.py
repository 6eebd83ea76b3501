"""From a promised secret to sealed papers, and back again when somebody doubts them.

These tests commit, because a promise must be in the audit before its draw; each has a sitting and a bank of its own.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import yaml
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

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
from exams.papers.rules import Blueprint, Reason, commitment
from exams.scoring.rules import mark
from host.commands import papers as command
from kernel.actor import ANYONE, Actor, platform
from kernel.audit import seal
from kernel.errors import Forbidden
from kernel.faces import Face
from kernel.keys import KeyNotHeld
from kernel.work import Workplace
from people.access.rules import Role, permissions_of
from question_bank.exchange.actions import DATA
from question_bank.exchange.rules import read_bank
from question_bank.outlines.actions import keep_outline
from question_bank.outlines.rules import Outline, Point
from question_bank.pools import queries as pools
from question_bank.questions.actions import load_versions
from question_bank.questions.rules import read_question

AUTHOR, REVIEWER, APPROVER = uuid4(), uuid4(), uuid4()
OFFICER = Actor(name="officer", person_id=uuid4(), permissions=permissions_of([Role.EXAM_OFFICER.value]))
POINTS = ("P1", "P2")
KINDS: dict[str, dict[str, object]] = {
    "true_false": {"options": None, "key": True},
    "single_choice": {"options": dict(zip("ABCD", "甲乙丙丁", strict=True)), "key": "C"},
    "multiple_choice": {"options": dict(zip("ABCDE", "甲乙丙丁戊", strict=True)), "key": "ACE"},
}


def a_question(kind, point, number):
    written = {"kind": kind, "point": point, "depth": "know", "difficulty": "0.8", "source": "教材通识：电工"}
    return read_question(written | KINDS[kind] | {"stem": f"题干{kind}{point}{number}", "reason": f"解析{number}"})


@pytest.fixture(scope="module")
def bank(workplace) -> str:
    code = f"bank_{uuid4().hex[:8]}"
    questions = {
        f"{point}-{kind}-{number}": a_question(kind, point, number)
        for point in POINTS
        for kind in KINDS
        for number in range(6)
    }
    points = tuple(Point(point, point, point) for point in POINTS)
    with workplace.transaction(platform("test"), Face.AUTHORING) as work:
        keep_outline(work, Outline(code, "safety_manager", "试", "Test", is_sample=True, points=points))
        load_versions(work, bank=code, questions=questions, author=AUTHOR, reviewer=REVIEWER, approver=APPROVER)
    return code


@pytest.fixture(scope="module")
def blueprint(bank) -> Blueprint:
    counts = dict.fromkeys(POINTS, 2)
    return Blueprint.from_json(
        {
            "format": 1,
            "code": "test",
            "bank": bank,
            "name": {"zh": "试卷", "en": "Test paper"},
            "basis": "test",
            "demonstration": True,
            "sections": [{"kind": kind, "marks_each": "1", "counts": counts} for kind in KINDS],
        }
    )


class Sitting:
    """One sitting with three candidates."""

    def __init__(self, workplace: Workplace, blueprint: Blueprint) -> None:
        self.workplace = workplace
        self.blueprint = blueprint
        self.id = uuid4()
        self.numbers = ("10001", "10002", "10003")

    def do(self, deed, actor=OFFICER, **kwargs):
        with self.workplace.transaction(actor, Face.EXAMINATION) as work:
            return deed(work, self.id, **kwargs)

    def draw(self, numbers=None):
        admissions = [Admission(number, uuid4()) for number in numbers or self.numbers]
        return self.do(draw_papers, blueprint=self.blueprint, admissions=admissions)

    def seal(self):
        """What the sealer does every two seconds."""
        with self.workplace.transaction(platform("sealer"), Face.REGISTRY) as work:
            seal(work.session, work.keys, work.now)

    def verify(self):
        outcome = command.verified(self.workplace, self.id, with_audit=True)
        return [(it.reason, it.admission_number) for it in outcome.differences]


@pytest.fixture
def sitting(workplace, blueprint) -> Sitting:
    return Sitting(workplace, blueprint)


@pytest.fixture
def drawn(sitting: Sitting) -> Sitting:
    sitting.do(commit_secret)
    sitting.draw()
    sitting.seal()
    return sitting


@pytest.fixture
def over(drawn: Sitting) -> Sitting:
    drawn.do(reveal_secret)
    return drawn


@pytest.fixture
def intruder(machine) -> Iterator[object]:
    """Somebody who has broken into the database server and switched the triggers off."""
    with machine.embedded.superuser(machine.database) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.fixture
def reading(workplace):
    with workplace.reading(OFFICER, Face.EXAMINATION) as reading:
        yield reading


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


# verification


def test_an_honest_sitting_shows_no_difference(over):
    assert over.verify() == []


def test_a_forged_commitment_is_found(over, intruder):
    intruder.execute("UPDATE exams.sitting_secrets SET commitment = 'x' WHERE sitting_id = %s", [over.id])
    assert over.verify() == [(Reason.SECRET_MISMATCH, None)]


def test_a_forged_secret_is_found(over, intruder):
    intruder.execute(
        "UPDATE exams.sitting_secrets SET revealed_secret = %s WHERE sitting_id = %s", ["00" * 32, over.id]
    )
    reasons = {reason for reason, _ in over.verify()}
    assert Reason.SECRET_MISMATCH in reasons
    assert Reason.PAPER_ALTERED in reasons


def test_a_promise_moved_behind_the_draw_is_found(over, intruder):
    intruder.execute(
        "UPDATE exams.sitting_secrets SET committed_at = committed_at + %s WHERE sitting_id = %s",
        [timedelta(hours=1), over.id],
    )
    assert over.verify() == [(Reason.PROMISE_LATE, None)]


def test_a_promise_that_was_sealed_after_its_draw_is_found(sitting, intruder):
    """The exam body's own tables may say what they like: the order of the sealed audit decides."""
    sitting.do(commit_secret)
    hidden = intruder.execute(
        "DELETE FROM kernel.audit WHERE subject = %s AND name = 'exams.secret_committed' RETURNING *", [sitting.id]
    ).fetchone()
    sitting.draw()
    sitting.seal()
    columns = sql.SQL(", ").join(sql.Placeholder() * len(hidden))
    written = [Jsonb(value) if isinstance(value, dict) else value for value in hidden]
    intruder.execute(sql.SQL("INSERT INTO kernel.audit VALUES ({})").format(columns), written)
    sitting.do(reveal_secret)
    assert sitting.verify() == [(Reason.NOT_SEALED, None)]
    sitting.seal()
    assert sitting.verify() == [(Reason.PROMISE_LATE, None)]


def test_a_removed_paper_is_found(over, intruder):
    intruder.execute("DELETE FROM exams.papers WHERE sitting_id = %s AND admission_number = '10002'", [over.id])
    assert over.verify() == [(Reason.PAPER_MISSING, "10002")]


def test_a_damaged_paper_is_found(over, intruder):
    intruder.execute(
        "UPDATE exams.sealed SET sealed = 'x', digest = sha256('x') FROM exams.papers p WHERE what = 'paper' "
        "AND of = p.id AND p.sitting_id = %s AND p.admission_number = '10001'",
        [over.id],
    )
    assert over.verify() == [(Reason.PAPER_UNREADABLE, "10001")]


def test_a_paper_given_to_somebody_else_is_found(over, intruder):
    intruder.execute(
        "UPDATE exams.papers SET admission_number = 'x' WHERE sitting_id = %s AND admission_number = '10001'", [over.id]
    )
    assert over.verify() == [(Reason.PAPER_UNEXPECTED, "x"), (Reason.PAPER_MISSING, "10001")]


def test_a_paper_forged_with_the_key_itself_is_found(over, intruder, workplace):
    """An insider who holds the papers' key seals another paper, and corrects the record of the draw to match."""
    with workplace.reading(OFFICER, Face.EXAMINATION) as reading:
        rows = queries.papers(reading, over.id)
        other = queries.paper_for_marking(reading, rows[1].id)
        forged = reading.keys.papers.seal(other.canonical_bytes(), queries.PAPER, rows[0].id)
    intruder.execute(
        "UPDATE exams.sealed SET sealed = %s, digest = sha256(%s) WHERE what = 'paper' AND of = %s",
        [forged, forged, rows[0].id],
    )
    path = sql.Literal("{10001,0}")
    intruder.execute(
        sql.SQL(
            "UPDATE exams.paper_draws SET papers = jsonb_set(papers, {}, to_jsonb(%s::text)) WHERE sitting_id = %s"
        ).format(path),
        [other.digest(), over.id],
    )
    found = over.verify()
    assert (Reason.PAPER_ALTERED, "10001") in found
    assert (Reason.RECORD_ALTERED, "10001") in found
    assert (Reason.RECORD_ALTERED, None) in found  # and the audit still says what was drawn


def test_a_whole_draw_removed_is_found_by_the_audit(drawn, intruder):
    late = drawn.draw(["10004"])
    drawn.do(reveal_secret)
    drawn.seal()
    intruder.execute("DELETE FROM exams.papers WHERE draw_id = %s", [late])
    intruder.execute("DELETE FROM exams.paper_draws WHERE id = %s", [late])
    assert drawn.verify() == [(Reason.RECORD_ALTERED, None)]


def test_a_question_changed_in_the_bank_is_found(over, intruder, bank):
    with over.workplace.reading(OFFICER, Face.EXAMINATION) as reading:
        drawn_from = pools.pool(reading, bank)
        versions = [
            {item.version_id for item in queries.paper_for_marking(reading, row.id).items}
            for row in queries.papers(reading, over.id)
        ]
    victim = next(iter(versions[0]))
    sealed = intruder.execute("SELECT sealed FROM question_bank.sealed WHERE of = %s", [victim]).fetchone()[0]
    try:
        intruder.execute("UPDATE question_bank.sealed SET sealed = 'x', digest = sha256('x') WHERE of = %s", [victim])
        found = over.verify()
    finally:
        intruder.execute(
            "UPDATE question_bank.sealed SET sealed = %s, digest = sha256(%s) WHERE of = %s", [sealed, sealed, victim]
        )
    asked = [number for number, paper in zip(over.numbers, versions, strict=True) if victim in paper]
    assert found == [(Reason.QUESTION_LOST, None), *[(Reason.QUESTION_CHANGED, number) for number in asked]]
    assert victim in {member.version_id for member in drawn_from.members}


def test_the_outcome_is_audited(over, workplace):
    over.verify()
    with workplace.reading(ANYONE, Face.REGISTRY) as reading:
        rows = reading.session.execute(
            text("SELECT facts FROM kernel.audit WHERE subject = :id ORDER BY id"), {"id": over.id}
        ).scalars()
        names = [sorted(facts) for facts in rows]
    assert names[-1] == ["differences", "papers", "sitting_id"]


def test_the_command_says_which_papers_differ(over, intruder, machine, settings, monkeypatch):
    monkeypatch.setattr(command, "Machine", lambda _settings: machine)
    monkeypatch.setattr(command, "Settings", lambda: settings)
    said = CliRunner().invoke(command.app, ["verify", str(over.id)])
    assert said.exit_code == 0
    assert said.output.startswith("3 papers derived again, 0 differences.")
    intruder.execute("DELETE FROM exams.papers WHERE sitting_id = %s AND admission_number = '10002'", [over.id])
    said = CliRunner().invoke(command.app, ["verify", str(over.id)])
    assert said.exit_code == 1
    assert "Paper 10002 was drawn and is missing." in said.output
    said = CliRunner().invoke(command.app, ["verify", str(UUID(int=1))])
    assert (said.exit_code, said.output.strip()) == (2, "✗ No papers were drawn for this sitting.")


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
