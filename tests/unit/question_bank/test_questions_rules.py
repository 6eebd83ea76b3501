"""What a usable question is, and what a candidate's page may get of it."""

import contextlib
import dataclasses
import hashlib
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.lasting import FormatUnknown
from question_bank.kinds.errors import (
    KeyNotAmongOptions,
    NotText,
    OptionCount,
    OptionLettersBroken,
    OptionNamesOthers,
    OptionRepeated,
    TextMissing,
    TextTooLong,
    TextUnprintable,
)
from question_bank.kinds.multiple_choice.errors import KeyTooFew
from question_bank.kinds.options import Options
from question_bank.kinds.single_choice.errors import KeyNotOne
from question_bank.kinds.true_false.errors import KeyNotTrueOrFalse, OptionsNotWanted
from question_bank.questions.errors import DifficultyOutOfRange, NotOneOf, QuestionNotUsable, TranslationUneven
from question_bank.questions.rules import Question, Translation, check, depth_names, read_question

FOUR = {"A": "12 V", "B": "24 V", "C": "36 V", "D": "42 V"}


def written(**changes):
    question = {
        "kind": "single_choice",
        "point": "LV04",
        "depth": "master",
        "difficulty": 0.75,
        "stem": "特别危险环境中使用的手持照明灯应采用的电压是（ ）。",
        "options": FOUR,
        "key": "A",
        "reason": "特别危险环境采用12 V特低电压。",
        "source": "教材通识：特低电压",
    }
    return question | changes


def faults_of(**changes):
    with pytest.raises(QuestionNotUsable) as refusal:
        read_question(written(**changes))
    return {field: type(problem) for field, problem in refusal.value.fields.items()}


def test_a_single_choice_question_is_read_as_written():
    question = read_question(written())
    assert question.content.key == {"A"}
    assert question.content.texts == ("12 V", "24 V", "36 V", "42 V")
    assert question.difficulty == Decimal("0.75")


@pytest.mark.parametrize(("key", "is_true"), [(True, True), (False, False), (["true"], True), (["F"], False)])
def test_a_true_false_key_is_true_or_false(key, is_true):
    assert read_question(written(kind="true_false", options=None, key=key)).content.is_true is is_true


@pytest.mark.parametrize("key", [["A", "C"], "AC", "ca"])
def test_a_multiple_choice_key_is_a_set_of_letters(key):
    assert read_question(written(kind="multiple_choice", key=key)).content.key == {"A", "C"}


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"stem": " "}, {"stem": TextMissing}),
        ({"stem": "长" * 601}, {"stem": TextTooLong}),
        ({"stem": "电压\x00"}, {"stem": TextUnprintable}),
        ({"stem": "电\u202e压"}, {"stem": TextUnprintable}),
        ({"reason": ""}, {"reason": TextMissing}),
        ({"source": None}, {"source": TextMissing}),
        ({"difficulty": "1.0"}, {"difficulty": DifficultyOutOfRange}),
        ({"difficulty": "easy"}, {"difficulty": DifficultyOutOfRange}),
        ({"difficulty": "NaN"}, {"difficulty": DifficultyOutOfRange}),
        ({"difficulty": "0"}, {"difficulty": DifficultyOutOfRange}),
        ({"difficulty": 0}, {"difficulty": DifficultyOutOfRange}),
        ({"difficulty": "0.004"}, {"difficulty": DifficultyOutOfRange}),
        ({"difficulty": "0.2951"}, {"difficulty": DifficultyOutOfRange}),
        ({"difficulty": "0.9501"}, {"difficulty": DifficultyOutOfRange}),
        ({"difficulty": "-0.5"}, {"difficulty": DifficultyOutOfRange}),
        ({"difficulty": "1e999999"}, {"difficulty": DifficultyOutOfRange}),
        ({"stem": ["电压"]}, {"stem": NotText}),
        ({"stem": {"zh": "电压"}}, {"stem": NotText}),
        ({"reason": True}, {"reason": NotText}),
        ({"source": 2021}, {"source": NotText}),
        ({"options": FOUR | {"C": True}}, {"option_C": NotText}),
        ({"options": FOUR | {"C": 12}}, {"option_C": NotText}),
        ({"options": FOUR | {"C": ["36 V"]}}, {"option_C": NotText}),
        ({"options": FOUR | {"C": None}}, {"option_C": TextMissing}),
        ({"options": {"A": "一", "B": "二"}, "key": "A"}, {"options": OptionCount}),
        ({"options": {"A": "一", "C": "二", "D": "三"}}, {"options": OptionLettersBroken}),
        ({"options": FOUR | {"D": "12 V。"}}, {"option_D": OptionRepeated}),
        ({"key": "E"}, {"key": KeyNotAmongOptions}),
        ({"key": ""}, {"key": KeyNotOne}),
        ({"key": "AB"}, {"key": KeyNotOne}),
        ({"kind": "multiple_choice", "key": ["A"]}, {"key": KeyTooFew}),
        ({"kind": "true_false", "key": True}, {"options": OptionsNotWanted}),
        ({"kind": "true_false", "options": None, "key": "A"}, {"key": KeyNotTrueOrFalse}),
    ],
)
def test_a_fault_is_named_at_its_field(changes, faults):
    assert faults_of(**changes) == faults


@pytest.mark.parametrize(
    "text",
    [
        *("以上都对", "以上都是", "以上均可", "以上全部", "以上三项", "以上各项", "以上说法均不正确", "以上都不是"),
        *(
            "上述都对",
            "上述两种做法都可以",
            "前述均不正确",
            "选项以上均可",
            "包括以上各项",
            "以上皆是。",
            "以上选项都正确",
        ),
        *("全部正确", "都不对", "两者都是", "均不正确", "全对", "都可以", "均可", "全都是", "都是", "都有", "全错"),
        *("三者均正确", "前两项均正确", "各项都对", "答案都不对", "二者皆可", "两种都可以", "其他选项都不对"),
        *("没有正确答案", "无正确选项", "全选"),
        *(
            "AB均可",
            "AB",
            "ABC",
            "A和B",
            "A、B",
            "A，B",
            "A,C",
            "A B",
            "A或B",
            "A+B",
            "A与C均正确",
            "A、B、C都对",
            "a和b",
        ),
        *(
            "选项A和B",
            "选项A、B均正确",
            "A、B两项",
            "ABD三项",
            "A项和B项",
            "A选项与C选项都对",
            "只有A和B",
            "Ａ和Ｂ",
            "A及D。",
        ),
        *("All of the above", "None of the above.", "both of the above", "none of the other options", "Both A and B"),
        *("A and B", "Neither A nor C"),
    ],
)
def test_an_option_that_speaks_about_the_others_is_refused(text):
    """Options are shuffled: "A and B" would name two other options on every paper."""
    assert faults_of(options=FOUR | {"D": text}) == {"option_D": OptionNamesOthers}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "A、B两相短路",
            "A、B、C三相",
            "A相和B相",
            "A相",
            "A级",
            "A、B类火灾",
            "ABC干粉灭火器",
            "A型和B型",
            "CE",
            "DC",
            "BA",
        ),
        *("80℃以上不合格", "1 m以上均可", "36 V以上都要接地", "10 kV及以上各级", "两人以上均应在场", "三级以上各单位"),
        *(
            "全部停电",
            "全部停电的作业",
            "均匀受力",
            "全站停电",
            "都江堰",
            "都应当佩戴安全帽",
            "均应接地",
            "两者之间",
            "正确",
        ),
        *("全部接地线都已拆除", "三相均正常", "A and the earth", "all of the lamps", "无正确的标志时停止作业"),
    ],
)
def test_an_option_that_stands_alone_is_kept(text):
    assert read_question(written(options=FOUR | {"D": text})).content.texts[3] == text


def test_letters_beyond_the_options_name_no_option():
    assert read_question(written(options=FOUR | {"D": "E、F"})).content.texts[3] == "E、F"
    six = FOUR | {"E": "48 V", "F": "A和E"}
    assert faults_of(kind="multiple_choice", key="AB", options=six) == {"option_F": OptionNamesOthers}


def test_a_decimal_point_makes_another_option():
    assert read_question(written(options=FOUR | {"C": "1.0 s", "D": "10 s"})).content.texts[2:] == ("1.0 s", "10 s")


def test_all_faults_are_named_at_once():
    assert set(faults_of(stem="", key="E", reason="")) == {"stem", "key", "reason"}
    assert set(faults_of(depth="", difficulty="", stem="")) == {"depth", "difficulty", "stem"}


def test_an_unknown_kind_is_refused():
    assert "kind" in faults_of(kind="essay")


def test_content_survives_its_bytes():
    question = read_question(written(kind="multiple_choice", key=["B", "D"]))
    assert Question.from_bytes(question.canonical_bytes()) == question


def test_the_digest_is_stable_and_covers_the_key():
    question = read_question(written())
    by_hand = (
        '{"content":{"format":1,"key":["A"],"options":["12 V","24 V","36 V","42 V"]},"depth":"master",'
        '"difficulty":"0.75","format":1,"kind":"single_choice","point":"LV04",'
        '"reason":"特别危险环境采用12 V特低电压。","source":"教材通识：特低电压",'
        '"stem":"特别危险环境中使用的手持照明灯应采用的电压是（ ）。","translations":{}}'
    )
    assert question.digest() == hashlib.sha256(by_hand.encode()).hexdigest()
    other = dataclasses.replace(question, content=dataclasses.replace(question.content, key=frozenset("B")))
    assert other.digest() != question.digest()


def test_bytes_of_an_unknown_format_are_not_guessed_at():
    fields = json.loads(read_question(written()).canonical_bytes()) | {"format": 2}
    with pytest.raises(FormatUnknown, match="format 2"):
        Question.from_bytes(json.dumps(fields).encode())


# translations

OPTIONS = {"A": "12 ۋولت", "B": "24 ۋولت", "C": "36 ۋولت", "D": "42 ۋولت"}
UYGHUR: dict[str, object] = {"stem": "خەتەرلىك مۇھىتتا", "options": OPTIONS}


def test_a_translation_says_stem_and_options_again_and_belongs_to_the_digest():
    question = read_question(written(translations={"ug": UYGHUR}))
    stem, content = question.in_language("ug")
    assert stem == UYGHUR["stem"]
    assert content == Options(tuple(OPTIONS.values()), frozenset("A"))
    assert Question.from_bytes(question.canonical_bytes()) == question
    assert question.digest() != read_question(written()).digest()


@pytest.mark.parametrize(
    ("translation", "faults"),
    [
        ({"stem": ""}, {"ug.stem": TextMissing}),
        ({"stem": "長" * 601}, {"ug.stem": TextTooLong}),
        ({"stem": 7}, {"ug.stem": NotText}),
        ({"options": {"A": "1", "B": "2", "C": "3"}}, {"ug.stem": TranslationUneven}),
        ({"options": {"A": "1", "B": "2", "C": "3", "D": ""}}, {"ug.option_D": TextMissing}),
        ({"options": {"A": "1", "B": "2", "C": "3", "D": "1"}}, {"ug.option_D": OptionRepeated}),
    ],
)
def test_a_fault_of_a_translation_is_named_at_its_field(translation, faults):
    assert faults_of(translations={"ug": UYGHUR | translation}) == faults


def test_only_known_languages_are_taken():
    assert faults_of(translations={"fr": UYGHUR}) == {"translations": NotOneOf}
    assert faults_of(translations="ug") == {"translations": NotOneOf}


def test_a_faulty_original_is_not_blamed_twice():
    assert faults_of(key="E", translations={"ug": UYGHUR}) == {"key": KeyNotAmongOptions}


def test_words_joined_as_their_script_joins_them_can_be_printed():
    question = read_question(written(translations={"mn": UYGHUR | {"stem": "ᠮᠣᠩᠭᠣᠯ\u180e ᠪᠢᠴᠢᠭ"}}))
    assert question.translations["mn"] == Translation(
        "ᠮᠣᠩᠭᠣᠯ\u180e ᠪᠢᠴᠢᠭ", {f"option_{letter}": text for letter, text in OPTIONS.items()}
    )


ANYTHING = (
    st.none() | st.booleans() | st.integers() | st.text("ABT是 1.\x00\u202e", max_size=6) | st.lists(st.booleans())
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(list(written())), ANYTHING))
def test_whatever_is_written_is_read_or_refused(changes):
    with contextlib.suppress(QuestionNotUsable):
        check(read_question(written(**changes)))


def test_the_depths_have_the_words_of_the_outline_of_the_position():
    assert [names["zh"] for names in depth_names("special_operation").values()] == ["了解", "掌握", "熟练掌握"]
    assert [names["zh"] for names in depth_names("safety_manager").values()] == ["了解", "熟悉", "掌握"]
    assert depth_names("principal") == depth_names("safety_manager")
