"""A lesson's CommonMark as HTML: raw HTML off, pictures from the lesson's own folder only."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from training.courses.rules.course_files import is_media_name

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def prose(body: str, media: str) -> Markup:
    """`body` as HTML without its first heading, which the page shows itself.

    Args:
        body: CommonMark with tables.
        media: the address below which the lesson's pictures are served, without a slash at the end.
    """
    tokens = _without_title(MARKDOWN.parse(body))
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                _point(child, media)
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    wide = html.replace("<table>", '<div class="wide" tabindex="0"><table>').replace("</table>", "</table></div>")
    return Markup(wide)  # noqa: S704 - raw HTML is off, so this is the renderer's own markup


def _without_title(tokens: Sequence[Token]) -> list[Token]:
    is_titled = bool(tokens) and tokens[0].type == "heading_open" and tokens[0].tag == "h1"
    return list(tokens[3:] if is_titled else tokens)


def _point(image: Token, media: str) -> None:
    name = str(image.attrs.get("src", ""))
    image.attrs["src"] = f"{media}/{name}" if is_media_name(name) else ""
