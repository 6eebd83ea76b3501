"""Both languages are complete, and no screen has a word in one of them only."""

import re

import pytest
from babel.messages.pofile import read_po

from tests.house import words
from web.frame.templating import WEB
from web.words import LOCALES, merged, read_catalogues

BARE = [
    "<p>Sign in</p>",
    "<p>请登录</p>",
    "<p>{% if a %}yes{% endif %}</p>",
    '<a href="/x" aria-label="Close">×</a>',
    '<img src="/x" alt="A map of {{ place }}">',
    '<input type="submit" value="Send">',
    '{{ ui.page_header("Who holds what") }}',
    "{{ ui.note('ok', '已保存') }}",
    "{% trans %}Fine{% endtrans %}<p>not fine</p>",
    "{% set words = {'done': 'Done'} %}",
    "<b>安培 platform</b>",
]
CLEAN = [
    '<p class="lead">{{ _("Sign in") }}</p>',
    "<p>{% trans count=n %}{{ count }} person{% pluralize %}{{ count }} people{% endtrans %}</p>",
    '<span lang="zh-CN">安培</span> <span>Anpei</span>',
    '{{ "English" if other == "en" else "中文" }}',
    '<td class="number">12 · 3.5% — 85×54</td>',
    '{{ ui.badge("ok", _("Valid"), icon="check") }}',
    "{# Any words here #}",
    '<input type="hidden" name="next" value="{{ next }}">',
    '<p title="{{ _("More") }}">&nbsp;&middot;</p>',
]
UNSAFE = [
    '<p style="width: 3px">1</p>',
    "<script>alert(1)</script>",
    "<style>p {}</style>",
    '<button onclick="go()">1</button>',
    '<a hx-on:click="go()">1</a>',
    '<a hx-vals="js:{a: 1}">1</a>',
    '<a hx-get="/x" hx-trigger="click[ctrlKey]">1</a>',
]


@pytest.mark.parametrize("source", BARE)
def test_a_bare_string_is_found(source):
    assert words.bare_in_template(source)


@pytest.mark.parametrize("source", CLEAN)
def test_what_is_translated_or_no_word_is_left_alone(source):
    assert words.bare_in_template(source) == []


@pytest.mark.parametrize("source", UNSAFE)
def test_what_the_content_policy_forbids_is_found(source):
    assert words.unsafe_in_template(source)


def test_a_linked_script_is_allowed():
    assert words.unsafe_in_template('<script src="{{ asset("js/anpei.js") }}" type="module"></script>') == []


def test_a_chinese_string_in_a_page_is_found_and_a_docstring_is_not():
    source = '"""说明"""\n\ndef show():\n    """说明"""\n    return {"title": "人员", "product": "安培"}\n'
    assert words.bare_in_pages(source) == ["人员"]


def test_a_chinese_string_in_a_browser_module_is_found_and_a_comment_is_not():
    source = '// 说明\n/* 说明\n说明 */\nconst a = "已保存";\nconst b = "https://anpei.example"; // 说明\n'
    assert words.bare_in_module(source) == ['const a = "已保存";']


def a_catalogue(text):
    return merged([read_po([line.encode() for line in text.splitlines(keepends=True)], locale="zh_CN")])


@pytest.mark.parametrize(
    "entry",
    [
        "",
        'msgid "Sign in"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "Sign in"\nmsgstr "登录"\n',
        'msgid "Sign in"\nmsgstr "Sign in"\n',
    ],
)
def test_a_message_without_finished_chinese_is_found(entry):
    assert words.untranslated({"Sign in": "a.html"}, a_catalogue(entry))


def test_a_translated_message_passes():
    assert words.untranslated({"Sign in": "a.html"}, a_catalogue('msgid "Sign in"\nmsgstr "登录"\n')) == []


@pytest.mark.parametrize("chinese", ["座位", "座位 %(seat)s，%(room)s"])
def test_a_translation_that_loses_or_invents_a_place_is_found(chinese):
    assert words.lost_places({"Seat %(seat)s": (chinese,)})


def test_messages_are_read_from_templates_and_python():
    template = '{{ _("One") }}{% trans n=2 %}{{ n }} bird{% pluralize %}{{ n }} birds{% endtrans %}{{ ui.x(_("In")) }}'
    assert words.messages_of_template(template) == {"One", "%(n)s bird", "In"}
    assert words.messages_of_python('A = N_("first " "second")\nB = other("no")\n') == {"first second"}


@pytest.mark.parametrize("path", words.templates(), ids=lambda path: path.relative_to(WEB).as_posix())
def test_templates_have_no_bare_string_and_nothing_inline(path):
    source = path.read_text(encoding="utf-8")
    assert words.bare_in_template(source) == []
    assert words.unsafe_in_template(source) == []


def test_pages_and_browser_modules_have_no_chinese_string():
    read = {"pages.py": words.bare_in_pages, "forms.py": words.bare_in_pages}
    found = [
        words.Found(path.relative_to(words.ROOT).as_posix(), text)
        for path in sorted(WEB.rglob("*"))
        if path.is_file() and "vendor" not in path.parts and (path.name in read or path.suffix == ".js")
        for text in read.get(path.name, words.bare_in_module)(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_message_has_its_chinese():
    missing = words.untranslated(words.all_messages(), words.chinese())
    assert not missing, "\n".join(map(str, missing))


def test_no_message_id_is_chinese():
    assert [message for message in words.all_messages() if words.CJK.search(message)] == []


def test_every_translation_keeps_its_places():
    assert words.lost_places(words.chinese()) == []


def test_no_two_catalogues_contradict_each_other():
    assert words.contradictions() == []


def test_catalogues_have_nothing_fuzzy_or_empty():
    unfinished = [
        words.Found(f"{name}.po", str(message.id))
        for name, catalogue in read_catalogues(LOCALES / "zh_CN").items()
        for message in catalogue
        if message.id and (message.fuzzy or not message.string or not all(message.string))
    ]
    assert unfinished == []


BINDING = WEB.parent / "docs" / "words.md"
NOT_ON_SCREENS = "–"


def bound_terms() -> list[tuple[str, str]]:
    """What docs/words.md binds: the English and the Chinese column of each row that is on screens at all."""
    rows = [line.split("|")[2:4] for line in BINDING.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    terms = [(english.strip(), chinese.strip()) for english, chinese in rows[1:]]
    return [(english, chinese) for english, chinese in terms if chinese != NOT_ON_SCREENS]


def on_chinese_screens() -> str:
    """Every Chinese word that a screen can show: translations, and names in the dated vocabularies."""
    said = [text for strings in merged(read_catalogues(LOCALES / "zh_CN").values()).values() for text in strings]
    named = [file.read_text(encoding="utf-8") for file in WEB.parent.glob("*/data/**/*.yaml")]
    rules = (file for package in words.PACKAGES for file in (WEB.parent / package).glob("**/rules/*.py"))
    python = [file.read_text(encoding="utf-8") for file in rules]
    return "\n".join([*said, *named, *python])


@pytest.mark.parametrize(("english", "chinese"), bound_terms())
def test_a_chinese_word_that_is_bound_stands_on_a_screen(english, chinese):
    """At least one of the words of a row."""
    terms = re.split(r"[、；/]|（[^）]*）", chinese)
    assert any(term.strip() and term.strip() in SAID for term in terms), f"{english}: {chinese}"


SAID = on_chinese_screens()
