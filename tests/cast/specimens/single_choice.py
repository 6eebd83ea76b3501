from hypothesis import strategies as st

from question_bank.kinds.options import LETTERS, Options

UNFITTING = [None, "", "AB", "Z", "a", "E", ["A"], True, 1, {"A": "A"}]


@st.composite
def _contents(pick):
    count = pick(st.integers(3, 4))
    return Options(tuple(f"option {n}" for n in range(count)), frozenset(pick(st.sampled_from(LETTERS[:count]))))


contents = _contents()


def written(number):
    return {"options": {letter: f"{number}{letter}" for letter in "ABCD"}, "key": "ABCD"[number % 4]}


def fitting(shape):
    return st.sampled_from(shape["letters"])


def rekeyed(content, layout):
    [right] = content.key
    other = next(letter for letter in content.letters if letter != right)
    return Options(content.texts, frozenset(other)), layout
