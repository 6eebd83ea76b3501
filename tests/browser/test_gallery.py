"""Every component in a real browser: no complaint under the strict policy, no sideways scroll, no serious axe fault."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from host.static_build import ROOT, missing
from tests.browser.gallery.render import look

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TOUCH_PIXELS = 40  # 44 with the gap around; offices at a desk are denser


def serious_faults(page: Page, name: str) -> list[str]:
    """What axe-core calls serious or critical, and targets too small for a thumb."""
    page.evaluate("for (const one of document.querySelectorAll('details.confirm')) one.open = true")
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    faults = [f"{name}: {one['id']}: {one['help']}" for one in found if one["impact"] in {"serious", "critical"}]
    small = page.evaluate(
        """least => [...document.querySelectorAll("main button, main .btn, main select, .place, .menu > summary")]
            .filter(one => one.offsetHeight && one.offsetHeight < least).map(one => one.outerHTML.slice(0, 80))""",
        TOUCH_PIXELS,
    )
    return faults + [f"{name}: too small to hit: {one}" for one in small]


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("zh_CN", "phone", "light"), ("zh_CN", "desk", "dark"), ("en", "phone", "dark"), ("en", "desk", "light")],
)
def test_components_are_usable(browser, language, width, scheme, tmp_path: Path):
    assert missing() == [], "build the browser files: python -m host.static_build"
    assert look(browser, tmp_path, scheme, language, width, inspect=serious_faults) == []


def test_a_planted_fault_is_found(browser):
    page = browser.new_page()
    page.set_content('<html lang="en"><title>x</title><main><img src="x"><button>x</button></main></html>')
    faults = serious_faults(page, "planted")
    page.close()
    assert any("image-alt" in fault for fault in faults)
    assert any("too small" in fault for fault in faults)
