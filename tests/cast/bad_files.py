"""Files that are not what they say, and workbooks with everything that a staff list should not hold."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date

import openpyxl

HEADINGS = ("姓名", "身份证号", "岗位", "手机号", "入职日期", "农民工", "工伤保险")
ROW = ("张伟强", "990101198804120137", "维修电工", "10000000001", "2024年2月30日", "是", "?")
SHEET = "xl/worksheets/sheet1.xml"
CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc/passwd"/></svg>'


def declared_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def bad_files() -> Iterator[tuple[str, bytes]]:
    """What it is, and its bytes."""
    strange = _strange_workbook()
    yield "nothing", b""
    yield "SVG", SVG
    yield "a huge PNG", declared_png(20_000, 20_000)
    yield "bytes", b"\0\xff" * 500
    yield "old Excel", b"\xd0\xcf\x11\xe0" + b"\0" * 600
    yield (
        "an archive of a path",
        _archive({"../../etc/passwd": b"x", "[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}),
    )
    yield "a strange workbook", strange
    yield "half a workbook", strange[: len(strange) // 2]
    yield "macros", _with(strange, "xl/vbaProject.bin", b"x")
    yield "a zip bomb", _with(strange, "xl/media/x", b"\0" * 30_000_000)
    yield "a bomb for the sheet", _with(strange, SHEET, b"<worksheet>" + b" " * 30_000_000)
    yield "too many rows", _with(strange, SHEET, _sheet(20_000))
    yield "sixteen thousand columns", _with(strange, SHEET, _sheet(20, columns=16_384))
    yield "entities", _with(strange, SHEET, b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + _sheet(2))
    yield "numbers of nobody", _with(strange, SHEET, _sheet(2).replace(b'<c t="inlineStr">', b'<c t="n"><v>1e400</v>'))


def _strange_workbook() -> bytes:
    """Formulas, merged cells, a link to elsewhere, dates as text, errors, control characters' replacement."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    sheet.append(ROW)
    sheet.append(("=1+1", "=HYPERLINK('file:///etc/passwd')", "#REF!", 1e15, date(1900, 1, 1), True, 0.1))
    sheet.append(("=[1]other!A1", 990101198804120137, "焊工" * 400, "+86 100", "9999-99-99", "'", "\ufffe"))
    sheet.merge_cells("A2:C4")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(rows: int, *, columns: int = len(HEADINGS)) -> bytes:
    head = "<row>" + "".join(CELL.format(heading) for heading in HEADINGS) + "</row>"
    row = "<row>" + "".join(CELL.format(ROW[place % len(ROW)]) for place in range(columns)) + "</row>"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{head}{row * rows}</sheetData></worksheet>'.encode()


def _archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _with(workbook: bytes, name: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as old:
        return _archive({part: old.read(part) for part in old.namelist()} | {name: data})
