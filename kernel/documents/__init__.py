"""Documents that leave the platform: PDF that an archive can keep and a screen reader can read, and pictures.

A template (`.typ`) stands beside the code of its room that fills it; the values are handed in and set as text, never
read as source. Equal values give equal bytes. What no font draws is refused before anything is set.
"""

from kernel.documents.codes import code_matrix, code_picture
from kernel.documents.fonts import CharacterCannotBePrinted, FontChain, Fonts, Run
from kernel.documents.installed import installed
from kernel.documents.press import AT_ONCE, Drawing, TypesettingFault, pdf, png

__all__ = [
    "AT_ONCE",
    "CharacterCannotBePrinted",
    "Drawing",
    "FontChain",
    "Fonts",
    "Run",
    "TypesettingFault",
    "code_matrix",
    "code_picture",
    "installed",
    "pdf",
    "png",
]
