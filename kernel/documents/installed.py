"""The fonts of this installation."""

from pathlib import Path

from kernel.documents.fonts import FontChain, Fonts
from kernel.documents.press import HOUSE

# The build puts them there, for screens and for paper.
FOLDER = HOUSE / "web" / "static" / "vendor" / "fonts"


def installed(var: Path) -> Fonts:
    """The house's fonts. Those that lie in `fonts` under `var` help out where they lack a character."""
    added = tuple(sorted((var / "fonts").glob("*.[to]tf")))
    return Fonts(
        regular=FontChain((FOLDER / "NotoSansSC-Regular.ttf", *added)),
        strong=FontChain((FOLDER / "NotoSansSC-Bold.ttf", *added)),
    )
