"""QR codes, for documents and for screens."""

from io import BytesIO

import segno

FINE = 8  # pixels a module in documents: enlarged by a viewer, its edges stay sharp
QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks


def code_matrix(text: str) -> tuple[bytes, int]:
    """The code as a PNG for a document, quiet zone included, and its side in modules."""
    code = segno.make_qr(text, error="m")
    return _png(code, scale=FINE), _side(code)


def code_picture(text: str, pixels: int) -> bytes:
    """The code as a PNG of at most `pixels` a side; a module is a whole number of them."""
    code = segno.make_qr(text, error="m")
    return _png(code, scale=max(1, pixels // _side(code)))


def _side(code: segno.QRCode) -> int:
    return int(code.symbol_size(scale=1, border=QUIET)[0])


def _png(code: segno.QRCode, *, scale: int) -> bytes:
    out = BytesIO()
    code.save(out, kind="png", scale=scale, border=QUIET, dark="#000000", light="#ffffff")
    return out.getvalue()
