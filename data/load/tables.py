"""Workbook -> the tables in it: which sheets are read together, what kind they are, how their columns map.

Sheets with the same headers are one table (a tab for each month, a tab for each student), so that the order of
its dates is decided on all of it. Sheets without a table are named in a notice; a file without any is refused.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data import mapping as meaning
from data.errors import Refusal
from data.load import coded, legends
from data.load.choices import Choices
from data.load.coded import Cells
from data.mapping import TableShape, header_signature, table_rows
from data.readers import Notice


@dataclass
class Part:
    """One sheet's share of a table."""

    sheet_no: int
    sheet: object
    shape: TableShape
    rows: pa.Table


@dataclass
class Table:
    """Sheets with the same headers. The plan sets `mapping` and `context` once the kind of the file is known.

    `alone`: the workbook has tables of this kind only.
    """

    parts: list[Part]
    headers: list[str]
    signature: str
    columns: list = field(default_factory=list)
    kind: str = "contacts"
    alone: bool = True
    mapping: object = None
    context: dict = field(default_factory=dict)

    @cached_property
    def rows(self) -> pa.Table:
        """All its rows, each column coded or not over all of them (`data.load.coded`)."""
        names, given = self.parts[0].rows.column_names, [part.rows for part in self.parts]
        return pa.table({name: _joined([rows[name] for rows in given]) for name in names})

    @property
    def tabs(self) -> pa.ChunkedArray:
        """The place in `parts` of each of its rows."""
        return pa.chunked_array(
            [np.full(len(part.rows), place, np.int16) for place, part in enumerate(self.parts)], pa.int16()
        )

    @property
    def size(self) -> int:
        """Its number of rows."""
        return sum(len(part.rows) for part in self.parts)

    @property
    def names(self) -> str:
        """The names of its sheets, for a sentence."""
        return ", ".join(f"“{part.sheet.name}”" if part.sheet.name else "The file" for part in self.parts[:5])

    @property
    def titled_school(self) -> str | None:
        """The school that the rows above it name, for a person to say whether it is of that school."""
        return meaning.titled_school([title for part in self.parts for title in part.shape.titles])

    @property
    def sheet(self):
        """All its rows as one sheet, for the mapping room."""
        first = self.parts[0].sheet
        return SimpleNamespace(
            name=first.name,
            table=self.rows,
            typed_dates=set().union(*(part.sheet.typed_dates for part in self.parts)),
            merged=None,
        )


def _joined(columns: list[pa.ChunkedArray]) -> pa.ChunkedArray:
    """The columns of several sheets as one; texts, where one of them is no dictionary."""
    if len({column.type for column in columns}) > 1:
        columns = [column.cast(pa.string()) for column in columns]
    joined = pa.chunked_array([chunk for column in columns for chunk in column.chunks], columns[0].type)
    return joined if pa.types.is_integer(joined.type) else coded.encoded(joined)


def find_tables(workbook, choices: Choices) -> tuple[list[Table], list[Notice]]:
    """The tables of a workbook, and a notice for each sheet that has none. Raises the Refusal of the first
    sheet where no sheet has a table."""
    parts, notices, refused = [], [], None
    for number, sheet in enumerate(workbook.sheets):
        try:
            parts += _parts(number, sheet, choices)
        except Refusal as refusal:
            refused = refused or refusal
            notices.append(Notice("sheet_skipped", f"The sheet “{sheet.name}” was not read: {refusal.sentence}"))
    if not parts:
        raise refused or Refusal("no_table", f"{workbook.file_name} has no sheet with a table in it.")
    parts, notices = legends.read(parts, workbook.sheets, notices)
    notices += [*_stacked(parts), *_under_days(parts)]
    tables: dict[tuple, Table] = {}
    for part in parts:
        headers = part.shape.headers
        table = tables.setdefault(tuple(headers), Table([], headers, header_signature(headers)))
        table.parts.append(part)
    for table in tables.values():
        whole = replace(table.parts[0].shape, first_data_row=0, skip_rows=frozenset())
        table.columns = meaning.profile(table.sheet, whole)
        titles = [text for part in table.parts for text in (part.sheet.name, *part.shape.titles)]
        table.kind = meaning.guess_kind(table.columns, (workbook.file_name, *titles))[0]
    return list(tables.values()), notices


def _parts(number: int, sheet, choices: Choices) -> list[Part]:
    """The tables of one sheet: one, or each that has titles of its own."""
    header_row = choices.header_rows.get(sheet.name)
    if header_row:
        # What a person calls the header has no titles above it.
        sheet = replace(sheet, table=sheet.table.filter(pc.greater_equal(sheet.table["row"], header_row)))
    shape = meaning.find_table(sheet)
    rows, parts = table_rows(sheet, shape), []
    if not shape.blocks:
        return [Part(number, sheet, shape, rows)]
    for above, until in zip(*_blocks(shape), strict=True):
        student = above.get("student_name") if shape.student_from_tab else None
        here = pc.less(rows["row"], until) if until else pc.is_valid(rows["row"])
        own = replace(shape, above=above, student_from_tab=student or shape.student_from_tab)
        parts.append(Part(number, sheet, own, rows.filter(here)))
        rows = rows.filter(pc.invert(here))
    return [part for part in parts if len(part.rows)] or parts[:1]


def _stacked(parts: list[Part]) -> list[Notice]:
    """Which sheets hold several tables below each other, in a sentence each."""
    many, names = Counter(part.sheet_no for part in parts), _names(parts)
    return [
        Notice(
            "stacked",
            f"{names[number]} holds {count} tables below each other, each under titles of its own: what the titles say "
            "(such as “Student: ...” or “Grade 2”) counts for the rows down to the next ones.",
        )
        for number, count in many.items()
        if count > 1
    ]


def _under_days(parts: list[Part]) -> list[Notice]:
    """Which sheets tell the date in rows of their own, in a sentence each."""
    under = {part.sheet_no: part.shape.days for part in parts if part.shape.days}
    names = _names(parts)
    return [Notice("days", meaning.days_sentence(names[number], found)) for number, found in under.items()]


def _names(parts: list[Part]) -> dict[int, str]:
    return {part.sheet_no: f"The sheet “{part.sheet.name}”" if part.sheet.name else "The file" for part in parts}


def _blocks(shape: TableShape):
    """What the titles of each table of a sheet say, and the row where the next begins."""
    return [shape.above, *(above for _, above in shape.blocks)], [*(row for row, _ in shape.blocks), None]


def register_cells(cursor, table: Table, tag: str = "") -> Cells:
    """The rows of a table as the view `cells{tag}`: "row", c0, c1, ... as they are, with what their tabs say: sheet_no,
    sheet, tab_student, tab_school, tab_grade, tab_channel. Blank rows are left out."""
    rows, tabs = table.rows, table.tabs
    columns = [name for name in rows.column_names if name != "row"]
    if all(rows[name].null_count for name in columns):
        filled = reduce(pc.or_, [pc.is_valid(rows[name]) for name in columns])
        rows, tabs = rows.filter(filled), tabs.filter(filled)
    for name, values in _said_by_tabs(table.parts).items():
        spread = [pa.DictionaryArray.from_arrays(chunk, values) for chunk in tabs.chunks]
        rows = rows.append_column(name, pa.chunked_array(spread, pa.dictionary(pa.int16(), values.type)))
    return Cells(cursor, tag, rows)


def _said_by_tabs(parts: list[Part]) -> dict[str, pa.Array]:
    """What each sheet says about all of its rows."""
    shapes = [part.shape for part in parts]
    students = [shape.student_from_tab or shape.above.get("student_name") for shape in shapes]
    return {
        "sheet_no": pa.array([part.sheet_no for part in parts], pa.int32()),
        "sheet": pa.array([part.sheet.name for part in parts], pa.string()),
        "tab_student": pa.array(students, pa.string()),
        "tab_school": pa.array([shape.above.get("school") for shape in shapes], pa.string()),
        "tab_grade": pa.array([shape.above.get("grade") for shape in shapes], pa.string()),
        "tab_channel": pa.array([shape.above.get("channel") for shape in shapes], pa.string()),
    }
