"""A file into a store that is full, beside the same file into a store that holds only the roster.

Once with the contacts of the month after those that are there, as schools bring them, and once with as many that are
spread over all the days that are there, which is the worst case: each of them touches another student and week.
"""

import shutil
from functools import partial
from pathlib import Path

from benchmarks import apart, logs, table

ROWS, NEW = 1_000_000, 10_000


def run(folder: Path, sizes, runs: int) -> None:
    """Print the table."""
    rows, students = sizes.rows or ROWS, sizes.students
    new = min(NEW, rows)
    empty, full = folder / "roster-only.duckdb", folder / "full.duckdb"
    apart.run("benchmarks.steps:prepare", empty, logs.roster(folder / "roster.csv", students))
    shutil.copy(empty, full)
    inputs = sizes.inputs or folder
    apart.run("benchmarks.steps:load", full, logs.made(inputs, logs.log_csv, rows, students))

    def into(store: Path, file: Path):
        return apart.run("benchmarks.steps:load", shutil.copy(store, folder / "increment.duckdb"), file)

    lines = []
    for what, days in (("of the next month", logs.NEXT_MONTH), ("of any day", logs.DAYS)):
        file = logs.made(inputs, logs.log_csv, new, students, 2, days)
        mine, theirs = table.in_turn(runs, partial(into, full, file), partial(into, empty, file))
        lines.append(table.timed(f"contacts {what}, beside into a roster", mine, theirs, "at most 2 x", slower=True))
    table.show(f"increment: {new:,} rows into {rows:,} contacts", lines)
