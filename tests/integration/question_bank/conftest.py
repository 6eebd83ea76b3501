"""Three people of the bank, and a small bank to work in."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from kernel.actor import Actor, platform
from kernel.faces import Face
from kernel.work import Work
from people.access.rules import Role, permissions_of
from question_bank.outlines.actions import keep_outline
from question_bank.outlines.rules import Outline, Point
from question_bank.questions.rules import Question, read_question

BANK = "test_bank"
EVERYBODY = (Role.QUESTION_AUTHOR, Role.QUESTION_REVIEWER, Role.QUESTION_APPROVER)


def person(*roles: Role) -> Actor:
    return Actor(
        name="somebody",
        account_id=uuid4(),
        person_id=uuid4(),
        permissions=permissions_of([role.value for role in roles or EVERYBODY]),
    )


def a_question(**changes: object) -> Question:
    written = {
        "kind": "single_choice",
        "point": "P1",
        "depth": "know",
        "difficulty": "0.80",
        "stem": "发现有人触电时，首先应当（ ）。",
        "options": {"A": "切断电源", "B": "用手拉开", "C": "报告领导", "D": "拍照取证"},
        "key": "A",
        "reason": "先脱离电源，再施救。",
        "source": "教材通识：触电急救",
    }
    return read_question(written | changes)


Become = Callable[[Actor], Work]


@pytest.fixture
def become(work_as) -> Become:
    """The same transaction, seen as the work of one person after another."""
    work: Work = work_as(platform("test"), Face.AUTHORING)
    points = (Point("P1", "触电急救", "First aid"), Point("P2", "安全用具", "Safety equipment"))
    keep_outline(work, Outline(BANK, "special_operation", "试", "Test", is_sample=True, points=points))

    def as_person(actor: Actor) -> Work:
        work.actor = actor
        return work

    return as_person
