"""A sitting whose papers are drawn, and what is done to them behind its back."""

from uuid import uuid4

import pytest

from exams.papers.actions import Admission, commit_secret, draw_papers, reveal_secret
from exams.papers.rules import Blueprint
from host.commands import papers as command
from kernel.actor import Actor, platform
from kernel.audit import seal
from kernel.faces import Face
from kernel.work import Workplace
from people.access.rules import Role, permissions_of
from question_bank.outlines.actions import keep_outline
from question_bank.outlines.rules import Outline, Point
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
def reading(workplace):
    with workplace.reading(OFFICER, Face.EXAMINATION) as reading:
        yield reading
