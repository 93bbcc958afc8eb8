"""Guards what is zipped, before anything unpacks it: size, ratio, passwords, entities, far-away cells.

These checks give quick and exact sentences. Safety does not rest on them: the limits of the child
process hold for whatever passes here.
"""

import lzma
import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path

from data.readers import limits
from data.readers.refusals import refusal

ENCRYPTED = 0x1
# Sheets up to this size are searched cell by cell; larger ones are only counted.
SEARCHED_BYTES = 8 * limits.MB
SMALLEST_CELL = 14  # <c><v>1</v></c>
CHUNK = 4 * limits.MB

CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*)?(?<!/)>\s*<(?!/)")
PLACE = re.compile(rb'\sr\s*=\s*["\']\$?([A-Za-z]{1,3})\$?(\d{1,7})["\']')
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr\s*=\s*["\'](\d{1,7})["\']')


@contextmanager
def opened_zip(path: Path, name: str):
    """The zip at `path`; whatever is wrong inside it becomes a Refusal (damaged, password)."""
    try:
        with zipfile.ZipFile(path) as packed:
            yield packed
    except NotImplementedError:
        raise refusal("packed_oddly", name) from None
    except RuntimeError:  # zipfile's word for an encrypted member
        raise refusal("password", name) from None
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, struct.error):
        raise refusal("damaged", name) from None


def check_zip(path: Path, name: str, most: int) -> None:
    """Refuse a zip that is encrypted or that unpacks to more than `most` bytes or 100 times its size."""
    with opened_zip(path, name) as packed:
        members = packed.infolist()
    if any(info.flag_bits & ENCRYPTED for info in members):
        raise refusal("password", name)
    unpacked = sum(info.file_size for info in members)
    if unpacked > most or unpacked > max(limits.RATIO_FLOOR, limits.MAX_RATIO * path.stat().st_size):
        raise refusal("unpacks_too_large", name)


def check_workbook(path: Path, name: str, kind: str) -> int:
    """Look into a zipped workbook; returns the unpacked bytes of its largest sheet.

    Raises Refusal: password, unpacks_too_large, unsafe_xml, too_many_cells.
    """
    check_zip(path, name, limits.MAX_WORKBOOK_UNPACKED)
    with opened_zip(path, name) as packed:
        if kind == "ods":
            _check_opendocument(packed, name)
            return 0
        if kind == "xlsb":
            return 0
        largest = 0
        for info in packed.infolist():
            part = info.filename.replace("\\", "/").lower()
            if part.endswith((".xml", ".rels")):
                _check_entities(packed, info, name)
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                largest = max(largest, info.file_size)
                _check_cells(packed, info, name)
        return largest


def _check_opendocument(packed: zipfile.ZipFile, name: str) -> None:
    for info in packed.infolist():
        if info.filename.lower() == "meta-inf/manifest.xml" and b"encryption-data" in packed.read(info):
            raise refusal("password", name)
        if info.filename.lower() in ("content.xml", "styles.xml"):
            _check_entities(packed, info, name)


def _check_entities(packed: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> None:
    with packed.open(info) as part:
        start = part.read(64 << 10).replace(b"\0", b"")
    if b"<!ENTITY" in start or b"<!DOCTYPE" in start:
        raise refusal("unsafe_xml", name)


def _check_cells(packed: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> None:
    if info.file_size <= SEARCHED_BYTES:
        rows, columns = valued_box(packed.read(info))
        cells = rows * columns
    elif info.file_size >= limits.MAX_SPREADSHEET_CELLS * SMALLEST_CELL:
        cells = _count_cells(packed, info)
    else:
        return
    if cells > limits.MAX_SPREADSHEET_CELLS:
        raise refusal("too_many_cells", name, cells=f"{cells:,}", most=limits.MAX_SPREADSHEET_CELLS)


def valued_box(xml: bytes) -> tuple[int, int]:
    """Rows and columns of the box from A1 to the last cell with a value in a worksheet's XML."""
    last_row = last_column = 0
    for attributes in set(CELL.findall(xml)):
        if place := PLACE.search(attributes):
            last_row = max(last_row, int(place[2]))
            last_column = max(last_column, _column_number(place[1]))
    # Cells may leave their place out; then the rows at least say where they are.
    rows = last_row or max((int(number) for number in ROW.findall(xml)), default=0)
    return rows, last_column or 1


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _count_cells(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    cells, tail = 0, b""
    with packed.open(info) as part:
        while chunk := part.read(CHUNK):
            block = tail + chunk
            cells += block.count(b"</c>") + block.count(b":c>")
            tail = block[-3:]
    return cells
