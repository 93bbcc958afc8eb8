"""A workbook: ours reads, maps, checks, stores it and derives the facts; pandas only reads it."""

import shutil
from pathlib import Path

from benchmarks import apart, logs, table

ROWS = 200_000


def pandas_read(file: str) -> tuple[apart.Clock, int]:
    """The other way: `pandas.read_excel` with openpyxl."""
    import pandas as pd  # this step's own process pays for it, before the clock starts

    clock = apart.Clock()
    frame = pd.read_excel(file, engine="openpyxl")
    return clock.stop(), len(frame)


def run(folder: Path, sizes, runs: int) -> None:
    """Print the table."""
    rows, students = sizes.rows or ROWS, sizes.students
    file, empty = logs.made(sizes.inputs or folder, logs.log_xlsx, rows, students), folder / "roster-only.duckdb"
    apart.run("benchmarks.steps:prepare", empty, logs.roster(folder / "roster.csv", students))

    def ours():
        store = shutil.copy(empty, folder / "workbook.duckdb")
        return apart.run("benchmarks.steps:load", store, file)

    mine, theirs = table.in_turn(runs, ours, lambda: apart.run("benchmarks.workbook:pandas_read", file))
    assert mine[0].result["rows_loaded"] and theirs[0].result == rows
    table.show(
        f"workbook: {rows:,} rows x {len(logs.HEADERS)} columns",
        [
            table.timed("whole load beside pandas.read_excel alone", mine, theirs, "8 x faster"),
            table.memory("memory, children included", mine, theirs),
        ],
    )
