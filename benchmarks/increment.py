"""A month's file into a store that is full, beside the same file into a store that holds only the roster."""

import shutil
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
    file = logs.made(inputs, logs.log_csv, new, students, 2)

    def into(store: Path):
        return apart.run("benchmarks.steps:load", shutil.copy(store, folder / "increment.duckdb"), file)

    mine, theirs = table.in_turn(runs, lambda: into(full), lambda: into(empty))
    table.show(
        f"increment: {new:,} rows more",
        [
            table.timed(f"into {rows:,} contacts beside into a roster", mine, theirs, "at most 2 x", slower=True),
        ],
    )
