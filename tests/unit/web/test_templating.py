from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, UndefinedError, nodes
from starlette.applications import Starlette
from starlette.requests import Request

from kernel.errors import Invalid, NotFound
from web.frame import templating
from web.frame.language import choose_language, local_path
from web.frame.navigation import Entry
from web.frame.templating import environment

TEMPLATES = sorted(path.relative_to(templating.WEB).as_posix() for path in templating.WEB.rglob("*.html"))


def a_request(path="/people", query="", headers=None, cookies=None, app=None):
    sent = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    sent += [(b"cookie", f"{name}={value}".encode()) for name, value in (cookies or {}).items()]
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": sent,
            "app": app or Starlette(),
        }
    )


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_compile(template, language):
    environment(language).get_template(template)


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_call_only_components_that_exist(template):
    made = environment("en")
    source = (templating.WEB / template).read_text(encoding="utf-8")
    asked = {
        found.attr
        for found in made.parse(source).find_all(nodes.Getattr)
        if isinstance(found.node, nodes.Name) and found.node.name == "ui"
    }
    assert asked <= set(vars(made.globals["ui"]))


def html_of(answer):
    return bytes(answer.body).decode()


SIGN_IN = {"next": "/", "demonstration_people": [], "typed": {"username": '"><script>'}}


@pytest.mark.parametrize(("language", "html_lang", "word"), [("zh_CN", "zh-CN", "密码"), ("en", "en", "Password")])
def test_a_page_speaks_the_chosen_language(language, html_lang, word):
    answer = templating.page(a_request(cookies={"anpei_lang": language}), "people/sign_in/sign_in.html", SIGN_IN)
    assert f'<html lang="{html_lang}">' in html_of(answer)
    assert word in html_of(answer)


def test_the_page_is_chinese_until_someone_chooses():
    answer = templating.page(a_request(cookies={"anpei_lang": "../../etc"}), "people/sign_in/sign_in.html", SIGN_IN)
    assert answer.headers["content-language"] == "zh-CN"


def test_what_was_typed_stays_and_is_escaped():
    html = html_of(templating.page(a_request(), "people/sign_in/sign_in.html", SIGN_IN))
    assert "&#34;&gt;&lt;script&gt;" in html
    assert "<script>" not in html


def test_a_refused_field_is_named_on_top_and_beside_it():
    problem = Invalid({"username": NotFound()})
    answer = templating.page(a_request(), "people/sign_in/sign_in.html", SIGN_IN | {"problem": problem}, status=422)
    html = html_of(answer)
    assert answer.status_code == 422
    assert 'href="#field-username"' in html
    assert 'id="error-username"' in html
    assert 'aria-invalid="true"' in html


HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        (HTMX, False),
        (HTMX | {"HX-Request-Type": "full"}, True),
        (HTMX | {"HX-History-Restore-Request": "true"}, True),
    ],
)
def test_htmx_gets_the_block_and_everybody_else_the_page(headers, whole):
    answer = templating.page(a_request(headers=headers), "people/sign_in/sign_in.html", SIGN_IN, block="main")
    assert ("<html" in html_of(answer)) is whole
    assert 'name="username"' in html_of(answer)
    assert "HX-Request" in answer.headers["vary"]


def test_a_forgotten_value_is_an_error_and_not_an_empty_place():
    made = environment("en").overlay(loader=DictLoader({"x.html": "{{ forgotten }}"}))
    with pytest.raises(UndefinedError):
        made.get_template("x.html").render()


def test_turning_the_page_keeps_the_filters():
    request = a_request("/people", "q=%E5%BC%A0&trade=low&trade=high&page=2")
    assert templating.here(request, page=3) == "/people?q=%E5%BC%A0&trade=low&trade=high&page=3"
    assert templating.here(request, page=None, trade=None) == "/people?q=%E5%BC%A0"


def test_a_visitor_has_no_places_and_a_person_has():
    app = Starlette()
    app.state.entries = (Entry(at=0, title="Start", href="/", icon="home"),)
    request = a_request(app=app)
    assert templating.surroundings(request, "en")["navigation"] == ()
    request.state.actor = SimpleNamespace(name="张伟", account_id="1", may=lambda _: True)
    assert templating.surroundings(request, "en")["navigation"] == app.state.entries


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/people?page=2", "/people?page=2"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/\t/evil.example", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_here(address, to):
    assert local_path(address) == to


def test_choosing_a_language_sets_the_cookie_and_returns():
    answer = choose_language(a_request("/language/en"), "en", "/people?page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/people?page=2")
    assert answer.headers["set-cookie"].startswith("anpei_lang=en;")
    assert "HttpOnly" in answer.headers["set-cookie"]
    with pytest.raises(NotFound):
        choose_language(a_request("/language/xx"), "xx")


@pytest.mark.parametrize(
    ("status", "reference", "heading"), [(404, None, "Nothing here"), (500, "a1b2c3d4", "The platform made a mistake")]
)
def test_a_refusal_says_what_happened_and_quotes_its_reference(status, reference, heading):
    context = {"problem": NotFound(), "status": status, "reference": reference}
    request = a_request(cookies={"anpei_lang": "en"})
    answer = templating.page(request, "frame/problem.html", context, status=status)
    assert f"<h1>{heading}" in html_of(answer)
    assert NotFound.sentence in html_of(answer)
    assert (str(reference) in html_of(answer)) is (reference is not None)
