"""An installation that is older than the seal on remarks keeps reading what reviewers wrote there before."""

import pytest

from host.wiring import wiring
from kernel.actor import platform
from kernel.faces import Face
from question_bank.outlines.actions import keep_outline
from question_bank.outlines.rules import Outline, Point
from question_bank.questions import queries
from question_bank.questions.actions import draft_question
from tests.integration.question_bank.conftest import BANK, a_question, person

BEFORE = "ALTER TABLE question_bank.review_steps DISABLE TRIGGER sealed"
STEP = """
    INSERT INTO question_bank.review_steps (id, version_id, deed, person_id, at, remark)
    VALUES ('ffffffff-0000-7000-8000-000000000000', %s, 'returned', gen_random_uuid(), now(), '题干有歧义')
"""


@pytest.fixture
def older(copies):
    """A machine of its own with one draft."""
    with copies.migrated() as machine:
        place = machine.workplace(wiring(machine.settings))
        outline = Outline(BANK, "special_operation", "试", "Test", is_sample=True, points=(Point("P1", "一", "One"),))
        with place.transaction(platform("test"), Face.AUTHORING) as work:
            keep_outline(work, outline)
        with place.transaction(person(), Face.AUTHORING) as work:
            version_id = draft_question(work, bank=BANK, question=a_question())
        with machine.embedded.superuser(machine.database) as connection:
            connection.execute(BEFORE)
            connection.execute(STEP, [version_id])
        yield place, version_id
        place.engines.dispose()


def test_a_remark_from_before_the_seal_is_still_read(older):
    place, version_id = older
    with place.reading(person(), Face.AUTHORING) as reading:
        assert queries.steps(reading, version_id)[-1].remark == "题干有歧义"
