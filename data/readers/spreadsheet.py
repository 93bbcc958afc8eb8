"""Spreadsheets (xlsx, xls, xlsb, ods) to sheets of text.

Two lanes over the same Rust reader. The exact lane sees every cell with its type. The fast lane, for
large sheets, takes columns of text straight into Arrow; a test holds it to the exact lane's answer.
(OpenDocument stays in the exact lane: the fast one loses its times of day.)
Hidden sheets are left out and named. Cells with Excel errors are blank, counted and named.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc
import python_calamine as calamine

from data.readers import limits
from data.readers.cells import holds, hours_text, looks_dated, moment_text, opendocument_text, text_of, tidy
from data.readers.formulas import unsaved
from data.readers.handover import SheetWriter, strings
from data.readers.packed import check_workbook
from data.readers.refusals import refusal, shown
from data.readers.struck import struck
from data.readers.unseen import unseen

FAST_LANE_BYTES = 8 * limits.MB
FAST_LANE_CELLS = 2_000_000
BLOCK = 100_000
# Excel writes control characters of a text as _x000D_.
ESCAPED = re.compile(r"_x00([0-9A-Fa-f]{2})_")
MOMENT = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$"
# Fractions of a second, and times and durations, which lie in the first days of a workbook's calendar.
ODD_MOMENT = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+$|^(1899-12-3[01]|190[04]-01-\d\d) \d\d:\d\d:\d\d(\.\d+)?$"
EPOCHS = {1899: datetime(1899, 12, 31), 1900: datetime(1899, 12, 31), 1904: datetime(1904, 1, 1)}


class SpreadsheetReader:
    """Reads one workbook into `folder`; `tell(stage, fraction)` hears how far it is."""

    def __init__(self, path: Path, name: str, kind: str, folder: Path, tell):
        self.path, self.name, self.kind, self.folder, self.tell = path, name, kind, folder, tell
        self.notices: list[tuple[str, str]] = []
        self.errors: dict[str, int] = {}
        self._second = None

    def read(self) -> list[dict]:
        """The entries of the visible sheets with values, for the handover. Raises Refusal."""
        self.tell("Checking the file", 0.0)
        largest = 0 if self.kind == "xls" else check_workbook(self.path, self.name, self.kind)
        unsaved_cells = unsaved(self.path, self.name) if self.kind == "xlsx" else 0
        book = self._open()
        visible, hidden = _sheets(book)
        lane = self._fast if largest > FAST_LANE_BYTES else self._exact
        entries = []
        for number, sheet in enumerate(visible):
            self.tell("Reading", 0.1 + 0.9 * number / len(visible))
            entry = lane(book, sheet, self.folder / f"{self.path.stem}-{number}.arrow")
            if entry["rows"]:
                entries.append({"name": sheet, **entry})
        if not entries and unsaved_cells:
            raise refusal("unsaved_formulas", self.name)
        if not entries:
            raise refusal("only_hidden_values" if hidden and self._any_value(book, hidden) else "no_values", self.name)
        self._say(hidden, unsaved_cells)
        for code, look in (("hidden_cells", unseen), ("struck_rows", struck)) if self.kind == "xlsx" else ():
            if found := look(self.path, self.name):
                self.notices.append((code, found))
        return entries

    def _open(self) -> calamine.CalamineWorkbook:
        try:
            return calamine.CalamineWorkbook.from_path(str(self.path))
        except calamine.PasswordError:
            raise refusal("password", self.name) from None
        except BaseException as error:  # a panic of the Rust reader is no Exception
            raise self._translated(error) from None

    def _exact(self, book, sheet: str, target: Path) -> dict:
        cells = self._sheet(book, sheet)
        if cells.end is None:
            return SheetWriter(target, self.name).close()
        height, width = cells.end[0] + 1, cells.end[1] + 1
        self._check_cells(height * width)
        merged = _ranges(cells.merged_cell_ranges)
        if height * width > FAST_LANE_CELLS and self.kind != "ods":
            return {**self._fast(book, sheet, target), "merged": merged}
        try:
            rows = cells.to_python(skip_empty_area=False)
        except BaseException as error:
            raise self._translated(error) from None
        writer, dated = SheetWriter(target, self.name), [0] * width
        for start in range(0, height, BLOCK):
            block = rows[start : start + BLOCK]
            columns = list(zip(*block, strict=True))
            writer.add([self._column(column, dated, i) for i, column in enumerate(columns)], len(block))
        self._count_errors(sheet)
        typed = [f"c{i}" for i, count in enumerate(dated) if count and count * 2 >= writer.filled[i]]
        return {**writer.close(), "typed_dates": typed, "merged": merged}

    def _sheet(self, book, sheet: str):
        try:
            return book.get_sheet_by_name(sheet)
        except BaseException as error:
            raise self._translated(error) from None

    def _check_cells(self, cells: int) -> None:
        if cells > limits.MAX_SPREADSHEET_CELLS:
            raise refusal("too_many_cells", self.name, cells=f"{cells:,}", most=limits.MAX_SPREADSHEET_CELLS)

    def _column(self, values: tuple, dated: list[int], index: int) -> pa.Array:
        kinds = set(map(type, values))
        if kinds == {str}:
            return tidy(strings([self._mended(v) for v in values] if self._needs_mending(values) else values))
        texts = []
        for value in values:
            text = text_of(value)
            if type(value) is str:
                text = self._mended(text)
            elif text is not None and len(text) >= 10 and text[4] == "-":
                dated[index] += 1
            texts.append(text)
        return tidy(strings(texts))

    def _needs_mending(self, values: tuple) -> bool:
        return self.kind == "ods" or any("_x00" in value for value in values)

    def _mended(self, text: str) -> str:
        if self.kind == "ods":
            return opendocument_text(text)
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x00" in text else text

    def _count_errors(self, sheet: str) -> None:
        """The exact lane sees an error as a blank; the other reader of the same file tells them apart."""
        try:
            loaded = self._columns_of(sheet)
            self._note_errors(sheet, loaded.to_arrow_with_errors()[1])
        except BaseException:
            return  # A count for a notice only: the values have been read.

    def _note_errors(self, sheet: str, found) -> None:
        count = sum("Error(" in error.detail for error in found.errors) if found else 0
        if count:
            self.errors[sheet] = count

    def _fast(self, book, sheet: str, target: Path) -> dict:
        try:
            loaded = self._columns_of(sheet)
            batch, errors = loaded.to_arrow_with_errors()
            places = [column.absolute_index for column in loaded.selected_columns]
        except BaseException as error:
            raise self._translated(error) from None
        self._check_cells(batch.num_rows * batch.num_columns)
        self._note_errors(sheet, errors)
        with ThreadPoolExecutor(limits.THREADS) as threads:
            columns = dict(zip(places, threads.map(_plain, batch.columns), strict=True))
        blank = pa.nulls(batch.num_rows, pa.string())
        width = max(places, default=-1) + 1
        writer = SheetWriter(target, self.name)
        writer.add([columns.get(i, blank) for i in range(width)], batch.num_rows)
        typed = [f"c{i}" for i, column in columns.items() if looks_dated(column)]
        return {**writer.close(), "typed_dates": typed, "merged": None}

    def _columns_of(self, sheet: str):
        """The sheet as columns of text, from row 1, by the second reader; opened once for all sheets."""
        if self._second is None:
            self._second = fastexcel.read_excel(str(self.path))
        return self._second.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string", schema_sample_rows=1)

    def _any_value(self, book, sheets: list[str]) -> bool:
        return any(self._sheet(book, sheet).end is not None for sheet in sheets)

    def _translated(self, error: BaseException):
        words = str(error)
        if isinstance(error, MemoryError):
            return refusal("reader_failed", self.name)
        if "assword" in words:
            return refusal("password", self.name)
        if "limit exceeded" in words:
            return refusal("too_many_cells", self.name, cells="very many", most=limits.MAX_SPREADSHEET_CELLS)
        return refusal("damaged", self.name)

    def _say(self, hidden: list[str], unsaved_cells: int) -> None:
        if unsaved_cells:
            cells = "1 cell holds a formula" if unsaved_cells == 1 else f"{unsaved_cells:,} cells hold formulas"
            said = (
                f"{cells} without a saved result and read as blank. Open the file in Excel, save it, and load it again."
            )
            self.notices.append(("unsaved_formulas", said))
        if hidden:
            names = ", ".join(f'"{shown(sheet)}"' for sheet in hidden[:10])
            more = f" and {len(hidden) - 10} more" if len(hidden) > 10 else ""
            plural = "Hidden sheets were" if len(hidden) > 1 else "A hidden sheet was"
            self.notices.append(("hidden_sheets", f"{plural} not read: {names}{more}."))
        if self.errors:
            total = sum(self.errors.values())
            where = ", ".join(f'"{shown(sheet)}"' for sheet in list(self.errors)[:5])
            cells, were = ("1 cell shows", "was") if total == 1 else (f"{total:,} cells show", "were")
            said = f"{cells} an Excel error (such as #N/A) and {were} read as blank, on {where}."
            self.notices.append(("error_cells", said))


def _sheets(book) -> tuple[list[str], list[str]]:
    """Names of the visible and of the hidden worksheets; chart and macro sheets hold no cells to read."""
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    shown_ones = [sheet.name for sheet in sheets if sheet.visible == calamine.SheetVisibleEnum.Visible]
    return shown_ones, [sheet.name for sheet in sheets if sheet.name not in shown_ones]


def _ranges(merged) -> list[list[int]] | None:
    """Merged ranges with row numbers as a spreadsheet shows them; None where the format does not tell."""
    if merged is None:
        return None
    return [[top + 1, left, bottom + 1, right] for (top, left), (bottom, right) in merged]


def _plain(column: pa.Array) -> pa.DictionaryArray:
    """A column of the fast lane, each different text looked at once."""
    coded = column.dictionary_encode()
    return pa.DictionaryArray.from_arrays(coded.indices, _written(tidy(coded.dictionary)))


def _written(column: pa.Array) -> pa.Array:
    """Texts of the fast lane: dates, times and booleans as the exact lane writes them."""
    lengths = pc.binary_length(column)
    if pc.any(pc.greater_equal(lengths, 19)).as_py() and pc.any(pc.match_substring_regex(column, MOMENT)).as_py():
        column = _dates(column)
    for small, large in (("true", "TRUE"), ("false", "FALSE")):
        said = pc.equal(column, small)
        if pc.any(said).as_py():
            column = pc.if_else(said, pa.scalar(large), column)
    if holds(column, b"_x00"):
        column = tidy(strings([v and ESCAPED.sub(lambda found: chr(int(found[1], 16)), v) for v in column.to_pylist()]))
    return column


def _dates(column: pa.Array) -> pa.Array:
    """Moments without their midnight, to the second; times and durations as hours."""
    odd = pc.fill_null(pc.match_substring_regex(column, ODD_MOMENT), False)
    if pc.any(odd).as_py():
        texts = strings([_odd_moment(text) for text in column.filter(odd).to_pylist()])
        column = pc.replace_with_mask(column, odd, texts)
    return pc.replace_substring_regex(column, r"^(\d{4}-\d\d-\d\d) 00:00:00$", r"\1")


def _odd_moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    if moment.year in EPOCHS and not text.endswith("00:00:00"):
        return hours_text(round((moment - EPOCHS[moment.year]).total_seconds()))
    return moment_text(moment)
