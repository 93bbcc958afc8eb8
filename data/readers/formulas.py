"""Formulas whose results were never saved: a program wrote the workbook, and no Excel has opened it since.

Every reader sees such cells as blank, so they are counted in the XML of the sheets.
"""

import re
import zipfile
from pathlib import Path

from data.readers import limits
from data.readers.packed import opened_zip

# What is looked at of each sheet: a program that saves no results saves none at the top either.
SEARCHED_BYTES = 8 * limits.MB

# A cell of a formula with no value, or an empty one. Where the formula gives an empty text, the type says 'str'.
_UNSAVED = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\st="str")[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def unsaved(path: Path, name: str) -> int:
    """How many cells of a workbook (xlsx, xlsm) hold formulas without saved results. Raises Refusal (damaged)."""
    with opened_zip(path, name) as packed:
        return sum(_in_sheet(packed, info) for info in packed.infolist() if _is_sheet(info.filename))


def _is_sheet(part: str) -> bool:
    part = part.replace("\\", "/").lower()
    return part.startswith("xl/worksheets/") and part.endswith(".xml")


def _in_sheet(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    with packed.open(info) as part:
        xml = part.read(SEARCHED_BYTES)
    return sum(1 for _ in _UNSAVED.finditer(xml)) if b"<f" in xml or b":f" in xml else 0
