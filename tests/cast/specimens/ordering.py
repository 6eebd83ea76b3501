from hypothesis import strategies as st

from question_bank.kinds.ordering.rules import Steps

UNFITTING = [None, [], "ABC", ["A"], ["A", "A", "B"], ["A", "B", "Z"], ["a", "b", "c"], [1, 2, 3], [["A"]], {"A": 1}]

contents = st.integers(3, 6).map(lambda count: Steps(tuple(f"step {'xyzuvw'[n]}" for n in range(count))))


def written(number):
    return {"steps": [f"{number} {text}" for text in ("断电", "验电", "接地", "挂牌")]}


def fitting(shape):
    return st.permutations(shape["letters"]).map(list)


def rekeyed(content, layout):
    """The first two steps change places in the right order, and stay where they are on the paper."""
    first, second, *others = content.texts
    swapped = {0: 1, 1: 0}
    return Steps((second, first, *others)), {"order": [swapped.get(place, place) for place in layout["order"]]}
