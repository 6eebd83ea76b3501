"""What may be done with questions, and who may do it. No role of teaching may do any of it."""

from people.access.rules.rights import Grants, Right
from people.access.rules.roles import Role


class QuestionBank:
    """The permissions of question_bank, alphabetical by their text."""

    LOAD_BANKS = Right("question_bank:exchange:load")
    APPROVE_QUESTIONS = Right("question_bank:questions:approve")
    READ_QUESTIONS = Right("question_bank:questions:read")
    RETURN_QUESTIONS = Right("question_bank:questions:return")
    REVIEW_QUESTIONS = Right("question_bank:questions:review")
    WRITE_QUESTIONS = Right("question_bank:questions:write")


TO_EVERY_ROLE: frozenset[Right] = frozenset()

GRANTS: Grants = {
    Role.ADMINISTRATOR: frozenset({QuestionBank.LOAD_BANKS}),
    Role.QUESTION_APPROVER: frozenset(
        {QuestionBank.APPROVE_QUESTIONS, QuestionBank.READ_QUESTIONS, QuestionBank.RETURN_QUESTIONS}
    ),
    Role.QUESTION_AUTHOR: frozenset({QuestionBank.READ_QUESTIONS, QuestionBank.WRITE_QUESTIONS}),
    Role.QUESTION_REVIEWER: frozenset(
        {QuestionBank.READ_QUESTIONS, QuestionBank.RETURN_QUESTIONS, QuestionBank.REVIEW_QUESTIONS}
    ),
}
