"""What a PDF promises an archive (PDF/A-3a) and a screen reader (PDF/UA-1), as far as its own bytes and pdfium tell.

No validator of these standards comes without Java: veraPDF is the one, and what PyPI has wraps it. The typesetter
checks what it writes; this checks what a reader of the file meets, and that nobody turned the typesetter's check off.
"""

import ctypes
import re
from collections.abc import Callable, Iterator

import pypdfium2
from pypdfium2 import raw

SAID = {
    "an archive can keep it": rb"<pdfaid:part>3</pdfaid:part>\s*<pdfaid:conformance>A<",
    "it can be read aloud": rb"<pdfuaid:part>1</pdfuaid:part>",
    "its title is in its description": rb"<dc:title>",
    "its colours are those of a known device": rb"/OutputIntents?\b|/GTS_PDFA1\b",
}
FORBIDDEN = (b"/JavaScript", b"/Launch", b"/Encrypt")  # in what is archived


def broken_promises(pdf: bytes, lang: str = "zh") -> list[str]:
    """What a document lacks, each in a few words."""
    document = pypdfium2.PdfDocument(pdf)
    lacking = [name for name, promise in SAID.items() if not re.search(promise, pdf)]
    lacking += [] if raw.FPDFCatalog_IsTagged(document) else ["its structure is tagged"]
    lacking += [] if document.get_metadata_value("Title") else ["it has a title"]
    spoken = _text(lambda buffer, size: raw.FPDFCatalog_GetLanguage(document, buffer, size))
    lacking += [] if spoken.split("-")[0] == lang else [f"its language is {lang}"]
    for number, page in enumerate(document, start=1):
        lacking += [f"{what} on page {number}" for what in _lacking(page)]
    return lacking + [f"{each!r} is not in it" for each in FORBIDDEN if each in pdf]


def _lacking(page: pypdfium2.PdfPage) -> Iterator[str]:
    if not all(map(_is_embedded, page.get_objects([raw.FPDF_PAGEOBJ_TEXT]))):
        yield "every font is embedded"
    elements = list(_elements(page))
    if not elements:
        yield "there is something to read aloud"
    if any(kind == "Figure" and not words for kind, words in elements):
        yield "every picture has words"


def _is_embedded(written: pypdfium2.PdfObject) -> bool:
    return bool(raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(written)))


def _elements(page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    """Kind and words of everything on the page that has a place in the structure."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    waiting = [raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(raw.FPDF_StructTree_CountChildren(tree))]
    while waiting:
        element = waiting.pop()
        if not element:
            continue
        yield _of(raw.FPDF_StructElement_GetType, element), _of(raw.FPDF_StructElement_GetAltText, element)
        count = raw.FPDF_StructElement_CountChildren(element)
        waiting += [raw.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(count)]
    raw.FPDF_StructTree_Close(tree)


def _of(ask: Callable[..., int], element: object) -> str:
    return _text(lambda buffer, size: ask(element, buffer, size))


def _text(ask: Callable[[object, int], int]) -> str:
    """What pdfium writes into a buffer, which it is asked for twice: first how long it is."""
    size = ask(None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
