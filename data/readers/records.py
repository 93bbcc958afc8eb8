"""Records of delimited text, exactly: the standard library's reader with the quote pinned to ".

A quoted cell may hold delimiters and line ends. One that runs over lines and does not close properly was
opened by a stray quotation mark: its first line is then a record of its own and the mark an ordinary
character, so that no row disappears into a cell.
"""

import csv
import io
import re
from collections import deque

from data.readers.limits import MAX_QUOTED

csv.field_size_limit(1 << 30)

# After so many stray marks a file has no cells over several lines, only careless typing.
PATIENCE = 200


class RecordReader:
    """Splits text into records. `strays` counts the quotation marks that were taken literally."""

    def __init__(self, delimiter: str):
        self.delimiter = delimiter
        self.strays = 0
        d = re.escape(delimiter)
        quoted = '"(?:[^"]++|"")*+"'
        bare = rf'[^"{d}\r\n][^{d}\r\n]*+'
        self._proper = re.compile(rf"(?:(?:{quoted}|{bare}|)(?:{d}|\r\n|\r|\n|\Z))*+")

    def records(self, text: str, final: bool) -> tuple[list[list[str]], str]:
        """The records of `text`, and what is left: the start of a record that goes on after it.

        With `final` nothing is left. A blank line is an empty record.
        """
        lines = deque(io.StringIO(text, newline=""))
        # A last line may go on, and a carriage return at the very end may be half of a line end.
        left = "" if final or not lines or lines[-1].endswith("\n") else lines.pop()
        source = _Lines(lines)
        reader = csv.reader(source, delimiter=self.delimiter, quotechar='"', doublequote=True)
        found: list[list[str]] = []
        while lines:
            source.begin(single=self.strays >= PATIENCE)
            try:
                record = next(reader)
            except _TooLong:
                record = None
            if source.ran_out and not final and self.strays < PATIENCE:
                return found, "".join(source.taken) + left
            if record is None or source.ran_out or not self._closes(source.taken):
                lines.extendleft(reversed(source.taken[1:]))
                record = self._mended(source.taken[0])
            found.append(record)
        return found, left

    def _closes(self, taken: list[str]) -> bool:
        return len(taken) == 1 or self._proper.fullmatch("".join(taken)) is not None

    def _mended(self, line: str) -> list[str]:
        """A line whose last quoted cell never closes: what stands before it as usual, the rest literally."""
        self.strays += 1
        good = self._proper.match(line).end()
        before = next(csv.reader([line[:good]], delimiter=self.delimiter))[:-1] if good else []
        return before + next(csv.reader([line[good:]], delimiter=self.delimiter, quoting=csv.QUOTE_NONE))


class _TooLong(Exception):
    """A quoted cell ran on beyond the limit."""


class _Lines:
    """Feeds lines to the csv reader; knows which it took for the record at hand, and whether it ran out of them."""

    def __init__(self, lines: deque):
        self.lines = lines

    def begin(self, single: bool) -> None:
        self.taken: list[str] = []
        self.length = 0
        self.single = single
        self.ran_out = False

    def __iter__(self):
        return self

    def __next__(self) -> str:
        if not self.lines or (self.single and self.taken):
            self.ran_out = True
            raise StopIteration
        line = self.lines.popleft()
        self.taken.append(line)
        self.length += len(line)
        if len(self.taken) > 1 and self.length > MAX_QUOTED:
            raise _TooLong
        return line
