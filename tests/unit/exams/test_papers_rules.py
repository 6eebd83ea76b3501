"""Every draw fulfils its blueprint, can be repeated by anyone, and cannot be tampered with unseen."""

import hashlib
import hmac
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
import random2
import yaml
from hypothesis import given
from hypothesis import strategies as st

from exams.attempts.rules import check_answer
from exams.papers.errors import BlueprintUnusable, PoolTooSmall
from exams.papers.rules import (
    METHOD,
    SENTENCES,
    Announced,
    Blueprint,
    Difference,
    Ground,
    Paper,
    Reason,
    RecordedDraw,
    StoredPaper,
    Told,
    announced_differences,
    candidate_seed,
    commitment,
    document,
    document_digest,
    draw,
    draw_differences,
    draw_paper,
    keeps_promise,
    promise_differences,
    require_enough,
    shape,
)
from question_bank.questions.rules import LETTERS, Kind
from tests.cast.banks import LIGHT, SECRET, SITTING, bank, blueprint, ground_of, grounds, section
from tests.cast.mersenne import Mersenne
from web import words

HOUSE = Path(__file__).parents[3]
ADMISSIONS = st.text("0123456789", min_size=6, max_size=14)


def operator_ground(spare: int = 5) -> Ground:
    points = [f"P{number:02}" for number in range(1, 15)]
    shape = blueprint(
        section(Kind.TRUE_FALSE, dict.fromkeys(points, 5)),
        section(Kind.SINGLE_CHOICE, dict.fromkeys(points, 2) | {"P04": 3, "P14": 3}),
    )
    cells = {(part.kind, point): count + spare for part in shape.sections for point, count in part.counts}
    return ground_of(shape, bank(cells))


# drawing


@LIGHT
@given(grounds(), ADMISSIONS)
def test_every_paper_fulfils_its_blueprint(ground, admission):
    paper = draw_paper(ground, SECRET, admission)
    wanted = {(part.kind, point): count for part in ground.blueprint.sections for point, count in part.counts}
    assert Counter((item.kind, item.point) for item in paper.items) == wanted
    assert paper.marks == ground.blueprint.marks


@LIGHT
@given(grounds(), ADMISSIONS)
def test_no_question_is_asked_twice(ground, admission):
    versions = [item.version_id for item in draw_paper(ground, SECRET, admission).items]
    assert len(versions) == len(set(versions))


@LIGHT
@given(grounds(), ADMISSIONS)
def test_kinds_come_in_their_order_and_numbers_count_up(ground, admission):
    items = draw_paper(ground, SECRET, admission).items
    kinds = list(Kind)
    assert [item.kind for item in items] == sorted((item.kind for item in items), key=kinds.index)
    assert [item.number for item in items] == list(range(1, len(items) + 1))


@LIGHT
@given(grounds(), ADMISSIONS)
def test_the_same_seed_gives_the_same_paper(ground, admission):
    assert draw_paper(ground, SECRET, admission) == draw_paper(ground, SECRET, admission)


@LIGHT
@given(grounds(), ADMISSIONS)
def test_options_are_a_permutation_and_the_key_follows(ground, admission):
    for item in draw_paper(ground, SECRET, admission).items:
        question = ground.questions[item.version_id]
        assert sorted(item.order) == list(LETTERS[: len(question.options)])
        shown = dict(zip(item.letters, item.order, strict=False))
        assert {shown.get(letter, letter) for letter in item.key} == question.key


def test_different_candidates_get_different_papers():
    ground = operator_ground()
    papers = [draw_paper(ground, SECRET, f"2026{number:08}") for number in range(100)]
    assert len({tuple(item.version_id for item in paper.items) for paper in papers}) == 100
    assert len({tuple(item.order for item in paper.items) for paper in papers}) == 100


def test_every_question_and_every_place_gets_its_share():
    """400 draws of 5 out of 10: each question is expected 200 times, standard deviation 10."""
    ground = ground_of(blueprint(section(Kind.SINGLE_CHOICE, {"P1": 5})), bank({(Kind.SINGLE_CHOICE, "P1"): 10}))
    papers = [draw_paper(ground, SECRET, str(number)) for number in range(400)]
    times = Counter(item.version_id for paper in papers for item in paper.items)
    assert len(times) == 10
    assert all(150 < count < 250 for count in times.values())
    right_letters = Counter(letter for paper in papers for item in paper.items for letter in item.key)
    assert all(400 < right_letters[letter] < 600 for letter in "ABCD")


def test_a_pool_that_is_too_small_names_each_short_cell():
    ground = ground_of(
        blueprint(section(Kind.TRUE_FALSE, {"P1": 3, "P2": 1}), section(Kind.SINGLE_CHOICE, {"P2": 2})),
        bank({(Kind.TRUE_FALSE, "P1"): 2, (Kind.TRUE_FALSE, "P2"): 1}),
    )
    with pytest.raises(PoolTooSmall) as refusal:
        require_enough(ground.blueprint, ground.pool)
    assert words.sentence(refusal.value, "en") == (
        "The approved questions cannot fill this paper: P1 needs 3 of True/false and has 2; "
        "P2 needs 2 of Single choice and has 0."
    )


# repeating a draw without our code


@LIGHT
@given(st.integers(min_value=0, max_value=2**256 - 1))
def test_the_generator_is_the_reference_mersenne_twister(seed):
    ours, reference = random2.Random(seed), Mersenne(seed)
    assert [ours.random() for _ in range(40)] == [reference.random() for _ in range(40)]


def test_a_stranger_repeats_a_draw_from_the_written_rules():
    ground = operator_ground()
    drawn = draw(ground.blueprint, ground.pool, candidate_seed(SECRET, "202606010001"))
    seed = int(hmac.new(SECRET, b"202606010001", hashlib.sha256).hexdigest(), 16)
    generator = Mersenne(seed)

    def exchange(things, i, j):
        things[i], things[j] = things[j], things[i]

    def shuffle(things):
        for i in reversed(range(1, len(things))):
            exchange(things, i, int(generator.random() * (i + 1)))
        return things

    expected = []
    for part in ground.blueprint.sections:
        chosen = []
        for point, count in part.counts:
            cell = [it for it in ground.pool.members if (it.kind, it.point) == (part.kind, point)]
            cell.sort(key=lambda it: str(it.version_id))
            for i in range(count):
                exchange(cell, i, i + int(generator.random() * (len(cell) - i)))
            chosen += cell[:count]
        expected += shuffle(chosen)
    orders = [tuple(shuffle(list("ABCDEF"[: it.options]))) if it.options else () for it in expected]
    assert [it.version_id for it in drawn] == [it.version_id for it in expected]
    assert [it.order for it in drawn] == orders


def test_the_commitment_is_what_anyone_can_compute():
    assert commitment(SECRET, SITTING) == hashlib.sha256(SECRET + SITTING.bytes).hexdigest()


@LIGHT
@given(st.binary(min_size=32, max_size=32))
def test_another_secret_does_not_keep_the_promise(other):
    assert keeps_promise(other, SITTING, commitment(SECRET, SITTING)) == (other == SECRET)


# what the candidate gets


@LIGHT
@given(grounds(), ADMISSIONS)
def test_the_document_shows_the_paper_and_no_key(ground, admission):
    paper = draw_paper(ground, SECRET, admission)
    shown = json.loads(document(paper, ground.questions))
    assert set(shown) == {"format", "admission", "marks", "questions"}
    for item, question in zip(paper.items, shown["questions"], strict=True):
        original = ground.questions[item.version_id]
        assert set(question) == {"number", "kind", "marks", "stem", "options"}
        assert question["stem"] == original.stem
        assert all(set(option) == {"letter", "text"} for option in question["options"])
        right = {option["text"] for option in question["options"] if option["letter"] in item.key}
        assert right == {
            text for letter, text in zip(LETTERS, original.options, strict=False) if letter in original.key
        }


def test_questions_that_differ_only_in_key_reason_and_source_give_the_same_document():
    ground = operator_ground()
    paper = draw_paper(ground, SECRET, "1")
    other = {
        id_: replace(it, key=frozenset("B"), reason="other", source="other") for id_, it in ground.questions.items()
    }
    assert document(paper, other) == document(paper, ground.questions)


@LIGHT
@given(grounds(), ADMISSIONS)
def test_the_shape_takes_every_right_answer_and_knows_none(ground, admission):
    paper = draw_paper(ground, SECRET, admission)
    codes = shape(paper)
    for number, item in enumerate(paper.items, start=1):
        check_answer(list(codes), number, "".join(sorted(item.key)))
    other = replace(paper, items=tuple(replace(item, key=frozenset()) for item in paper.items))
    assert shape(other) == codes
    assert set(codes) <= {"TF", "ABCD", "ABCDE+"}


@LIGHT
@given(grounds(), ADMISSIONS)
def test_a_paper_survives_its_bytes(ground, admission):
    paper = draw_paper(ground, SECRET, admission)
    assert Paper.from_bytes(paper.canonical_bytes()) == paper


# verification


class Recorded:
    """A draw for a few candidates as it would be stored."""

    def __init__(self, ground: Ground, admissions: tuple[str, ...] = ("1001", "1002", "1003")) -> None:
        self.secret = SECRET
        self.questions = dict(ground.questions)
        self.papers = {number: draw_paper(ground, SECRET, number) for number in admissions}
        self.stored = {
            number: StoredPaper(paper.canonical_bytes(), document(paper, ground.questions))
            for number, paper in self.papers.items()
        }
        self.draw = RecordedDraw(
            method=METHOD,
            sitting_id=SITTING,
            blueprint=ground.blueprint,
            blueprint_digest=ground.blueprint_digest,
            pool=ground.pool,
            pool_digest=ground.pool_digest,
            papers={
                number: (self.papers[number].digest(), document_digest(it.document or b""))
                for number, it in self.stored.items()
            },
        )

    def differences(self) -> list[tuple[Reason, str | None]]:
        found = draw_differences(self.secret, self.draw, self.questions, self.stored)
        return [(difference.reason, difference.admission_number) for difference in found]


@pytest.fixture
def recorded() -> Recorded:
    return Recorded(operator_ground())


@LIGHT
@given(grounds())
def test_an_honest_draw_shows_no_difference(ground):
    assert Recorded(ground).differences() == []


def test_a_secret_that_was_not_promised_is_found():
    promises = {"sitting": commitment(SECRET, SITTING), "audit": commitment(b"x" * 32, SITTING)}
    found = list(promise_differences(SECRET, SITTING, promises))
    assert [(it.reason, it.detail) for it in found] == [(Reason.SECRET_MISMATCH, "audit")]


def test_another_secret_gives_other_papers(recorded):
    recorded.secret = b"x" * 32
    assert {number for _, number in recorded.differences()} == {"1001", "1002", "1003"}


def test_one_changed_key_is_found(recorded):
    paper = recorded.papers["1002"]
    items = list(paper.items)
    items[4] = replace(items[4], key=frozenset("F"))
    forged = replace(paper, items=tuple(items))
    recorded.stored["1002"] = replace(recorded.stored["1002"], paper=forged.canonical_bytes())
    found = list(draw_differences(SECRET, recorded.draw, recorded.questions, recorded.stored))
    assert [(it.reason, it.admission_number, it.detail) for it in found] == [(Reason.PAPER_ALTERED, "1002", "5")]


def test_exchanged_papers_are_found(recorded):
    recorded.stored["1001"], recorded.stored["1002"] = recorded.stored["1002"], recorded.stored["1001"]
    assert {number for _, number in recorded.differences()} == {"1001", "1002"}


def test_a_changed_document_is_found(recorded):
    recorded.stored["1001"] = replace(recorded.stored["1001"], document=b"{}")
    assert recorded.differences() == [(Reason.DOCUMENT_ALTERED, "1001")]


def test_a_missing_an_extra_and_an_unreadable_paper_are_found(recorded):
    recorded.stored["9999"] = recorded.stored.pop("1001")
    recorded.stored["1003"] = StoredPaper(None, None)
    assert recorded.differences() == [
        (Reason.PAPER_UNEXPECTED, "9999"),
        (Reason.PAPER_MISSING, "1001"),
        (Reason.PAPER_UNREADABLE, "1003"),
    ]


def test_a_changed_question_is_found_with_every_paper_that_asked_it(recorded):
    version = recorded.papers["1001"].items[0].version_id
    recorded.questions[version] = replace(recorded.questions[version], key=frozenset("F"))
    asked = {number for number, paper in recorded.papers.items() if version in {it.version_id for it in paper.items}}
    found = recorded.differences()
    assert found[0] == (Reason.QUESTION_LOST, None)
    assert found[1:] == [(Reason.QUESTION_CHANGED, number) for number in sorted(asked)]


def test_a_question_gone_from_the_bank_is_found(recorded):
    del recorded.questions[recorded.papers["1001"].items[0].version_id]
    assert (Reason.QUESTION_CHANGED, "1001") in recorded.differences()


def test_a_changed_pool_and_a_changed_blueprint_are_found(recorded):
    recorded.draw = replace(recorded.draw, pool=replace(recorded.draw.pool, members=recorded.draw.pool.members[1:]))
    assert (Reason.POOL_CHANGED, None) in recorded.differences()
    recorded.draw = replace(recorded.draw, blueprint=replace(recorded.draw.blueprint, basis="other"))
    assert (Reason.BLUEPRINT_CHANGED, None) in recorded.differences()


def test_a_changed_record_is_found(recorded):
    digests = recorded.draw.papers["1001"]
    for changed in (("0" * 64, digests[1]), (digests[0], "0" * 64)):
        recorded.draw = replace(recorded.draw, papers=dict(recorded.draw.papers) | {"1001": changed})
        assert recorded.differences() == [(Reason.RECORD_ALTERED, "1001")]


def test_every_reason_has_its_sentence():
    assert set(SENTENCES) == set(Reason)
    for reason, sentence in SENTENCES.items():
        assert "1001" in sentence % Difference(reason, "1001", "1001").places


def test_what_the_audit_says_is_compared():
    one, other = UUID(int=1), UUID(int=2)
    promise, drawn_a = Told(commitment(SECRET, SITTING), 1), Told("a", 2)
    honest = Announced((promise,), {one: drawn_a})
    assert list(announced_differences(SECRET, SITTING, honest, {one: "a"})) == []
    for announced, drawn in [
        (Announced((), {one: drawn_a}), {one: "a"}),
        (Announced(honest.commitments * 2, {one: drawn_a}), {one: "a"}),
        (Announced((Told(commitment(b"x", SITTING), 1),), {one: drawn_a}), {one: "a"}),
        (Announced((Told(promise.text, 3),), {one: drawn_a}), {one: "a"}),
        (Announced((Told(promise.text, None),), {one: drawn_a}), {one: "a"}),
        (Announced((promise,), {one: Told("a", None)}), {one: "a"}),
        (honest, {one: "b"}),
        (honest, {}),
        (honest, {one: "a", other: "a"}),
    ]:
        assert len(list(announced_differences(SECRET, SITTING, announced, drawn))) == 1


# blueprints


def read(name: str) -> Blueprint:
    return Blueprint.from_json(yaml.safe_load((HOUSE / "exams/data/blueprints" / f"{name}.yaml").read_text()))


def test_the_operator_paper_has_the_national_shape():
    shape = read("low_voltage_theory")
    assert [(part.kind, part.questions) for part in shape.sections] == [
        (Kind.TRUE_FALSE, 70),
        (Kind.SINGLE_CHOICE, 30),
    ]
    assert shape.marks == 100
    assert not shape.demonstration


def test_the_managers_paper_has_multiple_choice_and_says_that_its_counts_are_ours():
    shape = read("chemicals_trade_manager_theory")
    assert [part.questions for part in shape.sections] == [40, 40, 20]
    assert shape.marks == 100
    assert shape.demonstration


def test_a_blueprint_survives_its_record():
    shape = read("chemicals_trade_manager_theory")
    assert Blueprint.from_json(json.loads(json.dumps(shape.as_json()))) == shape


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"sections": []},
        {"sections": [{"kind": "essay", "marks_each": "1", "counts": {"P": 1}}]},
        {"sections": [{"kind": "true_false", "marks_each": "-1", "counts": {"P": 1}}]},
        {"sections": [{"kind": "true_false", "marks_each": "NaN", "counts": {"P": 1}}]},
        {"sections": [{"kind": "true_false", "marks_each": "x", "counts": {"P": 1}}]},
        {"sections": [{"kind": "true_false", "marks_each": "1", "counts": {"P": -1, "Q": 2}}]},
        {"sections": [{"kind": "true_false", "marks_each": "1", "counts": {"P": 0}}]},
        {"sections": [{"kind": kind, "marks_each": 1, "counts": {"P": 1}} for kind in ("single_choice", "true_false")]},
    ],
)
def test_a_blueprint_without_sense_is_refused(changes):
    with pytest.raises(BlueprintUnusable):
        Blueprint.from_json(blueprint(section(Kind.TRUE_FALSE, {"P": 1})).as_json() | changes)


def test_sitting_ids_enter_the_promise_as_their_sixteen_bytes():
    assert commitment(SECRET, UUID(int=8)) != commitment(SECRET, SITTING)
