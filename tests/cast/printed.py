"""Reading what was printed as its readers do: the text of a page, its codes, its size."""

import pypdfium2
import zxingcpp
from PIL import Image

MILLIMETRE = 72 / 25.4  # points


def opened(pdf: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, its lines as they stand on it."""
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in opened(pdf)]


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of the pages in millimetres."""
    return {(round(width / MILLIMETRE), round(height / MILLIMETRE)) for width, height in map(_size, opened(pdf))}


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    return width, height


def pictures(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    return [page.render(scale=dpi / 72).to_pil() for page in opened(pdf)]


def codes(picture: Image.Image) -> list[str]:
    """What a phone reads from each of the codes on it."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]
