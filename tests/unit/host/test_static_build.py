import pytest

from host import bundles, static_build

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    '<path stroke="none" d="M0 0h24v24H0z" fill="none"/><path d="M5 12l5 5"/></svg>'
)


@pytest.fixture
def modules(tmp_path):
    for source in static_build.COPIES.values():
        path = tmp_path / "node_modules" / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    for source in static_build.LOWERED.values():
        (tmp_path / "node_modules" / source).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "node_modules" / source).write_text("class Kept { #own = 1; own() { return this.#own } }")
    (tmp_path / "node_modules/.bin").symlink_to(static_build.ROOT / "node_modules/.bin")
    icons = tmp_path / "node_modules/@tabler/icons/icons/outline"
    icons.mkdir(parents=True)
    for name in static_build.icons_used():
        (icons / f"{name}.svg").write_text(DRAWING)
    return tmp_path / "node_modules"


def test_a_second_build_writes_nothing(modules, tmp_path):
    vendor, scripts = tmp_path / "vendor", tmp_path / "scripts"
    lacking = static_build.missing(vendor, scripts)
    assert {"htmx/htmx.min.js", "icons.svg", "exams/exam_room/room.js"} < set(lacking)
    source_maps = len(bundles.entries())
    assert static_build.build(modules, vendor, scripts) == len(lacking) + source_maps
    assert static_build.missing(vendor, scripts) == []
    assert static_build.build(modules, vendor, scripts) == 0


def test_a_missing_package_is_named(modules, tmp_path):
    (modules / "htmx.org/dist/htmx.js").unlink()
    with pytest.raises(static_build.MissingBrowserFile, match=r"htmx\.js is missing"):
        static_build.build(modules, tmp_path / "vendor", tmp_path / "scripts")


def test_a_package_that_was_never_installed_is_named(modules, tmp_path):
    (modules / ".bin").unlink()
    with pytest.raises(static_build.MissingBrowserFile, match="esbuild is missing; run npm ci first"):
        static_build.build(modules, tmp_path / "vendor", tmp_path / "scripts")


def test_a_package_s_script_is_written_in_old_words(modules, tmp_path):
    static_build.build(modules, tmp_path / "vendor", tmp_path / "scripts")
    assert "#own" not in (tmp_path / "vendor/htmx/htmx.min.js").read_text()


def test_icons_are_found_where_they_are_named(tmp_path):
    (tmp_path / "a.html").write_text(
        """{{ ui.icon("check") }} {{ ui.empty_state(t, icon='inbox') }} {% set icons = {"done": "circle-check"} %}"""
    )
    (tmp_path / "b.py").write_text('Entry(icon="home")\nICONS = {\n    "ok": "flag",\n}\n')
    assert static_build.icons_used(tmp_path) == {"check", "inbox", "circle-check", "home", "flag"}


def test_the_sheet_has_a_symbol_for_each_icon_without_the_invisible_square(modules):
    sheet = static_build.icon_sheet({"home"}, modules / "@tabler/icons/icons/outline").decode()
    assert '<symbol id="home"' in sheet
    assert "M0 0h24v24H0z" not in sheet


def test_an_icon_that_does_not_exist_is_named(modules):
    with pytest.raises(static_build.MissingBrowserFile, match="no-such-icon"):
        static_build.icon_sheet({"no-such-icon"}, modules / "@tabler/icons/icons/outline")
