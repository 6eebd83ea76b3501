"""Makes what browsers load: the pages' scripts, files of node_modules in web/static/vendor, and the icon sheet.

Run ``python -m host.static_build`` after ``npm ci``. Standard library only, so that it can run before anything is
installed. Nothing is written twice: a file is written only when its bytes differ. The wheel carries the result, so an
installation needs no Node.
"""

import fcntl
import os
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from host import bundles

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
VENDOR = WEB / "static" / "vendor"
SVG = "http://www.w3.org/2000/svg"

COPIES = {
    "tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "fonts/NotoSansSC-Regular.ttf": "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "fonts/NotoSansSC-Bold.ttf": "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
    "licences/tabler-icons.txt": "@tabler/icons/LICENSE",
    "licences/htmx.txt": "htmx.org/LICENSE",
    "licences/noto-sans-sc.txt": "@expo-google-fonts/noto-sans-sc/LICENSE_FONT",
}
# Classic scripts of packages, written in words that our oldest browsers do not know.
LOWERED = {"htmx/htmx.min.js": "htmx.org/dist/htmx.js"}
ESBUILD = ".bin/esbuild"
ICON_SHEET = "icons.svg"
# An icon is named where it is used, as ui.icon("x") or icon="x", or in a table of icons, ICONS = {"state": "x"}.
ICON_NAMED = re.compile(r"""(?<![a-z])icon(?:\(\s*|\s*=\s*)["']([a-z0-9][a-z0-9-]*)["']""")
ICON_TABLE = re.compile(r"""(?i)icons\b[^{\n]*\{([^}]*)\}""")
ICON_IN_TABLE = re.compile(r""":\s*["']([a-z0-9][a-z0-9-]*)["']""")


class MissingBrowserFile(Exception):
    """node_modules lacks something that the screens need."""


def icons_used(folder: Path = WEB) -> set[str]:
    """Names of all icons that templates and Python under `folder` ask for."""
    names: set[str] = set()
    for source in (*folder.rglob("*.html"), *folder.rglob("*.py")):
        text = source.read_text(encoding="utf-8")
        names.update(ICON_NAMED.findall(text))
        for table in ICON_TABLE.findall(text):
            names.update(ICON_IN_TABLE.findall(table))
    return names


def icon_sheet(names: set[str], icons: Path) -> bytes:
    """One SVG with a symbol for each of `names`, taken from the folder `icons` (Tabler's outline set)."""
    ET.register_namespace("", SVG)
    sheet = ET.Element(f"{{{SVG}}}svg")
    for name in sorted(names):
        drawing = icons / f"{name}.svg"
        if not drawing.is_file():
            raise MissingBrowserFile(f"@tabler/icons has no outline icon named {name!r}")
        source = ET.fromstring(drawing.read_text(encoding="utf-8"))  # noqa: S314 - a pinned package, not input
        symbol = ET.SubElement(sheet, f"{{{SVG}}}symbol", {"id": name, "viewBox": "0 0 24 24"})
        # Tabler puts an invisible square first; it would only make the sheet larger.
        symbol.extend(shape for shape in source if not (shape.get("stroke") == "none" and shape.get("fill") == "none"))
    return ET.tostring(sheet, encoding="unicode").encode()


def write_if_changed(target: Path, content: bytes) -> bool:
    """Write `content` to `target` unless it already holds it; say whether it was written."""
    if target.is_file() and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return True


def copy_if_changed(source: Path, target: Path) -> bool:
    """Like `write_if_changed`, but by size and age: fonts are large and a package's files do not change in place."""
    if not source.is_file():
        raise MissingBrowserFile(f"{source} is missing; run npm ci first")
    was, new = (target.stat() if target.is_file() else None), source.stat()
    if was and (was.st_size, was.st_mtime_ns) == (new.st_size, new.st_mtime_ns):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
    return True


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two builds at once would look into each other's unfinished folders. A process that dies lets go of the lock."""
    there = os.open(WEB / "static", os.O_RDONLY)
    try:
        fcntl.flock(there, fcntl.LOCK_EX)
        yield
    finally:
        os.close(there)


def build(modules: Path = ROOT / "node_modules", vendor: Path = VENDOR, scripts: Path = bundles.SCRIPTS) -> int:
    """Bring `vendor` and `scripts` up to date from `modules` and our sources; return how many files changed."""
    with _one_at_a_time():
        written = sum(copy_if_changed(modules / source, vendor / name) for name, source in COPIES.items())
        for source in (ESBUILD, *LOWERED.values()):
            if not (modules / source).is_file():
                raise MissingBrowserFile(f"{modules / source} is missing; run npm ci first")
        for name, source in LOWERED.items():
            written += bundles.lower(modules / ESBUILD, modules / source, vendor / name)
        written += bundles.bundle(modules / ESBUILD, scripts)
        sheet = icon_sheet(icons_used(), modules / "@tabler/icons/icons/outline")
        return written + write_if_changed(vendor / ICON_SHEET, sheet)


def missing(vendor: Path = VENDOR, scripts: Path = bundles.SCRIPTS) -> list[str]:
    """Names of the browser files that have not been built yet; empty when the screens can be served."""
    lacking = [name for name in (*COPIES, *LOWERED, ICON_SHEET) if not (vendor / name).is_file()]
    return lacking + bundles.missing(scripts)


if __name__ == "__main__":
    try:
        count = build()
    except (MissingBrowserFile, bundles.BrokenScript) as problem:
        sys.exit(str(problem))
    sys.stdout.write(f"browser files: {count} written, the rest were current\n")
