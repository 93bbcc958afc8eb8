"""Rows of a workbook (xlsx, xlsm) that somebody struck through: they are read, and told.

A line through a row says that it does not count, which no value of it does. Only styles of cells are looked at.
"""

import re
import zipfile
from pathlib import Path

from data.readers.packed import opened_zip
from data.readers.refusals import shown
from data.readers.unseen import SEARCHED_BYTES, attributes, seen_sheets

_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(rb'<(?:\w+:)?strike\b(?![^>]*val="(?:0|false)")')
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr="(\d+)"[^>]*(?<!/)>(.*?)</(?:\w+:)?row>', re.DOTALL)
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?[vt]\b[^>]*>[^<]")
_STYLE = re.compile(rb'\ss="(\d+)"')
_MOST_NAMED = 5


def struck(path: Path, name: str) -> str:
    """A sentence about rows in which most values are struck through; "" where there are none. Raises Refusal
    (damaged)."""
    count, places = 0, []
    with opened_zip(path, name) as packed:
        lined = _lined(_start(packed, "xl/styles.xml")) if "xl/styles.xml" in packed.namelist() else frozenset()
        for sheet, part in seen_sheets(packed) if lined else []:
            rows = _rows(_start(packed, part), lined)
            count += len(rows)
            places += [f'"{shown(sheet)}" row {row}' for row in rows[:_MOST_NAMED]]
    if not count:
        return ""
    listed = ", ".join(places[:_MOST_NAMED]) + (" and others" if count > _MOST_NAMED else "")
    are, were = ("row is", "It was") if count == 1 else ("rows are", "They were")
    return (
        f"{count:,} {are} struck through ({listed}). {were} read like all others. Delete what should not count, and "
        "load again."
    )


def _start(packed: zipfile.ZipFile, part: str) -> bytes:
    with packed.open(part) as opened:
        return opened.read(SEARCHED_BYTES)


def _lined(styles: bytes) -> frozenset[bytes]:
    """The numbers of the cell formats whose font has a line through it."""
    fonts, formats = _FONTS.search(styles), _FORMATS.search(styles)
    if not fonts or not formats or b"strike" not in fonts[0]:
        return frozenset()
    through = {str(place) for place, font in enumerate(_FONT.finditer(fonts[0])) if _STRIKE.search(font[1] or b"")}
    given = [attributes(said).get("fontId") for said in _FORMAT.findall(formats[0])]
    return frozenset(str(place).encode() for place, font in enumerate(given) if font in through)


def _rows(xml: bytes, lined: frozenset[bytes]) -> list[int]:
    return [int(row[1]) for row in _ROW.finditer(xml) if _is_struck(row[2], lined)]


def _is_struck(row: bytes, lined: frozenset[bytes]) -> bool:
    filled = [_STYLE.search(said) for said, inside in _CELL.findall(row) if _VALUE.search(inside)]
    through = sum(bool(style) and style[1] in lined for style in filled)
    return through > len(filled) / 2
