"""One script a page, made of all that it imports, never stale and never half."""

import json
import re

import pytest

from host import bundles
from host.static_build import ESBUILD, ROOT

TOOL = ROOT / "node_modules" / ESBUILD


@pytest.fixture
def pages(tmp_path):
    """A small web/ of two pages, one of which shares a module with the other."""
    web = tmp_path / "web"
    for name, text in {
        "exam/room.html": """<script type="module" src="{{ asset("scripts/exam/room.js") }}"></script>""",
        "lesson/lesson.html": """<script src="{{ asset('scripts/lesson/lesson.js') }}" type="module"></script>""",
        "exam/room.js": 'import { say } from "../parts/say.js";\nsay("the exam room");\n',
        "lesson/lesson.js": 'import { say } from "../parts/say.js";\nsay("the lesson");\n',
        "parts/say.js": "export function say(text) { document.title = text?.trim() ?? 'nothing'; }\n",
        "parts/say.test.js": "import 'node:test';\n",
    }.items():
        (web / name).parent.mkdir(parents=True, exist_ok=True)
        (web / name).write_text(text)
    return web


def test_each_script_that_a_page_names_becomes_one_file_with_its_modules_and_its_map(pages):
    out = pages / "static/scripts"
    assert bundles.missing(out, pages) == ["exam/room.js", "lesson/lesson.js"]
    assert bundles.bundle(TOOL, out, pages) == 4
    assert bundles.missing(out, pages) == []
    made = sorted(file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file())
    assert made == ["exam/room.js", "exam/room.js.map", "lesson/lesson.js", "lesson/lesson.js.map"]
    room = (out / "exam/room.js").read_text()
    assert "the exam room" in room
    assert "document.title" in room
    assert "import" not in room


def test_a_map_leads_to_the_sources_and_names_no_place_of_the_machine(pages):
    out = pages / "static/scripts"
    bundles.bundle(TOOL, out, pages)
    told = json.loads((out / "exam/room.js.map").read_text())
    assert told["sources"] == ["../../../parts/say.js", "../../../exam/room.js"]
    assert (out / "exam/room.js").read_text().rstrip().endswith("//# sourceMappingURL=room.js.map")


def test_a_change_in_a_shared_module_is_in_every_script_that_uses_it(pages):
    out = pages / "static/scripts"
    bundles.bundle(TOOL, out, pages)
    assert bundles.bundle(TOOL, out, pages) == 0
    (pages / "parts/say.js").write_text("export function say(text) { document.title = `now ${text}`; }\n")
    assert bundles.bundle(TOOL, out, pages) == 4
    assert all("now " in (out / name).read_text() for name in bundles.entries(pages))


def test_a_script_that_no_page_names_any_more_goes(pages):
    out = pages / "static/scripts"
    bundles.bundle(TOOL, out, pages)
    (pages / "lesson/lesson.html").unlink()
    assert bundles.bundle(TOOL, out, pages) == 2
    assert not (out / "lesson/lesson.js").exists()
    (pages / "exam/room.html").unlink()
    assert bundles.bundle(TOOL, out, pages) == 2
    assert list(out.rglob("*.js*")) == []


def test_a_broken_script_is_told_and_leaves_what_was_there(pages):
    out = pages / "static/scripts"
    bundles.bundle(TOOL, out, pages)
    before = (out / "exam/room.js").read_bytes()
    (pages / "exam/room.js").write_text('import { nothing } from "./not-there.js"; nothing();')
    with pytest.raises(bundles.BrokenScript, match=r"not-there\.js"):
        bundles.bundle(TOOL, out, pages)
    assert (out / "exam/room.js").read_bytes() == before
    assert list((pages / "static").glob(".*")) == []


def test_a_page_that_names_a_script_which_does_not_exist_fails_the_build(pages):
    (pages / "exam/room.js").unlink()
    with pytest.raises(bundles.BrokenScript, match=r"exam/room\.js"):
        bundles.bundle(TOOL, pages / "static/scripts", pages)


def test_words_that_old_browsers_do_not_know_are_rewritten(pages):
    out = pages / "static/scripts"
    bundles.bundle(TOOL, out, pages)
    for name in bundles.entries(pages):
        assert not re.search(r"\?\.[a-z]|\?\?", (out / name).read_text())


def test_our_own_scripts_build_and_hold_no_private_member_or_newer_word(tmp_path):
    bundles.bundle(TOOL, tmp_path / "scripts")
    built = sorted((tmp_path / "scripts").rglob("*.js"))
    assert len(built) == len([name for name in bundles.entries() if name.endswith(".js")]) >= 6
    for file in built:
        code = file.read_text(encoding="utf-8")
        assert not re.search(r"\?\.[A-Za-z_$[(]|\?\?|this\.#|\bimport\b", code), file.name
