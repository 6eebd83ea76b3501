from hypothesis import strategies as st

from question_bank.kinds.options import LETTERS, Options

UNFITTING = [None, [], "A", "AB", ["Z"], ["A", "A"], ["B", "A"], [["A"]], [1], True, {"A": "B"}, ["A", None]]


@st.composite
def _contents(pick):
    count = pick(st.integers(4, 6))
    key = pick(st.frozensets(st.sampled_from(LETTERS[:count]), min_size=2))
    return Options(tuple(f"option {n}" for n in range(count)), key)


contents = _contents()


def written(number):
    return {"options": {letter: f"{number}{letter}" for letter in "ABCDE"}, "key": ["A", "C", "D"]}


def fitting(shape):
    return st.sets(st.sampled_from(shape["letters"]), min_size=1).map(sorted)


def rekeyed(content, layout):
    key = frozenset("AB") if content.key != frozenset("AB") else frozenset("CD")
    return Options(content.texts, key), layout
