"""What a printed document promises is looked for in its bytes, and each promise that is broken is told by name."""

import re
from pathlib import Path

import typst

from tests.cast.promises import broken_promises

HOUSE = Path(__file__).parent.parent.parent.parent
MAKES_A_PDF = re.compile(r"^def (\w+_pdf)\(", re.MULTILINE)
BY_HAND = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 37>>stream
BT /F1 24 Tf 20 100 Td (Hello) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF
"""
OF_NO_STANDARD = {
    "an archive can keep it",
    "it can be read aloud",
    "its title is in its description",
    "its colours are those of a known device",
    "it has a title",
    "its language is zh",
}


def test_a_document_of_no_standard_keeps_none_of_the_promises():
    assert set(broken_promises(typst.compile(b"#set page(width: 5cm, height: 5cm)\nHello"))) == OF_NO_STANDARD


def test_a_font_that_is_not_in_the_file_and_a_page_without_structure_are_told_with_the_page():
    assert set(broken_promises(BY_HAND)) - OF_NO_STANDARD == {
        "its structure is tagged",
        "every font is embedded on page 1",
        "there is something to read aloud on page 1",
    }


def test_every_kind_of_document_that_leaves_the_house_has_its_promises_looked_at():
    made = {
        name
        for room in HOUSE.glob("*/*/formats*")
        for file in ([room] if room.suffix == ".py" else room.rglob("*.py"))
        for name in MAKES_A_PDF.findall(file.read_text(encoding="utf-8"))
    } - {"sitting_pdf"}  # which test_sitting_papers.py prints by its button, and looks at
    assert len(made) >= 4
    looked_at = "".join(
        text
        for file in (HOUSE / "tests").rglob("test_*.py")
        if "broken_promises" in (text := file.read_text(encoding="utf-8"))
    )
    assert {name for name in made if name not in looked_at} == set()
