"""Every draw fulfils its blueprint, can be repeated by anyone, and cannot be tampered with unseen."""

import hashlib
import hmac
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
import random2
import yaml
from hypothesis import given
from hypothesis import strategies as st

from exams.attempts.rules import Act, Step, check_step
from exams.papers.errors import BlueprintUnusable, PoolTooSmall
from exams.papers.rules import (
    Blueprint,
    Paper,
    candidate_seed,
    commitment,
    document,
    draw,
    draw_paper,
    keeps_promise,
    require_enough,
    shape,
)
from question_bank.kinds import KINDS
from question_bank.questions.rules import Translation
from tests.cast.banks import (
    LIGHT,
    SECRET,
    SITTING,
    bank,
    blueprint,
    ground_of,
    grounds,
    operator_ground,
    section,
)
from tests.cast.mersenne import Mersenne
from tests.cast.specimens import SPECIMENS
from web import words

HOUSE = Path(__file__).parents[3]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
ADMISSIONS = st.text("0123456789", min_size=6, max_size=14)


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
    kinds = list(KINDS)
    assert [item.kind for item in items] == sorted((item.kind for item in items), key=kinds.index)
    assert [item.number for item in items] == list(range(1, len(items) + 1))


@LIGHT
@given(grounds(), ADMISSIONS)
def test_the_same_seed_gives_the_same_paper(ground, admission):
    assert draw_paper(ground, SECRET, admission) == draw_paper(ground, SECRET, admission)


def test_different_candidates_get_different_papers():
    ground = operator_ground()
    papers = [draw_paper(ground, SECRET, f"2026{number:08}") for number in range(100)]
    assert len({tuple(item.version_id for item in paper.items) for paper in papers}) == 100
    assert len({str([item.layout for item in paper.items]) for paper in papers}) == 100


def test_every_question_and_every_place_gets_its_share():
    """400 draws of 5 out of 10: each question is expected 200 times, standard deviation 10."""
    ground = ground_of(blueprint(section("single_choice", {"P1": 5})), bank({("single_choice", "P1"): 10}))
    papers = [draw_paper(ground, SECRET, str(number)) for number in range(400)]
    times = Counter(item.version_id for paper in papers for item in paper.items)
    assert len(times) == 10
    assert all(150 < count < 250 for count in times.values())
    right_letters = Counter(
        KINDS[item.kind].right(ground.questions[item.version_id].content, item.layout)
        for paper in papers
        for item in paper.items
    )
    assert all(400 < right_letters[letter] < 600 for letter in "ABCD")


def test_a_pool_that_is_too_small_names_each_short_cell():
    ground = ground_of(
        blueprint(section("true_false", {"P1": 3, "P2": 1}), section("single_choice", {"P2": 2})),
        bank({("true_false", "P1"): 2, ("true_false", "P2"): 1}),
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
    assert [it.version_id for it in drawn] == [it.version_id for it in expected]


def test_a_stranger_repeats_the_layout_of_one_question_without_the_others():
    ground = operator_ground()
    item = draw_paper(ground, SECRET, "202606010001").items[77]
    seed = int(hmac.new(SECRET, b"202606010001/question/78", hashlib.sha256).hexdigest(), 16)
    generator = Mersenne(seed)
    letters = list("ABCD")
    for i in reversed(range(1, 4)):
        j = int(generator.random() * (i + 1))
        letters[i], letters[j] = letters[j], letters[i]
    assert item.number == 78
    assert item.layout == {"order": "".join(letters)}


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
    assert set(shown) == {"format", "admission", "marks", "languages", "questions"}
    for item, question in zip(paper.items, shown["questions"], strict=True):
        original = ground.questions[item.version_id]
        assert set(question) == {"number", "kind", "marks", "stem", "shown", "translations"}
        assert question["stem"] == original.stem
        assert question["shown"] == KINDS[item.kind].show(original.content, item.layout)


@LIGHT
@given(grounds(), ADMISSIONS)
def test_questions_that_differ_only_in_key_reason_and_source_give_the_same_document(ground, admission):
    paper = draw_paper(ground, SECRET, admission)
    other, items = {}, []
    for item in paper.items:
        question = ground.questions[item.version_id]
        content, layout = SPECIMENS[item.kind].rekeyed(question.content, item.layout)
        other[item.version_id] = replace(question, content=content, reason="other", source="other")
        items.append(replace(item, layout=layout))
    assert document(replace(paper, items=tuple(items)), other) == document(paper, ground.questions)


@LIGHT
@given(grounds(), ADMISSIONS)
def test_the_shape_takes_every_right_answer_and_knows_none(ground, admission):
    paper = draw_paper(ground, SECRET, admission)
    shapes = shape(paper, ground.questions)
    for item in paper.items:
        question = ground.questions[item.version_id]
        right = KINDS[item.kind].right(question.content, item.layout)
        check_step(shapes, Step(1, item.number, Act.ANSWER, right, flagged=False, page_ms=0, at=NOW))
    rekeyed = {
        item.version_id: replace(
            ground.questions[item.version_id],
            content=SPECIMENS[item.kind].rekeyed(ground.questions[item.version_id].content, item.layout)[0],
        )
        for item in paper.items
    }
    assert shape(paper, rekeyed) == shapes


def test_a_paper_needs_no_key_for_its_digest():
    """Neither the paper nor its bytes hold a right answer; only the bank does."""
    ground = operator_ground()
    paper = draw_paper(ground, SECRET, "1")
    fields = json.loads(paper.canonical_bytes())
    assert set(fields["items"][0]) == {"number", "version", "digest", "kind", "point", "marks", "marking", "layout"}
    assert "layout" not in repr(paper)


def in_uyghur(question):
    texts = {name: f"ug {text}" for name, text in question.rules.texts(question.content).items()}
    return replace(question, translations={"ug": Translation(f"ug {question.stem}", texts)})


def test_a_paper_is_offered_in_a_language_when_all_its_questions_are_translated():
    ground = operator_ground(spare=0)
    translated = {id_: in_uyghur(it) for id_, it in ground.questions.items()}
    whole = ground_of(ground.blueprint, translated)
    paper = draw_paper(whole, SECRET, "1")
    assert paper.languages == ("zh-CN", "ug")
    shown = json.loads(document(paper, whole.questions))
    assert [it["tag"] for it in shown["languages"]] == ["zh-CN", "ug"]
    assert shown["languages"][1]["direction"] == "rtl"
    for question in shown["questions"]:
        said = question["translations"]["ug"]
        assert said["stem"] == f"ug {question['stem']}"
        for option, translation in zip(
            question["shown"].get("options", []), said["shown"].get("options", []), strict=True
        ):
            assert translation == {"letter": option["letter"], "text": f"ug {option['text']}"}

    one = next(iter(translated))
    gappy = ground_of(ground.blueprint, translated | {one: replace(translated[one], translations={})})
    paper = draw_paper(gappy, SECRET, "1")
    assert paper.languages == ("zh-CN",)
    assert b"ug " not in document(paper, gappy.questions)


@LIGHT
@given(grounds(), ADMISSIONS)
def test_a_paper_survives_its_bytes(ground, admission):
    paper = draw_paper(ground, SECRET, admission)
    assert Paper.from_bytes(paper.canonical_bytes()) == paper


# blueprints


def read(name: str) -> Blueprint:
    return Blueprint.from_json(yaml.safe_load((HOUSE / "exams/data/blueprints" / f"{name}.yaml").read_text()))


def test_the_operator_paper_has_the_national_shape_and_says_that_its_spread_is_ours():
    shape = read("low_voltage_theory")
    assert [(part.kind, part.questions) for part in shape.sections] == [
        ("true_false", 70),
        ("single_choice", 30),
    ]
    assert shape.marks == 100
    assert shape.demonstration
    assert "知识点题量为本平台设定" in shape.basis


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
        Blueprint.from_json(blueprint(section("true_false", {"P": 1})).as_json() | changes)


def test_sitting_ids_enter_the_promise_as_their_sixteen_bytes():
    assert commitment(SECRET, UUID(int=8)) != commitment(SECRET, SITTING)
