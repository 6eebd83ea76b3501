from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from babel.messages.pofile import read_po

from kernel.errors import N_, Invalid, NotFound, Refused
from web import words


class TooYoung(Refused):
    sentence = N_("%(name)s is %(age)d on %(day)s; %(trade)s takes %(hours)s hours.")


@pytest.mark.parametrize(
    ("value", "said"),
    [("80.00", "80"), ("2.50", "2.5"), ("100", "100"), ("0", "0"), ("0.125", "0.125"), ("1E+3", "1000")],
)
def test_marks_have_no_trailing_zeros_and_no_powers(value, said):
    assert words.marks(Decimal(value)) == said


def test_an_instant_reads_as_shanghai_time():
    assert words.instant(datetime(2026, 5, 31, 17, 5, tzinfo=UTC)) == "2026-06-01 01:05"


def test_a_moment_late_in_utc_falls_on_the_next_shanghai_day():
    assert words.day(datetime(2026, 5, 31, 16, 0, tzinfo=UTC)) == "2026-06-01"


@pytest.mark.parametrize(("language", "said"), [("zh_CN", "2026年5月31日"), ("en", "31 May 2026")])
def test_a_long_day_is_written_as_the_language_does(language, said):
    assert words.long_day(date(2026, 5, 31), language) == said


def test_percent_takes_a_ratio():
    assert words.percent(Decimal("0.8346"), 1) == "83.5%"


def test_a_sentence_fills_its_places_with_readable_values():
    problem = TooYoung(
        name="张伟",
        age=17,
        day=date(2026, 5, 31),
        trade={"zh": "低压电工作业", "en": "Low-voltage work"},
        hours=Decimal("40.00"),
    )
    assert words.sentence(problem, "en") == "张伟 is 17 on 2026-05-31; Low-voltage work takes 40 hours."


def test_a_kernel_refusal_reads_in_chinese():
    assert words.sentence(NotFound(), "zh_CN") == "此地址没有内容，或者您无权查看。"


def test_fields_of_an_invalid_form_are_said_one_by_one():
    problem = Invalid({"name": NotFound(), "phone": N_("Your account does not allow this.")})
    assert words.field_problem(problem, "name", "en") == NotFound.sentence
    assert words.field_problem(problem, "phone", "zh_CN") == "您的账号没有办理此事的权限。"
    assert words.field_problem(problem, "other", "zh_CN") == ""
    assert list(words.field_problems(problem, "en")) == ["name", "phone"]


def a_catalogue(text):
    return read_po([line.encode() for line in text.splitlines(keepends=True)], locale="zh_CN")


def test_fuzzy_and_empty_translations_are_not_shown():
    catalogue = a_catalogue('msgid "A"\nmsgstr ""\n\n#, fuzzy\nmsgid "B"\nmsgstr "乙"\n\nmsgid "C"\nmsgstr "丙"\n')
    assert words.merged([catalogue]) == {"C": ("丙",)}


def test_chinese_has_one_plural_and_english_two():
    chinese = words.catalogue("zh_CN")
    english = words.catalogue("en")
    assert chinese.ngettext("%(count)s entry", "%(count)s entries", 1) == "共 %(count)s 条"
    assert english.ngettext("%(count)s entry", "%(count)s entries", 1) == "%(count)s entry"
    assert english.ngettext("%(count)s entry", "%(count)s entries", 2) == "%(count)s entries"


def test_a_context_tells_two_equal_words_apart():
    catalogue = a_catalogue('msgid "State"\nmsgstr "状态"\n\nmsgctxt "country"\nmsgid "State"\nmsgstr "国家"\n')
    made = words.Catalogue(words.merged([catalogue]), lambda _: 0)
    assert (made.gettext("State"), made.pgettext("country", "State")) == ("状态", "国家")
