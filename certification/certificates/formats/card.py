"""The certificate as a card: 85.6 x 54 mm at 300 dpi, a PNG that is the same bytes for the same facts."""

from dataclasses import dataclass
from io import BytesIO

import segno
from PIL import Image, ImageDraw, ImageOps

from certification.certificates.errors import TextDoesNotFit
from certification.certificates.formats.fonts import FontChain, Fonts, sized, width
from certification.certificates.formats.guilloche import background
from certification.certificates.rules.face import Face, Field

WIDTH, HEIGHT, DPI = 1011, 638, 300

INK = (20, 28, 40)
LABEL = (86, 101, 122)
BLUE = (18, 53, 91)
RULE = (196, 208, 222)
WARNING = (190, 60, 50)

HEADER = 98
LEFT, VALUE_AT, RIGHT = 46, 178, 728
FIRST_ROW, LAST_ROW = 150, 588
COLUMN = 758  # photo and QR
PHOTO = (203, 250)  # the proportions of the 26 x 32 mm identity photo
LEADING = 1.2
QR_SIZE, QR_QUIET = 226, 4  # five pixels (0.42 mm) a module: read at arm's length


@dataclass(frozen=True, slots=True)
class Box:
    """A place for text: left edge, base line of its middle, width and height, in pixels."""

    x: int
    y: int
    width: int
    height: int


def draw_card(face: Face, *, photo: bytes, link: str, fonts: Fonts) -> bytes:
    """The card as PNG. `photo` is a JPEG or PNG of any size; `link` is the address the QR code opens.

    Raises:
        NameCannotBePrinted: before anything is drawn, when a character is in no font.
        TextDoesNotFit: when a value could only be printed illegibly small.
    """
    fonts.check([*face.texts, CAPTION])
    card = background(WIDTH, HEIGHT).copy()
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, WIDTH, HEADER), fill=BLUE)
    _centred(draw, fonts.strong, face.title, (WIDTH // 2, HEADER // 2), size=46, fill=(255, 255, 255))
    _fields(draw, face, fonts)
    _photo(card, photo)
    _qr(card, link)
    _centred(draw, fonts.regular, CAPTION, (COLUMN + QR_SIZE // 2, HEIGHT - 19), size=18, fill=LABEL)
    if face.specimen:
        card = _stamped(card, face.specimen, fonts.strong)
    out = BytesIO()
    card.save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue()


CAPTION = "扫码查看证书当前状态"


def _fields(draw: ImageDraw.ImageDraw, face: Face, fonts: Fonts) -> None:
    name, sex, *others = face.fields
    rows = len(others) + 1
    pitch = (LAST_ROW - FIRST_ROW) / (rows - 1)
    _labelled(draw, name, Box(LEFT, FIRST_ROW, 560 - LEFT, round(pitch)), fonts, size=42, chain=fonts.strong)
    _labelled(draw, sex, Box(590, FIRST_ROW, RIGHT - 590, round(pitch)), fonts, size=34, chain=fonts.strong, gap=74)
    for row, field in enumerate(others, start=1):
        y = round(FIRST_ROW + row * pitch)
        draw.line((LEFT, y - pitch / 2, RIGHT, y - pitch / 2), fill=RULE, width=1)
        _labelled(draw, field, Box(LEFT, y, RIGHT - LEFT, round(pitch)), fonts, size=34, chain=fonts.regular)


def _labelled(
    draw: ImageDraw.ImageDraw,
    field: Field,
    box: Box,
    fonts: Fonts,
    *,
    size: int,
    chain: FontChain,
    gap: int = VALUE_AT - LEFT,
) -> None:
    _line(draw, fonts.regular, field.label, (box.x, box.y), size=26, fill=LABEL)
    lines, fitted = fit(chain, field.value, box.width - gap, size, of_two=int(box.height / 2 / LEADING))
    pitch = round(fitted * LEADING)
    top = box.y - pitch * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        _line(draw, chain, line, (box.x + gap, round(top + number * pitch)), size=fitted, fill=INK)


def fit(
    chain: FontChain, text: str, room: int, size: int, *, of_two: int = 28, smallest: int = 22
) -> tuple[list[str], int]:
    """The text in one or two lines and the size in pixels at which it fits into `room` pixels.

    `of_two` is the largest size of two lines, so that they stay within their row.

    Raises:
        TextDoesNotFit: when two lines at `smallest` (1.9 mm) are not enough.
    """
    for tried in range(size, smallest - 1, -1):
        if width(chain, text, tried) <= room:
            return [text], tried
    for lines in _in_two(text):
        for tried in range(max(min(size, of_two), smallest), smallest - 1, -1):
            fitting = [pair for pair in lines if max(width(chain, line, tried) for line in pair) <= room]
            if fitting:
                return list(fitting[0]), tried
    raise TextDoesNotFit(text=text)


def _in_two(text: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The ways to cut a text in two: at a dot or a space, which is rather had smaller; elsewhere. The late cuts first.

    A word in Latin letters stays whole, and no line begins with a dot or a closing bracket.
    """
    places = [
        place
        for place in range(len(text) - 1, 0, -1)
        if text[place] not in "·、，。）) -" and not (_is_latin(text[place - 1]) and _is_latin(text[place]))
    ]
    parts = [(text[:place].rstrip(), text[place:].lstrip()) for place in places]
    natural = [pair for place, pair in zip(places, parts, strict=True) if text[place - 1] in "· -"]
    return natural, [pair for pair in parts if pair not in natural]


def _is_latin(character: str) -> bool:
    return character.isalnum() and character.isascii()


def _line(
    draw: ImageDraw.ImageDraw, chain: FontChain, text: str, at: tuple[int, int], *, size: int, fill: tuple[int, ...]
) -> None:
    """Text whose middle line is at `at`, run by run; Chinese glyphs have their middle 0.38 em above the base line."""
    x, base = float(at[0]), at[1] + round(size * 0.38)
    for run in chain.runs(text):
        font = sized(run.font, size)
        draw.text((x, base), run.text, font=font, fill=fill, anchor="ls")
        x += font.getlength(run.text)


def _centred(
    draw: ImageDraw.ImageDraw, chain: FontChain, text: str, at: tuple[int, int], *, size: int, fill: tuple[int, ...]
) -> None:
    _line(draw, chain, text, (round(at[0] - width(chain, text, size) / 2), at[1]), size=size, fill=fill)


def _photo(card: Image.Image, photo: bytes) -> None:
    with Image.open(BytesIO(photo)) as raw:
        fitted = ImageOps.fit(raw.convert("RGB"), PHOTO, Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    x = COLUMN + (QR_SIZE - PHOTO[0]) // 2
    y = HEADER + 14
    card.paste(fitted, (x, y))
    ImageDraw.Draw(card).rectangle((x - 1, y - 1, x + PHOTO[0], y + PHOTO[1]), outline=RULE, width=1)


def qr_picture(link: str, size: int) -> Image.Image:
    """The link as a QR code in at most `size` pixels, quiet zone of four modules included; modules are whole pixels."""
    code = segno.make_qr(link, error="m")
    scale = max(1, size // code.symbol_size(scale=1, border=QR_QUIET)[0])
    out = BytesIO()
    code.save(out, kind="png", scale=scale, border=QR_QUIET, dark="#000000", light="#ffffff")
    return Image.open(out).convert("RGB")


def _qr(card: Image.Image, link: str) -> None:
    plate = Image.new("RGB", (QR_SIZE, QR_SIZE), (255, 255, 255))
    code = qr_picture(link, QR_SIZE)
    plate.paste(code, ((QR_SIZE - code.width) // 2, (QR_SIZE - code.height) // 2))
    card.paste(plate, (COLUMN, HEIGHT - 34 - QR_SIZE))


def _stamped(card: Image.Image, word: str, chain: FontChain) -> Image.Image:
    """The card with `word` across it, pale, so that a demonstration can never pass for the real thing."""
    layer = Image.new("RGBA", card.size, (0, 0, 0, 0))
    _centred(ImageDraw.Draw(layer), chain, word, (LEFT + 330, 372), size=130, fill=(*WARNING, 40))
    layer = layer.rotate(14, resample=Image.Resampling.BICUBIC, center=(LEFT + 330, 372))
    return Image.alpha_composite(card.convert("RGBA"), layer).convert("RGB")
