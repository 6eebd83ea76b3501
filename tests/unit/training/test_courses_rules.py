"""The committed course, its self-checks, and what the reader of courses refuses."""

import copy
import re
from decimal import Decimal
from difflib import SequenceMatcher

import pytest
import yaml

from people.positions.queries import vocabulary
from question_bank.exchange.actions import DATA as BANKS
from training.courses.errors import CourseBroken, NoSuchCourse, NotAnAnswer
from training.courses.queries import FILES, course_codes, course_package
from training.courses.rules.checks import CheckKind
from training.courses.rules.course_files import LessonFiles, course_from, is_media_name
from training.outlines.queries import outlines

READ_A_MINUTE = 300  # characters and words, of text and of self-checks
LIKE = 0.8  # two sentences that share so much are one sentence


@pytest.fixture
def description():
    return yaml.safe_load((FILES / "low_voltage" / "course.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def lessons():
    found = []
    for path in sorted((FILES / "low_voltage").glob("*/lesson.yaml")):
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
        files = frozenset(each.name for each in path.parent.iterdir())
        found.append(LessonFiles(path.parent.name, entry, (path.parent / "lesson.md").read_text("utf-8"), files))
    return found


@pytest.mark.parametrize("code", course_codes())
def test_a_committed_course_reads_and_every_lesson_has_checks_and_text(code):
    course = course_package(code)
    assert course.qualification in vocabulary().by_code
    assert len(course.lessons) >= 6
    assert all(len(lesson.checks) == 5 and len(lesson.body) > 500 for lesson in course.lessons)
    assert {lesson.unit for lesson in course.lessons} == {unit.code for unit in course.units}


def _read(text):
    return len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z0-9]+", re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)))


@pytest.mark.parametrize("code", course_codes())
def test_a_lesson_is_worth_no_more_minutes_than_it_takes(code):
    """An inspector reads the text with a watch: half a minute for a picture, a film as long as it lasts."""
    for lesson in course_package(code).lessons:
        checks = "".join(f"{each.stem}{each.options}{each.reason}" for each in lesson.checks)
        film = lesson.video.length_ms / 60_000 if lesson.video else 0
        takes = _read(lesson.body + checks) / READ_A_MINUTE + lesson.body.count("![") / 2 + film
        assert lesson.minutes == pytest.approx(takes, abs=1), lesson.code


@pytest.mark.parametrize("code", course_codes())
def test_who_always_takes_the_longest_answer_does_not_pass(code):
    single = [each for lesson in course_package(code).lessons for each in lesson.checks if each.options]
    lengths = [({letter: len(text) for letter, text in each.options}, each.key) for each in single]
    alone = [key for of, key in lengths if all(of[key] > n for letter, n in of.items() if letter != key)]
    assert len(alone) <= len(single) / 4


def test_both_standards_of_the_demonstration_have_a_course():
    assert course_codes() == ["chemicals_trade_manager", "low_voltage"]


@pytest.mark.parametrize("code", course_codes())
def test_the_right_answers_of_a_course_follow_no_pattern(code):
    """Who always takes the same letter, or always says right, does not pass."""
    checks = [check for lesson in course_package(code).lessons for check in lesson.checks]
    for kind, most in ((CheckKind.SINGLE_CHOICE, 0.6), (CheckKind.TRUE_FALSE, 0.7)):
        keys = [check.key for check in checks if check.kind is kind]
        assert max(keys.count(key) for key in keys) <= most * len(keys)


@pytest.mark.parametrize("code", course_codes())
def test_no_self_check_repeats_a_question_of_the_bank(code):
    checks = {check.stem for lesson in course_package(code).lessons for check in lesson.checks}
    bank = {
        question["stem"]
        for file in (BANKS / code).glob("[0-9]*.yaml")
        for question in yaml.safe_load(file.read_text(encoding="utf-8"))["questions"]
    }
    assert bank
    alike = [(one, other) for one in checks for other in bank if SequenceMatcher(None, one, other).quick_ratio() > LIKE]
    assert [pair for pair in alike if SequenceMatcher(None, *pair).ratio() > LIKE] == []


@pytest.mark.parametrize("code", course_codes())
def test_a_demonstration_can_be_completed_with_the_committed_lessons(code):
    course = course_package(code)
    shortened = [
        each for each in outlines().all if each.is_demonstration and each.qualification == course.qualification
    ]
    assert shortened
    for outline in shortened:
        required = [lesson for lesson in course.lessons if outline.requires(lesson.code)]
        assert {lesson.code for lesson in required} == set(outline.lessons or ())
        worth = outline.hours_of(sum(outline.pace.lesson_ms(lesson.minutes) for lesson in required))
        assert outline.is_fulfilled(online=worth, classes_theory=Decimal(0), classes_practical=Decimal(0))


def test_the_same_files_have_the_same_digest_and_a_changed_word_another(description, lessons):
    before = course_from(description, lessons).digest
    assert course_from(description, lessons).digest == before
    changed = [LessonFiles(each.folder, each.description, each.body + "。", each.files) for each in lessons]
    assert course_from(description, changed).digest != before


def test_a_presented_check_has_no_key():
    check = course_package("low_voltage").lessons[0].checks[0]
    assert not hasattr(check.presented, "key")
    assert not hasattr(check.presented, "reason")


def test_an_answer_gets_its_reason_and_what_is_no_answer_is_refused():
    check = course_package("low_voltage").lessons[0].checks[0]
    assert check.answered(check.key).is_right
    wrong = "true" if check.key == "false" else "false"
    assert (check.answered(wrong).is_right, check.answered(wrong).reason) == (False, check.reason)
    with pytest.raises(NotAnAnswer):
        check.answered("Z")


def _unknown_format(description, lessons):
    description["format"] = 2


def _missing_lesson(description, lessons):
    description["lessons"].append("LV-L99")


def _lesson_twice(description, lessons):
    description["lessons"].append(description["lessons"][0])


def _wrong_key(description, lessons):
    lessons[0].description["checks"][0]["key"] = "E"


def _missing_picture(description, lessons):
    lessons[0] = LessonFiles("01", lessons[0].description, "![x](nowhere.svg)", lessons[0].files)


def _picture_elsewhere(description, lessons):
    lessons[0] = LessonFiles("01", lessons[0].description, "![x](../../outlines.yaml)", lessons[0].files)


def _no_such_unit(description, lessons):
    lessons[0].description["unit"] = "LV-U99"


@pytest.mark.parametrize(
    "spoil",
    [
        _unknown_format,
        _missing_lesson,
        _lesson_twice,
        _wrong_key,
        _missing_picture,
        _picture_elsewhere,
        _no_such_unit,
    ],
)
def test_a_broken_course_is_refused(description, lessons, spoil):
    lessons = copy.deepcopy(lessons)
    spoil(description, lessons)
    with pytest.raises(CourseBroken):
        course_from(description, lessons)


@pytest.mark.parametrize(
    "name", ["../course.yaml", "lesson.yaml", "/etc/passwd", "a/b.svg", ".svg", "x.svg\n", "..svg"]
)
def test_only_plain_names_of_media_are_served(name):
    assert not is_media_name(name)


def test_there_is_no_course_without_files():
    with pytest.raises(NoSuchCourse):
        course_package("nowhere")
