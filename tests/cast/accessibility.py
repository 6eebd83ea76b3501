"""What a page in a browser makes hard for somebody: axe-core's findings, and targets too small for a thumb."""

from playwright.sync_api import Page

from host.static_build import ROOT

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
