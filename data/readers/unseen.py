"""Rows and columns that a workbook (xlsx, xlsm) hides, by hand or by a filter: they are read, and told.

What a person does not see in Excel counts all the same, so it is found in the XML of the sheets that are seen.
"""

import html
import posixpath
import re
import zipfile
from pathlib import Path

from data.readers import limits
from data.readers.packed import opened_zip
from data.readers.refusals import shown

# What is looked at of each sheet.
SEARCHED_BYTES = 8 * limits.MB

_HIDDEN = rb'\shidden="(?:1|true)"'
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*" + _HIDDEN + rb"[^>]*(?<!/)>(.*?)</(?:\w+:)?row>", re.DOTALL)
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*" + _HIDDEN + rb"[^>]*)>")
_VALUE = re.compile(rb"<(?:\w+:)?[vt]\b[^>]*>[^<]")
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*\sr="([A-Z]{1,3})\d+"[^>]*(?<!/)>\s*<')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_MOST_NAMED = 5


def unseen(path: Path, name: str) -> str:
    """A sentence about hidden rows and columns with values; "" where there are none. Raises Refusal (damaged)."""
    rows, columns, where, cut = 0, [], [], False
    with opened_zip(path, name) as packed:
        for sheet, part in seen_sheets(packed):
            with packed.open(part) as opened:
                xml = opened.read(SEARCHED_BYTES)
            if b"hidden=" not in xml:
                continue
            cut = cut or len(xml) == SEARCHED_BYTES
            found, letters = _hidden_rows(xml), _hidden_columns(xml)
            rows, columns = rows + found, [*columns, *(one for one in letters if one not in columns)]
            where += [sheet] if found or letters else []
    return _words(rows, columns, where, cut) if where else ""


def _words(rows: int, columns: list[str], where: list[str], cut: bool) -> str:
    named = ", ".join(columns[:_MOST_NAMED]) + (" and others" if len(columns) > _MOST_NAMED else "")
    said = (
        [f"{'at least ' if cut else ''}{rows:,} hidden row{'s' if rows > 1 else ''} (a filter hides rows, too)"]
        if rows
        else []
    )
    said += [f"the hidden column{'s' if len(columns) > 1 else ''} {named}"] if columns else []
    were = "was" if rows + len(columns) == 1 else "were"
    sheets = ", ".join(f'"{shown(sheet)}"' for sheet in where[:_MOST_NAMED])
    text = (
        f"{' and '.join(said)} {were} read like all others, on {sheets}. Delete what should not count, and load again."
    )
    return text[0].upper() + text[1:]


def _hidden_rows(xml: bytes) -> int:
    return sum(1 for row in _ROW.finditer(xml) if _VALUE.search(row[1]))


def _hidden_columns(xml: bytes) -> list[str]:
    """The letters of hidden columns in which a cell has something."""
    spans = [
        (int(said["min"]), int(said["max"])) for one in _COLUMN.findall(xml) if (said := attributes(one)).get("max")
    ]
    if not spans:
        return []
    filled = {letters.decode(): _number(letters) for letters in set(_CELL.findall(xml))}
    hidden = [(place, letters) for letters, place in filled.items() if any(a <= place <= b for a, b in spans)]
    return [letters for _, letters in sorted(hidden)]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def seen_sheets(packed: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(name, part) of the worksheets that are seen; none where the workbook does not tell in the usual place."""
    there = set(packed.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= there:
        return []
    targets = {}
    for one in _RELATION.findall(packed.read("xl/_rels/workbook.xml.rels")):
        said = attributes(one)
        targets[said.get("Id")] = posixpath.normpath(posixpath.join("/xl", said.get("Target", ""))).lstrip("/")
    sheets = [attributes(one) for one in _SHEET.findall(packed.read("xl/workbook.xml"))]
    found = [(said.get("name", ""), targets.get(said.get("id"), "")) for said in sheets if _is_seen(said)]
    return [(sheet, part) for sheet, part in found if part in there]


def _is_seen(said: dict[str, str]) -> bool:
    return said.get("state", "visible") == "visible"


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a tag, without the prefixes of their names."""
    found = re.findall(r'(?:\w+:)?(\w+)\s*=\s*"([^"]*)"', tag.decode("utf-8", "replace"))
    return {name: html.unescape(value) for name, value in found}
