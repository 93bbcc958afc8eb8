"""Files to take away: CSV and workbooks in which nothing is a live formula.

A cell that begins with = + - @ (or a tab or line end before one) is opened by spreadsheets as a formula.
Text like that gets an apostrophe in front; numbers stay numbers.
"""

import io
import re

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.properties import PageSetupProperties
from pandas.api.types import is_numeric_dtype

LINE_ENDS = re.compile(r"[\r\n\t]+")
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def defused(cell):
    """Text that a spreadsheet would take for a formula, made plain and one line; anything else as it is."""
    if not isinstance(cell, str):
        return cell
    line = LINE_ENDS.sub(" ", cell)
    return f"'{line}" if cell.lstrip(" ").startswith(LIVE) or line.lstrip().startswith(LIVE) else line


def safe(table: pd.DataFrame) -> pd.DataFrame:
    """A copy of a table with every text cell and header defused."""
    columns = [column if is_numeric_dtype(column) else column.map(defused) for _, column in table.items()]
    made = pd.concat(columns, axis=1) if columns else table.copy()
    made.columns = [defused(str(name)) for name in table.columns]
    return made


def csv(table: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads accents; every digit kept."""
    return safe(table).to_csv(index=False).encode("utf-8-sig")


def explained(answer, left_out=(), table: pd.DataFrame | None = None, of_whom: str = "") -> pd.DataFrame:
    """An answer's table (or `table`, the same reshaped), each row with all that a reader needs to redo it.

    Beside the numbers stand the measure's definition, how the table follows from it, the period, the filters
    (`of_whom`), what was left out and why, and the answer's notes.
    """
    measure = answer.measure
    rows = answer.table if table is None else table
    if answer.behind is not None:
        rows = _joined(rows, answer.behind)
    return rows.assign(
        measure=measure.name,
        unit=answer.unit or measure.unit_words,
        numerator_is=answer.numerator_is or measure.numerator,
        denominator_is=measure.denominator,
        caution=measure.caveat,
        method=answer.method,
        first_day=answer.start,
        last_day=answer.end,
        as_of=answer.as_of,
        filters=of_whom,
        left_out=" ".join(str(reason) for reason in left_out),
        notes=" ".join(answer.notes),
    )


def _joined(rows: pd.DataFrame, behind: pd.DataFrame) -> pd.DataFrame:
    """The columns of `behind` that `rows` lack, by the columns that both have."""
    shared = [name for name in behind if name in rows]
    new = [name for name in behind if name not in rows]
    return rows.merge(behind, how="left", on=shared) if shared and new else rows


def answer_csv(*parts: pd.DataFrame) -> bytes:
    """Explained answers below one another."""
    return csv(pd.concat(parts, ignore_index=True))


def workbook(table: pd.DataFrame, sheet: str, about: str = "") -> bytes:
    """One sheet as .xlsx: `about` in the first row, then headers and rows; text cells are text, never formulas."""
    book = Workbook()
    page = book.active
    page.title = sheet
    first = 1
    if about:
        _write(page, 1, 1, about)
        first = 3
    for column, name in enumerate(table.columns, start=1):
        _write(page, first, column, str(name)).font = Font(bold=True)
        page.column_dimensions[page.cell(first, column).column_letter].width = max(14, len(str(name)) + 2)
    for row, cells in enumerate(table.itertuples(index=False), start=first + 1):
        for column, cell in enumerate(cells, start=1):
            _write(page, row, column, cell)
    page.freeze_panes = page.cell(first + 1, 1)
    _to_print(page, first)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _to_print(page, head: int):
    """All columns on one page's width, the headers on every page, and which page of how many."""
    page.page_setup.orientation = "landscape"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0  # as many pages as it takes
    page.print_title_rows = f"{head}:{head}"
    page.oddFooter.center.text = "&P / &N"


def _write(page, row: int, column: int, value):
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        value = None
    elif isinstance(value, pd.Timestamp):
        value = value.date()
    elif hasattr(value, "item"):
        value = value.item()
    cell = page.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        # openpyxl takes text that begins with "=" for a formula; as a string with a quote prefix it is text.
        cell.data_type = "s"
        cell.quotePrefix = value.lstrip(" ").startswith(LIVE)
    return cell
