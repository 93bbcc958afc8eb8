"""How tables cross from the child process to the parent: Arrow files in a private folder, memory mapped.

A sheet is one Arrow file, most of its columns codes (`data.readers.texts`). It is written batch by batch, so that a
log of ten million rows never lies in memory; a sheet that turns out wider than it began, or with a column that is
not worth codes after all, is put together again at the end.
"""

import os
from pathlib import Path

import numpy as np
import pyarrow as pa

from data.readers import limits
from data.readers.refusals import refusal
from data.readers.texts import CODES, Texts, decoded

SMALL_FILE = 1 << 20
# Windows are written together: whoever reads a batch looks at all texts of its columns once.
BATCH_ROWS = 1 << 17
BATCH_CELLS = 4_000_000

ROW = pa.field("row", pa.int32(), nullable=False)


def schema(coded: list[bool]) -> pa.Schema:
    """The columns of every sheet: row, c0, c1, ..., coded or not."""
    return pa.schema([ROW, *(pa.field(f"c{i}", CODES if codes else pa.string()) for i, codes in enumerate(coded))])


class SheetWriter:
    """Writes one sheet: `add` batches of columns in order, then `close`."""

    def __init__(self, path: Path, name: str):
        self.path, self.name = path, name
        self.rows = 0
        self.last_row = 0  # the last row with a value
        self.filled: list[int] = []  # per column, how many cells have a value
        self._texts: list[Texts] = []
        self._waiting: list[tuple[list[pa.Array], int]] = []  # small batches, to be written together
        self._waiting_rows = 0
        self._written = 0
        self._parts: list[Path] = []
        self._coded: list[bool] | None = None  # of the part that is being written
        self._file = self._ipc = None

    def add(self, columns: list[pa.Array], rows: int) -> None:
        """Append `rows` rows; `columns` are tidied texts or dictionaries of texts, fewer or more than before."""
        if len(columns) > limits.MAX_COLUMNS:
            raise refusal("too_many_columns", self.name, columns=len(columns), most=limits.MAX_COLUMNS)
        self._texts += [Texts() for _ in columns[len(self._texts) :]]
        columns = [texts.codes(column) for texts, column in zip(self._texts, columns, strict=False)]
        self._count(columns, rows)
        self.rows += rows
        if self.rows * len(self.filled) > limits.MAX_TEXT_CELLS:
            cells = f"{self.rows * len(self.filled):,}"
            raise refusal("too_many_cells", self.name, cells=cells, most=limits.MAX_TEXT_CELLS)
        self._waiting.append((columns, rows))
        self._waiting_rows += rows
        if self._waiting_rows >= BATCH_ROWS or self._waiting_rows * len(self.filled) >= BATCH_CELLS:
            self._write()

    @property
    def coded(self) -> tuple[bool, ...]:
        """Which of the columns so far are codes."""
        return tuple(texts.coded for texts in self._texts)

    def close(self) -> dict:
        """Finish the file. Returns what the parent needs to open it, without blank columns and rows at the end."""
        self._write()
        self._end_part()
        if len(self._parts) > 1:
            self._join_parts()
        else:
            self._parts[0].rename(self.path)
        width = max((i + 1 for i, filled in enumerate(self.filled) if filled), default=0)
        return {"file": self.path.name, "rows": self.last_row, "width": width}

    def _count(self, columns: list[pa.Array], rows: int) -> None:
        self.filled += [0] * (len(columns) - len(self.filled))
        for i, column in enumerate(columns):
            self.filled[i] += rows - column.null_count
        for offset in range(rows - 1, -1, -1):
            if any(column[offset].is_valid for column in columns):
                self.last_row = self.rows + offset + 1
                return

    def _write(self) -> None:
        """Write what waits as one batch, as wide as the sheet is by now."""
        for texts in self._texts:
            texts.weigh()
        coded = [texts.coded for texts in self._texts]
        if coded != self._coded:
            self._start_part(coded)
        columns = [
            texts.joined([_nth(batch, i, rows) for batch, rows in self._waiting]) for i, texts in enumerate(self._texts)
        ]
        numbers = pa.array(np.arange(self._written + 1, self.rows + 1, dtype=np.int32))
        self._ipc.write_batch(pa.record_batch([numbers, *columns], schema=schema(coded)))
        self._waiting, self._waiting_rows, self._written = [], 0, self.rows

    def _start_part(self, coded: list[bool]) -> None:
        self._end_part()
        self._coded = coded
        part = self.path.with_suffix(f".part{len(self._parts)}")
        self._parts.append(part)
        self._file = pa.OSFile(str(part), "wb")
        self._ipc = _written_to(self._file, coded)

    def _end_part(self) -> None:
        if self._ipc is not None:
            self._ipc.close()
            self._file.close()
            self._ipc = None

    def _join_parts(self) -> None:
        with pa.OSFile(str(self.path), "wb") as out, _written_to(out, self._coded) as joined:
            for part in self._parts:
                with pa.memory_map(str(part)) as mapped:
                    batches = pa.ipc.open_file(mapped)
                    for i in range(batches.num_record_batches):
                        joined.write_batch(self._as_at_the_end(batches.get_batch(i)))
                os.unlink(part)

    def _as_at_the_end(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """A batch of an earlier part with all columns, coded as they turned out."""
        cells = [column.indices if texts.coded else decoded(column)
                 for texts, column in zip(self._texts, batch.columns[1:], strict=False)]  # fmt: skip
        columns = [texts.joined([_nth(cells, i, batch.num_rows)]) for i, texts in enumerate(self._texts)]
        return pa.record_batch([batch.column(0), *columns], schema=schema(self._coded))


def _written_to(file, coded: list[bool]):
    return pa.ipc.new_file(file, schema(coded), options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True))


def _nth(columns: list[pa.Array], i: int, rows: int) -> pa.Array:
    """Column `i` of a batch; blank cells where the batch is narrower (codes, as they are before there is a text)."""
    return columns[i] if i < len(columns) else pa.nulls(rows, pa.int32())


def open_sheet(folder: Path, entry: dict) -> pa.Table:
    """The table of a sheet that the child wrote, mapped from disk and not loaded."""
    path = folder / entry["file"]
    # A mapping holds a file handle; a workbook with a tab for each student would use them up.
    small = path.stat().st_size < SMALL_FILE
    mapped = pa.py_buffer(path.read_bytes()) if small else pa.memory_map(str(path))
    table = pa.ipc.open_file(mapped).read_all()
    return table.select(["row", *(f"c{i}" for i in range(entry["width"]))]).slice(0, entry["rows"])


def strings(values) -> pa.Array:
    """Python text and None as a string array; text that is no valid Unicode is mended."""
    try:
        return pa.array(values, pa.string())
    except (UnicodeEncodeError, pa.ArrowException):
        return pa.array([None if v is None else v.encode("utf-8", "replace").decode() for v in values], pa.string())
