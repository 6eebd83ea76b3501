from hypothesis import strategies as st

from question_bank.kinds.true_false.rules import Statement

UNFITTING = [None, "true", "T", 1, 0, [True], {"answer": True}, float("nan")]

contents = st.booleans().map(Statement)


def written(number):
    return {"key": number % 2 == 0}


def fitting(_shape):
    return st.booleans()


def rekeyed(content, layout):
    return Statement(not content.is_true), layout
