"""People who write and judge questions."""

from question_bank.questions.actions import (
    approve_version,
    draft_question,
    review_version,
)
from tests.integration.question_bank.conftest import BANK, a_question, person

AUTHOR, REVIEWER, APPROVER = person(), person(), person()


def approved(become, question=None):
    version_id = draft_question(become(AUTHOR), bank=BANK, question=question or a_question())
    review_version(become(REVIEWER), version_id=version_id)
    approve_version(become(APPROVER), version_id=version_id)
    return version_id
