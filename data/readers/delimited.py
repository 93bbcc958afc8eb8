"""Text files (csv, tsv, txt) to one sheet, in windows of a few megabytes, so that size does not matter.

Two lanes over the same windows. The fast lane hands a window to Arrow when every quotation mark in it
stands where it should and all its records are equally wide; otherwise the exact lane, the standard
library's reader, takes it. Both give the same records, which a test holds them to. The row number is the
number of the record, blank lines counted.

Windows of full size are parsed ahead, beside each other, by threads; they are taken in their order, and one that
the fast lane cannot take is put back with all that follow it.
"""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from data.readers import limits
from data.readers.cells import tidy
from data.readers.delimiter import declared, vote
from data.readers.encoding import MAC, Utf8Stream
from data.readers.handover import SheetWriter, strings
from data.readers.records import RecordReader
from data.readers.refusals import refusal
from data.readers.texts import CODES

SMALLEST, LARGEST = 64 << 10, 8 << 20
AHEAD = 3
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
        with ThreadPoolExecutor(limits.THREADS) as threads:
            ahead: deque[tuple[bytes, Future]] = deque()
            while ahead or self._fill(self.size):
                while len(ahead) < (AHEAD if self.size == LARGEST else 1) and self._fill(self.size):
                    ahead.append(self._window(threads))
                self.tell("Reading", self.stream.share)
                self._take(ahead)
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

    def _window(self, threads: ThreadPoolExecutor) -> tuple[bytes, Future]:
        """Cut off the next window; its columns will be there in time. An empty one is of no record that ends in it."""
        window = self.buffer[self.at : self.at + self.size]
        window = window[: records_end(window, self._reaches_end(self.size))]
        self.at += len(window)
        return window, threads.submit(fast_columns, window, self.delimiter, self.writer.coded)

    def _take(self, ahead: deque) -> None:
        """The records of the next window; where the fast lane cannot take them, of a smaller one, or exactly."""
        window, columns = ahead.popleft()
        columns = columns.result()
        if columns is not None:
            self.writer.add(columns, len(columns[0]))
            self.size = min(LARGEST, self.size * 2)
            return
        self.buffer, self.at = b"".join([window, *(later for later, _ in ahead), self.buffer[self.at :]]), 0
        ahead.clear()
        if self.size > SMALLEST:
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
        letters = _about_letters(self.stream)
        if not strays:
            return letters
        rows = "1 row has" if strays == 1 else f"{strays:,} rows have"
        sentence = f"{rows} a quotation mark that is never closed; it was read as an ordinary character."
        return [("stray_quotes", sentence), *letters]


def _about_letters(stream: Utf8Stream) -> list[tuple[str, str]]:
    if stream.letters == MAC:
        sentence = (
            "Letters with accents are read as an older Mac program writes them (Mac Roman). Look at the names: if they "
            "are garbled, save the file as “CSV UTF-8” and load it again."
        )
        return [("mac_letters", sentence)]
    if stream.unsure and stream.letters is None:
        sentence = (
            "Letters with accents may be garbled, as the file does not tell how they are written. Look at the names: "
            "if they are wrong, save the file as “CSV UTF-8” and load it again."
        )
        return [("unsure_letters", sentence)]
    return []


def _whole_letters(data: bytes, size: int) -> int:
    """The largest cut up to `size` that does not split a UTF-8 letter."""
    size = min(size, len(data))
    while size < len(data) and size > 0 and data[size] & 0xC0 == 0x80:
        size -= 1
    return size


def records_end(window: bytes, final: bool) -> int:
    """The end of the last whole record in `window`, if its quotation marks are all in place; 0 where there is none."""
    if final:
        return len(window)
    end = window.rfind(b"\n") + 1 or window.rfind(b"\r", 0, len(window) - 1) + 1
    letters = np.frombuffer(window, np.uint8, end)
    marks = letters == QUOTE
    if not np.count_nonzero(marks) % 2:
        return end
    # The last line end stands within a quoted cell.
    ends = np.flatnonzero(letters == letters[end - 1])
    outside = ends[np.searchsorted(np.flatnonzero(marks), ends) % 2 == 0]
    return int(outside[-1]) + 1 if len(outside) else 0


def in_place(window: bytes, delimiter: str) -> bool:
    """Are the quotation marks of whole records all in place, so that counting tells inside from outside?

    In place: each opening one follows a delimiter or line end, each closing one precedes one, or two of
    them stand for a mark within a cell. Then counting them is what the exact lane does.
    """
    letters = np.frombuffer(window, np.uint8)
    marks = np.flatnonzero(letters == QUOTE)
    if not len(marks):
        return True
    opening, closing = marks[0::2], marks[1::2]
    if len(marks) % 2 or (closing - opening).max() > LONG_CELL:
        return False
    # The window's own ends are edges; there the neighbor is some other letter, which does not count.
    starts = _edges(letters.take(opening - 1, mode="wrap"), delimiter)
    starts[0] |= opening[0] == 0
    stops = _edges(letters.take(closing + 1, mode="wrap"), delimiter)
    stops[-1] |= closing[-1] == len(letters) - 1
    if starts.all() and stops.all():
        return True
    doubled = closing[:-1] + 1 == opening[1:]
    starts[1:] |= doubled
    stops[:-1] |= doubled
    return bool(starts.all() and stops.all())


def _edges(letters: np.ndarray, delimiter: str) -> np.ndarray:
    return (letters == ord(delimiter)) | (letters == NEWLINE) | (letters == RETURN)


def fast_columns(window: bytes, delimiter: str, coded: tuple[bool, ...] = ()) -> list[pa.Array] | None:
    """The columns of a window of whole records by Arrow; None where a quotation mark is out of place, where the
    records differ in width, or where there are none.

    `coded`: the columns so far, which come as dictionaries of texts or as texts. There are as many, or as many as the
    first line has; none may be left to guess.
    """
    if not window or not in_place(window, delimiter):
        return None
    width = max(len(coded), _first_width(window, delimiter))
    types = {f"f{i}": CODES if i >= len(coded) or coded[i] else pa.string() for i in range(width)}
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(window),
            arrow_csv.ReadOptions(autogenerate_column_names=True, block_size=len(window), use_threads=False),
            arrow_csv.ParseOptions(
                delimiter=delimiter,
                quote_char='"',
                double_quote=True,
                escape_char=False,
                newlines_in_values=True,
                ignore_empty_lines=False,
            ),
            arrow_csv.ConvertOptions(
                column_types=types,
                strings_can_be_null=True,
                null_values=[""],
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if any(field.type != types.get(field.name) for field in table.schema):
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
