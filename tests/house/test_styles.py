"""The style of a screen stands beside it: no sheet lies apart, and none is left that no page loads."""

import re
from pathlib import Path

from host.bundles import entries
from web.frame.templating import WEB

IMPORTED = re.compile(r'@import url\("([^"]+)"\)')


def sheets(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*.css") if "static" not in path.relative_to(folder).parts}


def loaded(folder: Path) -> set[Path]:
    """The sheets that pages name, and all that these import."""
    found: set[Path] = set()
    waiting = [folder / name for name in entries(folder) if name.endswith(".css")]
    while waiting:
        sheet = waiting.pop().resolve()
        if sheet not in found:
            found.add(sheet)
            waiting += [sheet.parent / name for name in IMPORTED.findall(sheet.read_text(encoding="utf-8"))]
    return found


def of_other_screens(folder: Path) -> list[str]:
    """Sheets of one screen that another screen builds on: what two share belongs to their package."""
    return [
        f"{sheet.relative_to(folder)} -> {name}"
        for sheet in sorted(sheets(folder))
        for name in IMPORTED.findall(sheet.read_text(encoding="utf-8"))
        if name.startswith("../") and "/" in name.removeprefix("../") and "components" not in sheet.parts
    ]


def test_every_sheet_is_loaded_by_some_page():
    assert sheets(WEB) == loaded(WEB)


def test_no_screen_builds_on_the_sheet_of_another():
    assert of_other_screens(WEB) == []


def test_a_sheet_that_nobody_loads_and_one_of_another_screen_are_found(tmp_path):
    for name, text in {
        "exams/room/room.html": '{{ asset("scripts/exams/room/room.css") }}',
        "exams/room/room.css": '@import url("../../training/lesson/lesson.css");',
        "training/lesson/lesson.css": "",
        "training/lesson/forgotten.css": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert sheets(tmp_path) - loaded(tmp_path) == {tmp_path / "training/lesson/forgotten.css"}
    assert of_other_screens(tmp_path) == ["exams/room/room.css -> ../../training/lesson/lesson.css"]
