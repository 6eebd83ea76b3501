"""What is found when papers, their draw or what was announced of them were changed."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given

from exams.papers.rules import (
    METHOD,
    Announced,
    Ground,
    Reason,
    RecordedDraw,
    StoredPaper,
    announced_differences,
    commitment,
    document,
    document_digest,
    draw_differences,
    draw_paper,
    promise_differences,
)
from exams.verification.rules import Difference, Told
from tests.cast.banks import LIGHT, SECRET, SITTING, grounds, operator_ground, rekeyed


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

    def differences(self) -> list[tuple[str, str | None]]:
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


def test_one_changed_layout_is_found(recorded):
    paper = recorded.papers["1002"]
    items = list(paper.items)
    items[74] = replace(items[74], layout={"order": items[74].layout["order"][::-1]})
    forged = replace(paper, items=tuple(items))
    recorded.stored["1002"] = replace(recorded.stored["1002"], paper=forged.canonical_bytes())
    found = list(draw_differences(SECRET, recorded.draw, recorded.questions, recorded.stored))
    assert [(it.reason, it.admission_number, it.detail) for it in found] == [(Reason.PAPER_ALTERED, "1002", "75")]


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
    recorded.questions[version] = rekeyed(recorded.questions[version])
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
    for reason in Reason:
        assert "1001" in str(Difference(reason, "1001", "1001"))


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
