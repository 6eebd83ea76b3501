"""Decisions, standards, answers, marks and lots."""

from datetime import date
from typing import Any
from uuid import UUID

from exams.attempts.rules import Act, Step, receipt
from exams.attempts.rules.steps import STEPS
from exams.papers.rules import (
    Paper,
    draw_paper,
)
from exams.registrations.rules.decision import LAYOUT as DECISION
from exams.registrations.rules.decision import Check, Decision, Subject
from exams.results.rules import CORRECTIONS, Corrections
from exams.scoring.rules import LAYOUT as MARKS
from exams.scoring.rules import METHOD as MARKING
from exams.scoring.rules import mark
from exams.sittings.rules import METHOD as LOT_METHOD
from exams.sittings.rules import shuffled
from exams.standards.rules.standard import FROZEN, frozen_standard
from question_bank.questions.rules import Question, VersionId
from tests.golden.specimens.question_bank import ground
from tests.golden.specimens.what import NOW, SECRET, Content, Specimen, hold


def write_decision() -> dict[str, Any]:
    check = Check(Subject.AGE, is_met=True, sentence="You are %(age)s years old.", facts={"age": 30})
    return {"content": Decision("national-2026", date(2026, 6, 1), 1, (check,)).as_json()}


def verify_decision(kept: Content) -> None:
    hold(Decision.from_json(kept["content"]).is_accepted, "a decision is not read")


def write_standard() -> dict[str, Any]:
    frozen = {
        "code": "theory",
        "shape": {"items": 6},
        "blueprint": "specimen",
        "minutes": 120,
        "full_marks": "100",
        "pass_mark": "80",
        "invigilators": 2,
        "examiners": 0,
        "signatures": 2,
    }
    return {"content": FROZEN.written(frozen)}


def verify_standard(kept: Content) -> None:
    hold(frozen_standard(kept["content"])["minutes"] == 120, "a frozen standard is not read")


def steps() -> list[Step]:
    acts: list[tuple[int, int, Act, Any, bool]] = [
        (1, 1, Act.ANSWER, True, False),
        (2, 3, Act.LOOK, None, False),
        (3, 3, Act.ANSWER, "A", True),
        (4, 1, Act.ANSWER, False, False),
    ]
    return [
        Step(number, about, act, answer, flagged, 900 * number, NOW) for number, about, act, answer, flagged in acts
    ]


def write_steps() -> dict[str, Any]:
    kept = [
        [it.sequence, it.question, it.act.value, it.answer, it.flagged, it.page_ms, it.at.isoformat()] for it in steps()
    ]
    return {"steps": kept, "receipt": receipt(steps())}


def verify_steps(kept: Content) -> None:
    read = [Step(it[0], it[1], Act(it[2]), it[3], it[4], it[5], NOW.fromisoformat(it[6])) for it in kept["steps"]]
    hold(receipt(read) == kept["receipt"], "steps have another receipt")


def write_marks() -> dict[str, Any]:
    """What each question earned, beside the paper and the questions from which it is marked again."""
    stands = ground()
    paper = draw_paper(stands, SECRET, "10001")
    asked = {item.number: (stands.questions[item.version_id], item.layout) for item in paper.items[::2]}
    given = {number: it.rules.right(it.content, layout) for number, (it, layout) in asked.items()}
    marks = mark(paper, stands.questions, given, method=MARKING)
    return {
        "method": MARKING,
        "questions": {str(id_): it.canonical_bytes().decode() for id_, it in stands.questions.items()},
        "paper": paper.canonical_bytes().decode(),
        "answers": {str(number): answer for number, answer in given.items()},
        "content": marks.canonical_bytes().decode(),
    }


def verify_marks(kept: Content) -> None:
    questions = {VersionId(UUID(id_)): Question.from_bytes(it.encode()) for id_, it in kept["questions"].items()}
    given = {int(number): answer for number, answer in kept["answers"].items()}
    marks = mark(Paper.from_bytes(kept["paper"].encode()), questions, given, method=kept["method"])
    hold(marks.canonical_bytes().decode() == kept["content"], "marking again comes to other marks")


def write_lot() -> dict[str, Any]:
    given = list(range(1, 13))
    return {"method": LOT_METHOD, "seed": "20260601", "given": given, "drawn": shuffled(given, 20260601)}


def verify_lot(kept: Content) -> None:
    drawn = shuffled(kept["given"], int(kept["seed"]), method=kept["method"])
    hold(drawn == kept["drawn"], "a lot is not drawn again")


def write_corrections() -> dict[str, Any]:
    return {"content": Corrections(frozenset({17, 3})).as_json()}


def verify_corrections(kept: Content) -> None:
    hold(Corrections.read(kept["content"]).granted == {3, 17}, "the questions that a re-check granted are not read")


SPECIMENS = (
    Specimen(DECISION.name, DECISION.format, write_decision, verify_decision),
    Specimen(FROZEN.name, FROZEN.format, write_standard, verify_standard),
    Specimen(STEPS.name, STEPS.format, write_steps, verify_steps),
    Specimen(MARKS.name, MARKS.format, write_marks, verify_marks),
    Specimen(CORRECTIONS.name, CORRECTIONS.format, write_corrections, verify_corrections),
    Specimen("exams.lot", LOT_METHOD, write_lot, verify_lot),
)
