"""The banks that come with the platform give nothing away by form, and every question names where its answer stands."""

import re
from collections import Counter

import pytest
import yaml

from question_bank.exchange.actions import bank_folders
from question_bank.exchange.rules import OUTLINE, read_bank

LAW = re.compile(r"^(安全生产法|危险化学品安全法|职业病防治法|危险化学品安全管理条例|生产安全事故)")
GIVEAWAYS = re.compile("因此不|为便于|为节省|没有必要|并不重要|盲目|屏住呼吸")
UNDATED = re.compile(r"\b(?:GB|GB/T|GBZ|GBZ/T|AQ|AQ/T|DL/T|JGJ|JGJ/T|TSG)\s?[\d.]+(?![-\d.])")


@pytest.fixture(params=bank_folders(), ids=lambda path: path.name, scope="module")
def written(request):
    """The questions of one bank as its files say them."""
    files = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in request.param.glob("*.yaml")}
    read_bank(files)
    return [question for name, file in files.items() if name != OUTLINE for question in file["questions"]]


def of(kind, written):
    return [question for question in written if question["kind"] == kind]


def test_a_source_is_a_law_a_standard_or_a_book_with_its_name(written):
    bare = [each["id"] for each in written if "教材通识" in each["source"] or LAW.match(each["source"])]
    assert bare == []


def test_what_only_a_textbook_says_names_the_unit_of_the_outline_that_it_serves(written):
    bare = [each["id"] for each in written if "统编教材" in each["source"] and "培训大纲》“" not in each["source"]]
    assert bare == []


def test_a_standard_is_named_with_its_year(written):
    parts = [(each["id"], part) for each in written for part in each["source"].split("；")]
    undated = [(name, part) for name, part in parts if UNDATED.match(part) and not re.match(r"TSG R", part)]
    assert undated == []


def test_true_and_false_statements_are_about_even_but_not_in_every_point(written):
    statements = of("true_false", written)
    assert 0.45 <= sum(each["key"] for each in statements) / len(statements) <= 0.58
    points = {each["id"].split("-")[0] for each in statements}
    differences = {
        sum(1 if each["key"] else -1 for each in statements if each["id"].startswith(point)) for point in points
    }
    assert len(differences) > 2, "a number that is the same in every point can be learnt"


def test_no_statement_is_given_away_by_its_words(written):
    assert [each["id"] for each in of("true_false", written) if GIVEAWAYS.search(each["stem"])] == []


@pytest.mark.parametrize("word", ["可以", "应"])
def test_a_word_alone_does_not_tell_true_from_false(written, word):
    keys = [each["key"] for each in of("true_false", written) if word in each["stem"]]
    assert 0.35 <= sum(keys) / len(keys) <= 0.67


def test_the_right_option_is_seldom_alone_the_longest(written):
    choices = of("single_choice", written)
    alone = [each["id"] for each in choices if _is_alone_the_longest(each)]
    assert len(alone) <= len(choices) * 0.10, alone


def _is_alone_the_longest(question):
    lengths = {letter: len(str(text)) for letter, text in question["options"].items()}
    return [letter for letter, length in lengths.items() if length == max(lengths.values())] == [question["key"]]


def test_right_letters_are_spread_evenly(written):
    letters = Counter(each["key"] for each in of("single_choice", written))
    assert max(letters.values()) <= 1.4 * min(letters.values())


def test_hardly_any_question_is_one_that_everybody_answers(written):
    assert sum(float(each["difficulty"]) >= 0.92 for each in written) <= len(written) * 0.05
