"""Small fonts that draw what they are told to, and the traps that real ones have."""

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def a_square():
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    pen.lineTo((100, 700))
    pen.lineTo((900, 700))
    pen.lineTo((900, 0))
    pen.closePath()
    return pen.glyph()


def make_font(path, drawn, blank="", family="Trial"):
    """A font that draws `drawn`, and maps `blank` to glyphs without an outline."""
    names = {character: f"u{ord(character):04X}" for character in drawn + blank + " "}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(character): name for character, name in names.items()})
    glyphs = {name: a_square() if character in drawn else TTGlyphPen(None).glyph() for character, name in names.items()}
    builder.setupGlyf({".notdef": a_square(), **glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path
