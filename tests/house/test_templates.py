"""A template can be read: no line is longer than a screen is wide."""

from pathlib import Path

from web.frame.templating import WEB

LONGEST = 160


def too_long(folder: Path) -> list[str]:
    """Lines of templates under `folder` that are longer than LONGEST characters."""
    return [
        f"{page.relative_to(folder)}:{number}"
        for page in sorted(folder.rglob("*.html"))
        if "static" not in page.relative_to(folder).parts
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > LONGEST
    ]


def test_no_line_of_a_template_is_too_long_to_be_read():
    assert too_long(WEB) == []


def test_a_line_too_long_is_found(tmp_path):
    (tmp_path / "page.html").write_text("字" * LONGEST + "\n" + "字" * (LONGEST + 1) + "\n")
    assert too_long(tmp_path) == ["page.html:2"]
