"""What a reader gives back: workbooks of sheets of text. Data only; refuses nothing."""

from dataclasses import dataclass, field

import pyarrow as pa


@dataclass(frozen=True)
class Notice:
    """Something that the reader did and that a person should know, such as a hidden sheet left out."""

    code: str
    sentence: str


@dataclass
class Sheet:
    """One sheet: cells as text, NULL where a cell is blank.

    `table` has an int32 column "row", the row number that the spreadsheet program shows (in a text file
    the number of the record, blank lines counted), then string columns "c0", "c1", ...: column A is "c0". Most
    come as Arrow dictionaries of strings: few texts stand in many rows.
    `typed_dates` names the columns in which most values came as real date cells (ISO text here).
    `merged` lists ranges (first row, first column, last row, last column), rows numbered as in "row" and
    columns as in "c0"; None where the format or the size of the file does not tell.
    """

    name: str
    table: pa.Table
    typed_dates: set[str] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] | None = None


@dataclass
class Workbook:
    """One file that was read. `file_name` is text to show, never a path; `kind` is what its content is.

    `sha256` is of the file's bytes; of a OneRoster zip or folder it is of the names and contents of its
    files, so that packing it again does not make it another roster. `folders` are those in a zip that hold the file.
    """

    file_name: str
    kind: str
    sha256: str
    sheets: list[Sheet]
    notices: list[Notice] = field(default_factory=list)
    folders: tuple[str, ...] = ()
