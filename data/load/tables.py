"""Workbook -> the tables in it: which sheets are read together, what kind they are, how their columns map.

Sheets with the same headers are one table (a tab for each month, a tab for each student), so that the order of
its dates is decided on all of it. Sheets without a table are named in a notice; a file without any is refused.
"""

from dataclasses import dataclass, field, replace
from functools import reduce
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data import mapping as meaning
from data.errors import Refusal
from data.load import coded
from data.load.choices import Choices
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

    @property
    def size(self) -> int:
        """Its number of rows."""
        return sum(len(part.rows) for part in self.parts)

    @property
    def names(self) -> str:
        """The names of its sheets, for a sentence."""
        return ", ".join(f"“{part.sheet.name}”" if part.sheet.name else "The file" for part in self.parts[:5])

    @property
    def sheet(self):
        """All its rows as one sheet, for the mapping room."""
        first = self.parts[0].sheet
        return SimpleNamespace(
            name=first.name,
            table=pa.concat_tables([part.rows for part in self.parts]),
            typed_dates=set().union(*(part.sheet.typed_dates for part in self.parts)),
            merged=None,
        )


def find_tables(workbook, choices: Choices) -> tuple[list[Table], list[Notice]]:
    """The tables of a workbook, and a notice for each sheet that has none. Raises the Refusal of the first
    sheet where no sheet has a table."""
    parts, notices, refused = [], [], None
    for number, sheet in enumerate(workbook.sheets):
        try:
            parts.append(_part(number, sheet, choices))
        except Refusal as refusal:
            refused = refused or refusal
            notices.append(Notice("sheet_skipped", f"The sheet “{sheet.name}” was not read: {refusal.sentence}"))
    if not parts:
        raise refused or Refusal("no_table", f"{workbook.file_name} has no sheet with a table in it.")
    tables: dict[tuple, Table] = {}
    for part in parts:
        headers = part.shape.headers
        table = tables.setdefault(tuple(headers), Table([], headers, header_signature(headers)))
        table.parts.append(part)
    for table in tables.values():
        whole = replace(table.parts[0].shape, first_data_row=0, skip_rows=frozenset())
        table.columns = meaning.profile(table.sheet, whole)
        table.kind = meaning.guess_kind(table.columns)[0]
    return list(tables.values()), notices


def _part(number: int, sheet, choices: Choices) -> Part:
    header_row = choices.header_rows.get(sheet.name)
    if header_row:
        # What a person calls the header has no titles above it.
        sheet = replace(sheet, table=sheet.table.filter(pc.greater_equal(sheet.table["row"], header_row)))
    shape = meaning.find_table(sheet)
    return Part(number, sheet, shape, table_rows(sheet, shape))


def register_cells(cursor, table: Table, tag: str = ""):
    """The rows of a table as the view `cells{tag}`: sheet_no, "row", c0, c1, ... as they are, k0, k1, ... of coded
    columns (see `data.load.coded`); with what the tabs say: sheet, tab_student, tab_school. Blank rows are left out."""
    parts = [_with_values(part.rows) for part in table.parts]
    rows = pa.concat_tables(parts)
    for number in range(len(table.headers)):
        found = coded.codes_of(rows[f"c{number}"])
        if found:
            rows = rows.append_column(f"k{number}", found[0])
            coded.store_texts(cursor, f"texts{tag}_{number}", found[1])
    sheets = [np.full(len(rows), part.sheet_no, np.int16) for part, rows in zip(table.parts, parts, strict=True)]
    cursor.register(f"cells_given{tag}", rows.append_column("sheet_no", pa.chunked_array(sheets, pa.int16())))
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE sheets{tag} (sheet_no INTEGER, sheet VARCHAR, student VARCHAR, school VARCHAR)"
    )
    cursor.executemany(
        f"INSERT INTO sheets{tag} VALUES (?, ?, ?, ?)",
        [
            (
                part.sheet_no,
                part.sheet.name,
                part.shape.student_from_tab or part.shape.above.get("student_name"),
                part.shape.above.get("school"),
            )
            for part in table.parts
        ],
    )
    cursor.execute(
        f"CREATE OR REPLACE TEMP VIEW cells{tag} AS SELECT given.*, sheets.sheet, sheets.student AS tab_student, "
        f"sheets.school AS tab_school FROM cells_given{tag} AS given JOIN sheets{tag} AS sheets USING (sheet_no)"
    )


def _with_values(rows: pa.Table) -> pa.Table:
    """The rows that have any value; where some column has one in every row, all of them as they are."""
    columns = [name for name in rows.column_names if name != "row"]
    if any(rows[name].null_count == 0 for name in columns):
        return rows
    return rows.filter(reduce(pc.or_, [pc.is_valid(rows[name]) for name in columns]))


def forget_cells(cursor, tag: str = ""):
    """Let go of the cells."""
    cursor.execute(f"DROP VIEW cells{tag}")
    cursor.unregister(f"cells_given{tag}")
