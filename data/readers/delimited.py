"""Text files (csv, tsv, txt) to one sheet, in windows of a few megabytes, so that size does not matter.

Two lanes over the same windows. The fast lane hands a window to Arrow when every quotation mark in it
stands where it should and all its records are equally wide; otherwise the exact lane, the standard
library's reader, takes it. Both give the same records, which a test holds them to. The row number is the
number of the record, blank lines counted.
"""

from itertools import zip_longest
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from data.readers import limits
from data.readers.cells import tidy
from data.readers.delimiter import declared, vote
from data.readers.encoding import Utf8Stream
from data.readers.handover import SheetWriter, strings
from data.readers.records import RecordReader
from data.readers.refusals import refusal

SMALLEST, LARGEST = 64 << 10, 8 << 20
SAMPLE = 64 << 10
QUOTE, NEWLINE, RETURN = 34, 10, 13
# A quoted cell longer than this is left to the exact lane, which knows stray marks.
LONG_CELL = 100_000


def read_delimited(path: Path, name: str, target: Path, tell) -> tuple[dict, list[tuple[str, str]]]:
    """Read the text file `path` into `target`: the handover's entry, and notices. Raises Refusal."""
    stream = Utf8Stream(path)
    try:
        reading = _Reading(stream, SheetWriter(target, name), name, tell)
        entry = reading.run()
    finally:
        stream.close()
    if not entry["rows"]:
        raise refusal("no_values", name)
    return {"name": "", **entry, "typed_dates": [], "merged": None}, reading.notices()


class _Reading:
    """One pass over a text file: a buffer that windows are cut from, beginning at `at`."""

    def __init__(self, stream: Utf8Stream, writer: SheetWriter, name: str, tell):
        self.stream, self.writer, self.name, self.tell = stream, writer, name, tell
        self.buffer, self.at = b"", 0
        self.ended = False
        self.size = SMALLEST

    def run(self) -> dict:
        self._fill(SAMPLE)
        sample = self.buffer[:SAMPLE].decode("utf-8", "ignore")
        delimiter, self.at = declared(sample)
        self.delimiter = delimiter or vote(sample)
        self.records = RecordReader(self.delimiter)
        while self._fill(self.size):
            self.tell("Reading", self.stream.share)
            self._window()
        return self.writer.close()

    def _fill(self, size: int) -> int:
        """Take in text until `size` bytes wait, or all there is; returns how many wait."""
        if len(self.buffer) - self.at < size and not self.ended:
            pieces = [self.buffer[self.at :]]
            have = len(pieces[0])
            while have < size and not self.ended:
                pieces.append(self.stream.piece())
                self.ended = not pieces[-1]
                have += len(pieces[-1])
            self.buffer, self.at = b"".join(pieces), 0
        return len(self.buffer) - self.at

    def _reaches_end(self, size: int) -> bool:
        return self.ended and len(self.buffer) - self.at <= size

    def _window(self) -> None:
        window = self.buffer[self.at : self.at + self.size]
        end = safe_end(window, self.delimiter, self._reaches_end(self.size))
        columns = fast_columns(window[:end], self.delimiter, len(self.writer.filled)) if end else None
        if columns is not None:
            self.writer.add(columns, len(columns[0]))
            self.at += end
            self.size = min(LARGEST, self.size * 2)
        elif self.size > SMALLEST:
            self.size = max(SMALLEST, self.size // 8)
        else:
            self._exactly()

    def _exactly(self) -> None:
        """Records of one small window by the exact lane; takes in more while a record goes on."""
        size = self.size
        while True:
            final = self._reaches_end(size)
            cut = _whole_letters(self.buffer, self.at + size)
            records, left = self.records.records(self.buffer[self.at : cut].decode(), final)
            if records or final:
                break
            if size > limits.MAX_LINE_BYTES:
                raise refusal("line_too_long", self.name, megabytes=limits.MAX_LINE_BYTES // limits.MB)
            size *= 2
            self._fill(size)
        self.at = cut - len(left.encode())
        if records:
            self.writer.add(exact_columns(records, self.name), len(records))

    def notices(self) -> list[tuple[str, str]]:
        """What was odd about the text, for people."""
        strays = self.records.strays
        if not strays:
            return []
        rows = "1 row has" if strays == 1 else f"{strays:,} rows have"
        sentence = f"{rows} a quotation mark that is never closed; it was read as an ordinary character."
        return [("stray_quotes", sentence)]


def _whole_letters(data: bytes, size: int) -> int:
    """The largest cut up to `size` that does not split a UTF-8 letter."""
    size = min(size, len(data))
    while size < len(data) and size > 0 and data[size] & 0xC0 == 0x80:
        size -= 1
    return size


def safe_end(window: bytes, delimiter: str, final: bool) -> int:
    """The end of the last whole record in `window`; 0 where its quotation marks are not all in place.

    In place: each opening one follows a delimiter or line end, each closing one precedes one, or two of
    them stand for a mark within a cell. Then counting tells inside from outside, as the exact lane does.
    """
    letters = np.frombuffer(window, np.uint8)
    if final:
        end = len(window)
    elif (end := window.rfind(b"\n") + 1) == 0:
        end = window.rfind(b"\r", 0, len(window) - 1) + 1
    marks = np.flatnonzero(letters == QUOTE)
    if not end or not len(marks):
        return end
    if not final:
        ends = np.flatnonzero(letters == (NEWLINE if letters[end - 1] == NEWLINE else RETURN))
        outside = ends[np.searchsorted(marks, ends) % 2 == 0]
        outside = outside[outside < end]
        if not len(outside):
            return 0
        end = int(outside[-1]) + 1
        marks = marks[marks < end]
    return end if _in_place(letters[:end], marks, ord(delimiter)) else 0


def _in_place(letters: np.ndarray, marks: np.ndarray, delimiter: int) -> bool:
    if len(marks) % 2:
        return False
    opening, closing = marks[0::2], marks[1::2]
    if len(marks) and (closing - opening).max() > LONG_CELL:
        return False
    doubled = closing[:-1] + 1 == opening[1:]
    edge = np.zeros(256, bool)
    edge[[delimiter, NEWLINE, RETURN]] = True
    starts = edge[letters[np.maximum(opening - 1, 0)]] | (opening == 0)
    starts[1:] |= doubled
    last = len(letters) - 1
    stops = edge[letters[np.minimum(closing + 1, last)]] | (closing == last)
    stops[:-1] |= doubled
    return bool(starts.all() and stops.all())


def fast_columns(window: bytes, delimiter: str, expected: int = 0) -> list[pa.Array] | None:
    """The columns of a window of whole records by Arrow, or None where the records differ in width.

    `expected` columns, or as many as the first line has, are taken as text; none may be left to guess.
    """
    width = max(expected, _first_width(window, delimiter))
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(window),
            arrow_csv.ReadOptions(autogenerate_column_names=True, block_size=max(len(window), 1)),
            arrow_csv.ParseOptions(
                delimiter=delimiter,
                quote_char='"',
                double_quote=True,
                escape_char=False,
                newlines_in_values=True,
                ignore_empty_lines=False,
            ),
            arrow_csv.ConvertOptions(
                column_types={f"f{i}": pa.string() for i in range(width)},
                strings_can_be_null=True,
                null_values=[""],
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if any(field.type != pa.string() for field in table.schema):
        return None
    return [tidy(column.combine_chunks()) for column in table.columns]


def _first_width(window: bytes, delimiter: str) -> int:
    end = min((place for place in (window.find(b"\n"), window.find(b"\r")) if place >= 0), default=len(window))
    return window.count(delimiter.encode(), 0, end) + 1


def exact_columns(records: list[list[str]], name: str) -> list[pa.Array]:
    """Records as columns, short ones filled with NULL."""
    width = max(map(len, records))
    if width > limits.MAX_COLUMNS:
        raise refusal("too_many_columns", name, columns=width, most=limits.MAX_COLUMNS)
    if width * len(records) > limits.MAX_SPREADSHEET_CELLS:
        cells = f"{width * len(records):,}"
        raise refusal("too_many_cells", name, cells=cells, most=limits.MAX_SPREADSHEET_CELLS)
    return [tidy(strings(column)) for column in zip_longest(*records)]
