"""Pages: one Jinja2 environment a language, and `page`, which answers with a whole page or one block of it.

Templates stand beside their pages under web/. Macros of web/components/ are reached as ``ui.<macro>`` from everywhere,
without an import: a block that is rendered alone never runs the imports at the top of its file.
"""

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block
from starlette.requests import Request
from starlette.responses import HTMLResponse

from people.accounts.rules.id_numbers import masked
from web import words
from web.frame import charts, navigation

WEB = Path(__file__).resolve().parent.parent
LANGUAGE_COOKIE = "anpei_lang"
VARY = "HX-Request, HX-Request-Type, Cookie"


@cache
def environment(language: str) -> Environment:
    """The templates as they read in `language`, one of words.LANGUAGES."""
    made = Environment(
        loader=FileSystemLoader(WEB),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(words.catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    made.policies["ext.i18n.trimmed"] = True
    made.filters |= {
        "instant": words.instant,
        "hour": words.hour,
        "day": words.day,
        "long_day": partial(words.long_day, language=language),
        "marks": words.marks,
        "percent": words.percent,
        "named": partial(words.named, language=language),
        "masked": masked,
        "sentence": partial(words.sentence, language=language),
        "typed": typed_value,
    }
    components = SimpleNamespace()
    made.globals |= {
        "lang": language,
        "html_lang": words.LANGUAGES[language],
        "ui": components,
        "asset": asset,
        "charts": charts,
        "is_current": navigation.is_current,
        "field_problem": partial(words.field_problem, language=language),
        "field_problems": partial(words.field_problems, language=language),
    }
    vars(components).update(macros(made))
    return made


def macros(made: Environment) -> dict[str, Any]:
    """Every public macro of web/components/; raises ValueError when two files use one name."""
    found: dict[str, Any] = {}
    for path in sorted((WEB / "components").glob("*.html")):
        module = made.get_template(f"components/{path.name}").module
        for name in vars(module):
            if name.startswith("_"):
                continue
            if name in found:
                raise ValueError(f"two components are called {name}")
            found[name] = getattr(module, name)
    return found


def typed_value(typed: Any, name: str, otherwise: Any = "") -> Any:
    """What was typed into a field: `typed` is a mapping, a form model or None."""
    if typed is None:
        return otherwise
    value = typed.get(name, otherwise) if isinstance(typed, Mapping) else getattr(typed, name, otherwise)
    return otherwise if value is None else value


@cache
def asset(name: str) -> str:
    """The address of a static file, with a mark of its content so that browsers may keep it for ever."""
    path = WEB / "static" / name
    mark = f"?v={hashlib.sha256(path.read_bytes()).hexdigest()[:10]}" if path.is_file() else ""
    return f"/static/{name}{mark}"


def language_of(request: Request) -> str:
    """The language that the person chose; Chinese until they choose."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, words.DEFAULT_LANGUAGE)
    return chosen if chosen in words.LANGUAGES else words.DEFAULT_LANGUAGE


def here(request: Request, **changes: object) -> str:
    """This page's address with some of its query changed; None removes a part. Filters stay when the page turns."""
    kept = [(name, value) for name, value in parse_qsl(request.url.query) if name not in changes]
    query = kept + [(name, str(value)) for name, value in changes.items() if value is not None]
    return request.url.path + (f"?{urlencode(query)}" if query else "")


def wants_block(request: Request) -> bool:
    """Whether htmx asks for a part. Going back in the history and whole-page swaps need the page."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-Request-Type", "partial") == "partial"
        and request.headers.get("HX-History-Restore-Request") != "true"
    )


def reach_of(request: Request) -> navigation.Reach:
    """Which addresses lead somewhere from this host."""
    reach: navigation.Reach = getattr(request.app.state, "reach", None) or navigation.Reach()
    return reach


def places_of(request: Request, actor: Any) -> tuple[navigation.Entry, ...]:
    """Where `actor` can go from here."""
    return navigation.entries_for(actor, getattr(request.app.state, "entries", ()), reach_of(request))


def surroundings(request: Request, language: str) -> dict[str, object]:
    """What every template may use without being given it."""
    actor = getattr(request.state, "actor", None)
    if actor is not None and actor.account_id is None:
        actor = None
    return {
        "request": request,
        "actor": actor,
        "path": request.url.path,
        "here": partial(here, request),
        "other_language": "en" if language == words.DEFAULT_LANGUAGE else words.DEFAULT_LANGUAGE,
        "navigation": places_of(request, actor),
        "reach": reach_of(request).to,
        "demonstration": bool(getattr(request.app.state, "demonstration", False)),
        "problem": None,
        "typed": None,
    }


def page(
    request: Request, template: str, context: Mapping[str, Any], *, block: str | None = None, status: int = 200
) -> HTMLResponse:
    """Answer with `template`; with only its `block` when one is named and htmx asks for a part.

    `template` is a path under web/. The status stays what it is: a refused form is 409 or 422, and htmx swaps it all
    the same.
    """
    language = language_of(request)
    made = environment(language)
    given = surroundings(request, language) | dict(context)
    if block is not None and wants_block(request):
        body = render_block(made, template, block, given)
    else:
        body = made.get_template(template).render(given)
    # A language is chosen by cookie and a part by header: no cache may mix them up.
    return HTMLResponse(body, status, {"Vary": VARY, "Content-Language": words.LANGUAGES[language]})
