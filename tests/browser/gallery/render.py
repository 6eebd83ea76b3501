"""Renders the gallery of components to pictures: ``python -m tests.browser.gallery.render FOLDER``.

For looking at the look: every component on three layouts, both languages, 390 and 1440 px, light and dark. Nothing of
it is shipped.
"""

import sys
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Literal
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, FileSystemLoader
from playwright.sync_api import Browser, Page, Route, sync_playwright

from kernel.errors import NotFound
from tests.browser import chromium
from tests.browser.gallery.samples import sample, sample_problem
from web.frame.navigation import Entry
from web.frame.templating import WEB, environment
from web.words import LANGUAGES

HERE = Path(__file__).resolve().parent
PAGES = ("office.html", "phone.html", "exam.html", "people/sign_in/sign_in.html", "frame/problem.html")
Scheme = Literal["light", "dark"]
Inspect = Callable[[Page, str], list[str]]
WIDTHS = {"phone": 390, "desk": 1440}
PLACES = (
    Entry(at=0, title="Start", href="/", icon="home"),
    Entry(at=1, title="People", href="/gallery", icon="search", section="Enterprise"),
    Entry(at=2, title="Certificates", href="/c", icon="circle-check", section="Enterprise"),
    Entry(at=3, title="Sittings", href="/s", icon="calendar", section="Examination"),
)


def address(**changes: object) -> str:
    """Stands in for the page's own `here`."""
    return "/gallery?" + "&".join(f"{name}={value}" for name, value in changes.items())


def rendered(name: str, language: str, *, refused: bool = False) -> str:
    """One gallery page as HTML."""
    made = environment(language)
    made = made.overlay(loader=ChoiceLoader([FileSystemLoader(HERE), FileSystemLoader(WEB)]))
    actor = SimpleNamespace(name="王芳", account_id=1)
    return made.get_template(name).render(
        sample=sample(language),
        actor=actor,
        path="/gallery",
        here=address,
        navigation=PLACES,
        reach=lambda path: path,
        other_language="en" if language == "zh_CN" else "zh_CN",
        demonstration=True,
        problem=sample_problem() if refused else NotFound() if name == "frame/problem.html" else None,
        typed={"name": "张", "hired_on": "2026-13-01"} if refused else None,
        next="/",
        demonstration_password="anpei-demo",
        demonstration_people=[
            {"name": "张伟", "role": "电工", "username": "zhang.wei"},
            {"name": "王芳", "role": "安全主管", "username": "wang.fang"},
        ],
        status=404,
        reference=None,
    )


def serve(html: str, route: Route) -> None:
    """Answer from memory and from web/static, under the policy that the platform uses."""
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        route.fulfill(path=WEB / path.lstrip("/"))
    else:
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy})


def look(
    browser: Browser, folder: Path, scheme: Scheme, language: str, width: str, *, inspect: Inspect | None = None
) -> list[str]:
    """Take every page's picture; return what a browser, and `inspect`, complained about."""
    faults: list[str] = []
    context = browser.new_context(viewport={"width": WIDTHS[width], "height": 900}, color_scheme=scheme)
    tab = context.new_page()
    tab.on("console", lambda said: faults.append(said.text))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    for name in PAGES:
        tab.unroute_all()
        tab.route("**/*", partial(serve, rendered(name, language, refused=name == "phone.html")))
        tab.goto("http://gallery.test/gallery")
        faults += inspect(tab, name) if inspect else []
        if tab.evaluate("document.documentElement.scrollWidth") > WIDTHS[width]:
            faults.append(f"{name} {language} {width} scrolls sideways")
        tab.screenshot(path=folder / f"{Path(name).stem}-{language}-{width}-{scheme}.png", full_page=True)
    context.close()
    return faults


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    schemes: tuple[Scheme, ...] = ("light", "dark")
    path = chromium.find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        faults = [
            fault
            for scheme, language, width in product(schemes, LANGUAGES, WIDTHS)
            for fault in look(browser, folder, scheme, language, width)
        ]
        browser.close()
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
