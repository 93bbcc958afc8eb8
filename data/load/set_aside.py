"""The rows that wait, as a workbook to mend: the reason beside each row, every cell as text, no formulas.

The workbook has the columns that the mapping took, under the file's own headers, and nothing else of the file.
Loaded again after mending, its rows join; the columns added here are known by their headers and left alone. What a
person said about the whole file (its school, a value for every row, what a word means) is written into the rows, so
that they are read as they would have been in their file.
"""

import io
import json

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from data.load.fields import FIELDS

SHEET, ROW, REASON = "Sheet in the file", "Row in the file", "What to mend"
OWN_HEADERS = (SHEET, ROW, REASON)

_LONGEST_CELL = 32_767


def set_aside_workbook(rows: list[tuple]) -> bytes:
    """An .xlsx of (sheet, row, cells as JSON {header: text}, reason) tuples, in their order.

    `Preview.set_aside()` and `set_aside_rows(store, upload_id)` give such rows.
    """
    cells = [json.loads(text) for _, _, text, _ in rows]
    headers = list(dict.fromkeys(header for row in cells for header in row))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("To mend")
    sheet.freeze_panes = "A2"
    sheet.append([_text(sheet, header, bold=True) for header in (*headers, *OWN_HEADERS)])
    for (name, number, _, reason), row in zip(rows, cells, strict=True):
        values = [row.get(header) for header in headers]
        sheet.append([_text(sheet, value) for value in (*values, name, str(number), reason)])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_said(rows: list[tuple], school: str | None, mappings: list[dict]) -> list[tuple]:
    """The rows with what was said about their file: `school` of the rows that name none, and `mappings`, a
    mapping as JSON with its `sheet` for each sheet."""
    by_sheet = {mapping["sheet"]: mapping for mapping in mappings}
    return [
        (sheet, row, json.dumps(_filled(json.loads(cells), school, by_sheet.get(sheet, {})), ensure_ascii=False), why)
        for sheet, row, cells, why in rows
    ]


def _filled(cells: dict, school: str | None, mapping: dict) -> dict:
    headers = {
        name: choice["header"] for name, choice in mapping.get("fields", {}).items() if choice["column"] is not None
    }
    for field, meant in mapping.get("values", {}).items():
        header = headers.get(field)
        if meant.get(cells.get(header)) is not None:
            cells[header] = str(meant[cells[header]])
    for field, value in {"school": school, **mapping.get("constants", {})}.items():
        header = headers.get(field, field)
        if field in FIELDS and value and not cells.get(header):
            cells[header] = str(value)
    return cells


def set_aside_rows(store, upload_id: int) -> list[tuple]:
    """The rows of a committed upload that wait, each with the reasons that were found."""
    rows = store.rows(
        """
        SELECT waiting.sheet, waiting."row", waiting.cells,
               coalesce(string_agg(problem.message, ' ' ORDER BY problem.field), '') AS reason
        FROM set_aside_row AS waiting
        LEFT JOIN problem ON problem.upload_id = waiting.upload_id AND problem.sheet = waiting.sheet
                         AND problem."row" = waiting."row"
        WHERE waiting.upload_id = ?
        GROUP BY waiting.sheet, waiting."row", waiting.cells
        ORDER BY waiting.sheet, waiting."row"
        """,
        [upload_id],
    )
    about = store.rows("SELECT school, mapping FROM upload WHERE upload_id = ?", [upload_id])
    return as_said(rows, about[0][0], json.loads(about[0][1])) if rows else []


def _text(sheet, value: str | None, bold: bool = False):
    if not value:
        return None
    # data_type 's': what looks like a formula stays a text.
    cell = WriteOnlyCell(sheet, value="")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
