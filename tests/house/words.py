"""Finds words that a person would see in one language only: bare strings, and messages without a translation."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from jinja2 import Environment, nodes
from jinja2.ext import babel_extract

from web.frame.templating import WEB
from web.words import CONTEXT_MARK, LOCALES, merged, read_catalogues

ROOT = WEB.parent
PACKAGES = ("kernel", "people", "question_bank", "simulations", "training", "exams", "certification", "web", "host")
# The product, and each language in its own name, are the same in both.
NAMES = frozenset({"安培", "Anpei", "English", "中文"})
CJK = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
LETTER = re.compile(r"[^\W\d_]")
PLACE = re.compile(r"%\((\w+)\)")
SEEN_ATTRIBUTES = frozenset({"alt", "aria-label", "aria-description", "data-label", "placeholder", "title"})
UNSAFE_ATTRIBUTE = re.compile(r"(?i)^(style|on\w+|(data-)?hx-on\b.*)$")
GETTEXT = frozenset({"_", "N_", "gettext", "ngettext", "pgettext", "npgettext"})
A_SENTENCE = re.compile(r"^[A-Z][a-z]+([ ,.:;?-]|$)")


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: where it is, and what stands there."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


class _Seen(HTMLParser):
    """Collects what a person sees of literal HTML, and what the content policy forbids."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bare: list[str] = []
        self.unsafe: list[str] = []

    def handle_data(self, data: str) -> None:
        if _has_words(data):
            self.bare.append(data.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.unsafe.append(f"<{tag}>")
        for name, value in attrs:
            is_evaluated = "js:" in (value or "") or (name == "hx-trigger" and "[" in (value or ""))
            if UNSAFE_ATTRIBUTE.match(name) or is_evaluated:
                self.unsafe.append(name)
            is_button = tag == "input" and name == "value" and given.get("type") in {"submit", "button", "reset"}
            if (name in SEEN_ATTRIBUTES or is_button) and _has_words(value or ""):
                self.bare.append(value or "")


def _has_words(text: str) -> bool:
    for name in NAMES:
        text = text.replace(name, "")
    return LETTER.search(text) is not None


def _environment() -> Environment:
    return Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])


def literal_html(source: str) -> str:
    """The HTML of a template as written, with a digit for each expression and nothing for translated blocks."""
    parts: list[str] = []
    opening = translating = False
    for _, kind, value in _environment().lex(source):
        if kind == "block_begin":
            opening = True
        elif kind == "name" and opening:
            opening = False
            translating = value == "trans" or (translating and value != "endtrans")
        elif kind == "variable_begin":
            parts.append("0")
        elif kind == "data" and not translating:
            parts.append(value)
    return "".join(parts)


def _seen(source: str) -> _Seen:
    seen = _Seen()
    seen.feed(literal_html(source))
    seen.close()
    return seen


def bare_in_template(source: str) -> list[str]:
    """Words of a template outside ``_()`` and ``trans``: in text, in visible attributes, in strings of expressions."""
    return _seen(source).bare + [
        text
        for text in _untranslated_constants(_environment().parse(source))
        if text not in NAMES and (CJK.search(text) or A_SENTENCE.match(text))
    ]


def unsafe_in_template(source: str) -> list[str]:
    """What the content policy would refuse: inline script and style, handlers, evaluated htmx attributes."""
    return _seen(source).unsafe


def _untranslated_constants(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in GETTEXT:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for child in node.iter_child_nodes():
        yield from _untranslated_constants(child)


def bare_in_pages(source: str) -> list[str]:
    """Chinese strings in a page's Python outside docstrings; English ones cannot be told from codes."""
    tree = ast.parse(source)
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented
        and CJK.search(node.value)
        and node.value not in NAMES
    ]


def bare_in_module(source: str) -> list[str]:
    """Chinese in a browser module outside comments; its words come from the page, in data attributes."""
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", source, flags=re.DOTALL)
    return [line.strip() for line in code.splitlines() if CJK.search(line)]


def messages_of_template(source: str) -> set[str]:
    """Keys of all messages in a template, a context before the message where there is one."""
    options = {"trimmed": "true", "encoding": "utf-8", "silent": "false", "extensions": "jinja2.ext.do"}
    keys = set()
    for _, function, message, _ in babel_extract(BytesIO(source.encode()), sorted(GETTEXT), (), options):
        parts = message if isinstance(message, tuple) else (message,)
        keys.add(_key(function, [part for part in parts if part is not None]))
    return keys - {""}


def _key(function: str, texts: list[str]) -> str:
    if not texts:
        return ""
    in_context = function in {"pgettext", "npgettext"} and len(texts) > 1
    return f"{texts[0]}{CONTEXT_MARK}{texts[1]}" if in_context else texts[0]


def messages_of_python(source: str) -> set[str]:
    """Messages marked with ``N_`` or ``_`` in Python."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in GETTEXT
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def templates() -> list[Path]:
    return sorted(WEB.rglob("*.html"))


def python_files() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


@cache
def all_messages() -> dict[str, str]:
    """Every message of the platform with one place where it stands."""
    found: dict[str, str] = {}
    for path in (*templates(), *python_files()):
        read = messages_of_template if path.suffix == ".html" else messages_of_python
        for message in read(path.read_text(encoding="utf-8")):
            found.setdefault(message, path.relative_to(ROOT).as_posix())
    return found


def untranslated(messages: dict[str, str], translations: dict[str, tuple[str, ...]]) -> list[Found]:
    """Messages whose Chinese is missing, empty or fuzzy, or was left in English."""
    return [
        Found(where, message)
        for message, where in messages.items()
        if not translations.get(message)
        or (translations[message][0] == message and A_SENTENCE.match(message) and " " in message)
    ]


def lost_places(translations: dict[str, tuple[str, ...]]) -> list[Found]:
    """Translations that name a place their message does not have, or leave one out."""
    return [
        Found(message, one)
        for message, strings in translations.items()
        for one in strings
        if set(PLACE.findall(one)) != set(PLACE.findall(message))
    ]


@cache
def chinese() -> dict[str, tuple[str, ...]]:
    return merged(read_catalogues(LOCALES / "zh_CN").values())


def contradictions() -> list[Found]:
    """Messages that two catalogues translate differently: the same word must be the same everywhere."""
    found: list[Found] = []
    first: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, catalogue in read_catalogues(LOCALES / "zh_CN").items():
        for message, strings in merged([catalogue]).items():
            other, said = first.setdefault(message, (name, strings))
            if said != strings:
                found.append(Found(f"{other}.po, {name}.po", message))
    return found
