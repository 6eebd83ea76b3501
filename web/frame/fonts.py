"""The fonts that everything printed is set in."""

from certification.certificates.formats.fonts import FontChain, Fonts
from kernel.settings import Settings
from web.frame.templating import WEB

VENDOR_FONTS = WEB / "static" / "vendor" / "fonts"


def fonts(settings: Settings) -> Fonts:
    """The fonts of the set-up. Those in `var/fonts` help out where they lack a character."""
    added = tuple(sorted((settings.var / "fonts").glob("*.[to]tf")))
    return Fonts(
        regular=FontChain((VENDOR_FONTS / "NotoSansSC-Regular.ttf", *added)),
        strong=FontChain((VENDOR_FONTS / "NotoSansSC-Bold.ttf", *added)),
    )
