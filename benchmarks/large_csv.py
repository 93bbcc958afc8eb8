"""A large text file: ours loads it, facts and all; DuckDB reads the same file into a table of texts and guesses."""

import shutil
from pathlib import Path

from benchmarks import apart, logs, table

ROWS = 1_000_000


def duckdb_read(file: str, database: str) -> tuple[apart.Clock, int]:
    """The other way: `CREATE TABLE AS` from the file, into a database file."""
    import duckdb  # this step's own process pays for it, before the clock starts

    connection = duckdb.connect(database)
    clock = apart.Clock()
    connection.execute("CREATE TABLE log AS SELECT * FROM read_csv(?)", [file])
    connection.execute("CHECKPOINT")
    clock.stop()
    return clock, connection.execute("SELECT count(*) FROM log").fetchall()[0][0]


def run(folder: Path, sizes, runs: int) -> None:
    """Print the table."""
    rows, students = sizes.rows or ROWS, sizes.students
    file, empty = logs.made(sizes.inputs or folder, logs.log_csv, rows, students), folder / "roster-only.duckdb"
    apart.run("benchmarks.steps:prepare", empty, logs.roster(folder / "roster.csv", students))

    def ours():
        store = shutil.copy(empty, folder / "csv.duckdb")
        return apart.run("benchmarks.steps:load", store, file)

    def theirs():
        database = folder / "other.duckdb"
        database.unlink(missing_ok=True)
        return apart.run("benchmarks.large_csv:duckdb_read", file, database)

    mine, others = table.in_turn(runs, ours, theirs)
    told = mine[0].result
    assert told["rows_loaded"] and others[0].result == rows
    table.show(
        f"csv: {rows:,} rows, {file.stat().st_size / 1e9:.2f} GB",
        [
            table.timed("whole load beside CREATE TABLE AS alone", mine, others, "at most 4 x", slower=True),
            table.memory("memory, children included", mine, others, "ours under 2,000 MB"),
        ],
        (f"Progress was told {told['reports']} times; the longest silence was {told['silence']:.1f} s.",),
    )
